import type { Problem } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';

/** What a CONNECT of the broker listener shows. */
export interface BrokerLogin {
  readonly clientId: string;
  readonly userName: string | undefined;
  readonly password: string | undefined;
}

/** A client of the broker that proved who it is: a device, or a program with the API key of a user. */
export interface BrokerPeer {
  readonly tenantId: TenantId;
  /** Id of the device or user. Sessions belong to it: the same client id under another principal is another session. */
  readonly principalId: string;
}

/** A message that a client published, as the client named its topic. */
export interface BrokerMessage {
  readonly tenantId: TenantId;
  readonly topic: string;
  /** Belongs to whoever gets the message. */
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly isRetained: boolean;
  /** 0 for QoS 0. */
  readonly packetId: number;
  /** Marked as a redelivery. */
  readonly isRedelivery: boolean;
  readonly receivedAtMs: number;
}

/** What the broker listener asks of us. */
export interface BrokerGateway {
  /** @returns the peer, or the problem: of kind `unauthenticated` where nobody has these credentials, else one to try again after */
  authenticate(login: BrokerLogin): Promise<BrokerPeer | Problem>;
  /** The connection of a peer ended. */
  closed(peer: BrokerPeer): void;
  /** A peer may not stay: its credentials changed, or it was removed. */
  onRevoked(listener: (peer: BrokerPeer) => void): void;
  /** A tenant is gone, and all that is kept for it. */
  onTenantRemoved(listener: (tenantId: TenantId) => void): void;
  /**
   * Makes readings of a message where a topic mapping says so. Called in the order in which messages of a client arrive, and
   * keeps it. Resolves when what the message caused is committed (design.md §4), at once where no mapping takes it.
   *
   * @throws DEVICE_GATEWAY_BUSY, DEVICE_ACK_TIMEOUT, STORAGE_UNAVAILABLE  nothing may be acknowledged; the client sends again
   */
  accept(message: BrokerMessage): Promise<void>;
}

/** Something that the broker keeps over a restart: a retained message, a subscription, a message that waits for a client, a packet id. */
export interface BrokerRecord {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly type: 'RETAINED' | 'SUBSCRIPTION' | 'QUEUED' | 'RECEIVED';
  /** The topic of a retained message; the session of everything else. */
  readonly owner: string;
  /** Topic filter of a subscription; topic of a queued message. */
  readonly topic?: string | undefined;
  /** Of a message or of a subscription. */
  readonly qos?: 0 | 1 | 2 | undefined;
  readonly payload?: Uint8Array | undefined;
  /** Packet id: of a message that came in and is not released, or of one that went out with QoS 2. */
  readonly packetId?: number | undefined;
  /** True for a message of QoS 2 that went out and was received: only its release is still to be sent. */
  readonly isReleased?: boolean | undefined;
}

export type BrokerChange =
  { readonly change: 'put'; readonly record: BrokerRecord } | { readonly change: 'remove'; readonly tenantId: TenantId; readonly id: string };

/** Where the broker keeps what outlives a restart. */
export interface BrokerStore {
  /** Everything that is kept, in the order in which it was put. */
  load(): Promise<readonly BrokerRecord[]>;
  /**
   * Applies changes in the order of the calls. To put a record again replaces it; to remove what is gone is no error.
   * Resolves when the changes are durable.
   *
   * @throws STORAGE_UNAVAILABLE, STORAGE_FULL  retry later; nothing of this call was written
   */
  write(changes: readonly BrokerChange[]): Promise<void>;
}
