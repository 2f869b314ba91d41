import type { NodeChanges } from '@fieldline/directory';
import type { Clock, Log, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { TenantId, TopicMapping } from '@fieldline/model';
import type {
  Admission,
  Admitter,
  BrokerGateway,
  BrokerLogin,
  BrokerMessage,
  BrokerPeer,
  ControlEvent,
  ControlEvents,
  DeviceSession,
} from '@fieldline/ports';
import type { EngineDeviceGateway } from '../engine-host/device-gateway.js';
import { brokerListenerErrors } from '../errors.js';
import { MappedUplinks } from './mapped-uplinks.js';
import { TenantMappings } from './tenant-mappings.js';

export interface BrokerGatewayDeps {
  readonly devices: EngineDeviceGateway;
  readonly admitter: Pick<Admitter, 'admitKey'>;
  readonly changes: Pick<NodeChanges, 'ensure'>;
  readonly mappings: (tenantId: TenantId) => Promise<readonly TopicMapping[]>;
  readonly events: Pick<ControlEvents, 'subscribe'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** User name of programs; the password is an API key. */
export const API_KEY_USER_NAME = 'apikey';
/** How often keys are looked at again: for those whose time is over, which no event tells. */
const KEY_CHECK_MS = 60_000;

type Proof = { readonly device: DeviceSession } | { readonly admission: Admission };

/** The broker's way in: devices with the credentials of the device endpoint, programs with the API key of a tenant administrator. */
export class EngineBrokerGateway implements BrokerGateway {
  readonly #deps: BrokerGatewayDeps;
  readonly #uplinks: MappedUplinks;
  readonly #peers = new Map<BrokerPeer, Proof>();
  #revoked: (peer: BrokerPeer) => void = () => undefined;
  #tenantRemoved: (tenantId: TenantId) => void = () => undefined;
  #isChecking = false;

  constructor(deps: BrokerGatewayDeps) {
    this.#deps = deps;
    const mappings = new TenantMappings(deps.mappings, deps.events, deps.log);
    this.#uplinks = new MappedUplinks({ ...deps, mappings });
    deps.devices.onRevoked((deviceId) => {
      this.#uplinks.forget(deviceId);
      for (const peer of this.#peers.keys()) if (peer.principalId === deviceId) this.#revoked(peer);
    });
    deps.events.subscribe((event) => this.#changed(event));
  }

  async authenticate(login: BrokerLogin): Promise<BrokerPeer | Problem> {
    const device = await this.#deps.devices.authenticate({ kind: 'mqtt-basic', ...login }, 'MQTT');
    if ('handle' in device) return this.#open({ tenantId: device.tenantId, principalId: device.deviceId }, { device });
    return login.userName === API_KEY_USER_NAME && login.password !== undefined ? this.#authenticateKey(login.password) : device;
  }

  closed(peer: BrokerPeer): void {
    const proof = this.#peers.get(peer);
    this.#peers.delete(peer);
    if (proof !== undefined && 'device' in proof) this.#deps.devices.closed(proof.device);
  }

  onRevoked(listener: (peer: BrokerPeer) => void): void {
    this.#revoked = listener;
  }

  onTenantRemoved(listener: (tenantId: TenantId) => void): void {
    this.#tenantRemoved = listener;
  }

  accept(message: BrokerMessage): Promise<void> {
    return this.#uplinks.accept(message);
  }

  async #authenticateKey(value: string): Promise<BrokerPeer | Problem> {
    try {
      const admission = await this.#deps.admitter.admitKey(value);
      const { authority, tenantId, userId } = admission.caller;
      if (authority !== 'TENANT_ADMIN') return problemOf(brokerListenerErrors.KEY_REFUSED());
      return this.#open({ tenantId, principalId: userId }, { admission });
    } catch (error) {
      return problemOf(error);
    }
  }

  #open(peer: BrokerPeer, proof: Proof): BrokerPeer {
    this.#peers.set(peer, proof);
    if ('admission' in proof) this.#scheduleCheck();
    return peer;
  }

  #changed({ kind, tenantId, id, version }: ControlEvent): void {
    if (kind === 'tenant' && version === undefined) this.#tenantRemoved(tenantId);
    // Another name, perhaps: the next message of the old one looks the device up again.
    if (kind === 'device' && version !== 1) this.#uplinks.forget(id);
    if (kind === 'apiKey' || kind === 'user' || kind === 'userCredentials') this.#checkKeys((peer) => peer.tenantId === tenantId);
  }

  #scheduleCheck(): void {
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#deps.clock.after('broker-keys', KEY_CHECK_MS, () => {
      this.#isChecking = false;
      this.#checkKeys(() => true);
      if ([...this.#peers.values()].some((proof) => 'admission' in proof)) this.#scheduleCheck();
    });
  }

  #checkKeys(isMeant: (peer: BrokerPeer) => boolean): void {
    for (const [peer, proof] of this.#peers) {
      if (!('admission' in proof) || !isMeant(peer)) continue;
      proof.admission.renew().then(
        ({ authority }) => {
          if (authority !== 'TENANT_ADMIN') this.#revoked(peer);
        },
        (error: unknown) => {
          // A store that cannot be read says nothing about the key.
          if (problemOf(error).kind === 'unauthenticated') this.#revoked(peer);
        },
      );
    }
  }
}
