import type { Problem } from '@fieldline/kernel';
import type { CustomerId, DeviceId, DeviceProfile, TenantId } from '@fieldline/model';

export type TransportName = 'MQTT' | 'HTTP' | 'COAP';

/** What a device shows to prove who it is. */
export type DeviceClaim =
  | { readonly kind: 'access-token'; readonly token: string }
  | {
      /** What an MQTT CONNECT shows; an access token comes as user name (device-api.md §3.2 has the order of look-ups). */
      readonly kind: 'mqtt-basic';
      readonly clientId: string;
      readonly userName: string | undefined;
      readonly password: string | undefined;
    }
  /** A 1/KP topic or path: tokens are unique only within the application that the version belongs to (kaa.md §1). */
  | { readonly kind: 'kaa-token'; readonly appVersion: string; readonly token: string };

/** One live attachment of an authenticated device to a transport. */
export interface DeviceSession {
  /** Small number that stands for this session in uplink batches; given back by `closed`. */
  readonly handle: number;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly customerId: CustomerId | undefined;
  readonly deviceName: string;
  readonly profile: DeviceProfile;
  readonly transport: TransportName;
}

/** What became of a batch: done for all, except the uplinks (by their place in the batch) that have a problem. */
export interface BatchReceipt {
  readonly problems: ReadonlyMap<number, Problem>;
}

/**
 * What transports may ask of us. A transport gathers the uplinks of one read cycle in an `UplinkBatch`
 * (package protocol) and hands them over at once; the order in the batch is the order of arrival.
 */
export interface DeviceGateway {
  /**
   * @returns the session, or the problem: DEVICE_UNKNOWN where no credentials match, DEVICE_TRANSPORT_MISMATCH
   *   where the profile demands another transport; for `kaa-token` one of kind `not-found` where no application has
   *   that version, `forbidden` where the token is suspended or revoked
   */
  authenticate(claim: DeviceClaim, transport: TransportName): Promise<DeviceSession | Problem>;
  /**
   * Takes a batch. Resolves when everything the batch caused is committed (design.md §4); only then may the
   * devices be told "received". Batches of one transport resolve in the order they were given.
   *
   * @param uplinks encoded by `UplinkBatch.take`; belongs to the gateway from now on
   * @throws DEVICE_GATEWAY_BUSY     nothing may be acknowledged; the device will send again
   * @throws STORAGE_UNAVAILABLE, STORAGE_FULL, DEVICE_ACK_TIMEOUT  as above
   */
  accept(uplinks: ArrayBuffer, count: number): Promise<BatchReceipt>;
  /** True while the bytes in flight exceed the budget: transports stop reading until `onRoom` calls them. */
  readonly isFull: boolean;
  onRoom(listener: () => void): void;
  /** The device did something other than send: it pinged, subscribed or asked for something. */
  seen(session: DeviceSession): void;
  closed(session: DeviceSession): void;
  /** Credentials changed or the device was deleted: end its sessions. */
  onRevoked(listener: (deviceId: DeviceId) => void): void;
}
