import type { Clock, Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { CustomerId, Device, DeviceCredentials, DeviceId, DeviceProfile, TenantId } from '@fieldline/model';
import {
  deviceErrors,
  type BatchReceipt,
  type ControlEvent,
  type DeviceClaim,
  type DeviceGateway,
  type DeviceSession,
  type EntityStore,
  type TransportName,
} from '@fieldline/ports';
import type { SessionDescriptor } from '@fieldline/telemetry';
import type { EngineHost } from './engine-host.js';

export interface GatewayDeps {
  readonly entities: EntityStore;
  readonly engine: Pick<EngineHost, 'sessions' | 'uplinks'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly inflightBytesMax: number;
  readonly ackTimeoutMs: number;
  /** Hashes MQTT basic credentials as ThingsBoard does: SHA3-256, lower-case hex. */
  readonly sha3: (text: string) => string;
}

/** The way in for all transports: authenticates devices, hands batches to the engine within one byte budget. */
export class EngineDeviceGateway implements DeviceGateway {
  readonly #deps: GatewayDeps;
  readonly #sessions = new Map<number, DeviceSession>();
  readonly #roomListeners: (() => void)[] = [];
  readonly #revokedListeners: ((deviceId: DeviceId) => void)[] = [];
  #nextHandle = 1;
  #inflightBytes = 0;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
  }

  async authenticate(claim: DeviceClaim, transport: TransportName): Promise<DeviceSession | Problem> {
    const found = await this.#find(claim);
    if (found === undefined) return problemOf(deviceErrors.UNKNOWN());
    const { device } = found;
    const profile = await this.#deps.entities.find('deviceProfile', device.tenantId as TenantId, device.deviceProfileId);
    if (profile === undefined) return problemOf(deviceErrors.UNKNOWN());
    if (claim.kind === 'kaa-token' && claim.appVersion !== (profile.kaaAppVersion ?? profile.name)) return problemOf(deviceErrors.UNKNOWN());
    const demanded = profile.transportType;
    if (transport !== 'HTTP' && demanded !== 'DEFAULT' && demanded !== transport) {
      return problemOf(deviceErrors.TRANSPORT_MISMATCH({ profile: profile.name, transport: demanded }));
    }
    return this.#open(device, profile, transport);
  }

  async accept(uplinks: ArrayBuffer, _count: number): Promise<BatchReceipt> {
    const bytes = uplinks.byteLength;
    if (this.isFull) throw deviceErrors.GATEWAY_BUSY();
    this.#inflightBytes += bytes;
    const { clock, ackTimeoutMs, engine } = this.#deps;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after('acknowledgement', ackTimeoutMs, () => reject(deviceErrors.ACK_TIMEOUT({ timeoutMs: ackTimeoutMs })));
    });
    const stored = engine.uplinks(uplinks);
    // The budget is freed when the engine is done, also where the device was told "later" before that.
    stored.then(
      () => this.#release(bytes),
      () => this.#release(bytes),
    );
    try {
      return await Promise.race([stored, late]);
    } finally {
      cancel();
    }
  }

  get isFull(): boolean {
    return this.#inflightBytes >= this.#deps.inflightBytesMax;
  }

  onRoom(listener: () => void): void {
    this.#roomListeners.push(listener);
  }

  closed(session: DeviceSession): void {
    if (this.#sessions.delete(session.handle)) this.#deps.engine.sessions([], [session.handle]);
  }

  onRevoked(listener: (deviceId: DeviceId) => void): void {
    this.#revokedListeners.push(listener);
  }

  /** Live sessions, over all transports. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  get inflightBytes(): number {
    return this.#inflightBytes;
  }

  /** Applies a change of the control plane to live sessions, without reconnect where that is possible. */
  async controlChanged(event: ControlEvent): Promise<void> {
    if (event.kind === 'deviceProfile' && event.version !== undefined) await this.#profileChanged(event);
    else if (event.kind === 'device') await this.#deviceChanged(event);
    else if (event.kind === 'deviceCredentials') this.#credentialsChanged(event);
  }

  async #find(claim: DeviceClaim): Promise<{ credentials: DeviceCredentials; device: Device } | undefined> {
    const { entities, sha3 } = this.#deps;
    if (claim.kind !== 'mqtt-basic') {
      const found = await entities.credentialsById(claim.token);
      return found?.credentials.credentialsType === 'ACCESS_TOKEN' ? found : undefined;
    }
    const { clientId, userName, password } = claim;
    const hashed = userName === undefined || userName === '' ? sha3(clientId) : sha3(`${clientId}|${userName}`);
    const basic = clientId === '' ? undefined : await entities.credentialsById(hashed);
    if (basic !== undefined && basic.credentials.credentialsType === 'MQTT_BASIC') {
      return basicMatches(basic.credentials, claim) ? basic : undefined;
    }
    if (userName === undefined || userName === '') return undefined;
    const byName = await entities.credentialsById(userName);
    if (byName === undefined) return undefined;
    if (byName.credentials.credentialsType === 'ACCESS_TOKEN') return byName;
    return byName.credentials.credentialsType === 'MQTT_BASIC' && basicMatches(byName.credentials, { ...claim, password }) ? byName : undefined;
  }

  #open(device: Device, profile: DeviceProfile, transport: TransportName): DeviceSession {
    const session: DeviceSession = {
      handle: this.#nextHandle++,
      tenantId: device.tenantId as TenantId,
      deviceId: device.id as DeviceId,
      customerId: device.customerId as CustomerId | undefined,
      deviceName: device.name,
      profile,
      transport,
    };
    this.#sessions.set(session.handle, session);
    this.#deps.engine.sessions([descriptorOf(session)], []);
    return session;
  }

  #release(bytes: number): void {
    const wasFull = this.isFull;
    this.#inflightBytes -= bytes;
    if (wasFull && !this.isFull) for (const listener of this.#roomListeners) listener();
  }

  async #profileChanged(event: ControlEvent): Promise<void> {
    const profile = await this.#deps.entities.find('deviceProfile', event.tenantId, event.id);
    if (profile === undefined) return;
    this.#replace(
      (session) => session.profile.id === profile.id,
      (session) => ({ ...session, profile }),
    );
  }

  async #deviceChanged(event: ControlEvent): Promise<void> {
    if (event.version === undefined) {
      this.#revoke(event.id as DeviceId);
      return;
    }
    const device = await this.#deps.entities.find('device', event.tenantId, event.id);
    if (device === undefined) return;
    const profile = await this.#deps.entities.find('deviceProfile', event.tenantId, device.deviceProfileId);
    this.#replace(
      (session) => session.deviceId === event.id,
      (session) => ({
        ...session,
        deviceName: device.name,
        customerId: device.customerId as CustomerId | undefined,
        profile: profile ?? session.profile,
      }),
    );
  }

  #credentialsChanged(event: ControlEvent): void {
    // The event names the credentials record; its device is found by reading it, unless it is gone with the device.
    this.#deps.entities.find('deviceCredentials', event.tenantId, event.id).then(
      (credentials) => {
        if (credentials !== undefined) this.#revoke(credentials.deviceId as DeviceId);
      },
      (error: unknown) => this.#deps.log.error('credentials-read-failed', { error: isProblem(error) ? error : problemOf(error) }),
    );
  }

  #replace(isMeant: (session: DeviceSession) => boolean, change: (session: DeviceSession) => DeviceSession): void {
    const changed: SessionDescriptor[] = [];
    for (const [handle, session] of this.#sessions) {
      if (!isMeant(session)) continue;
      const next = change(session);
      this.#sessions.set(handle, next);
      changed.push(descriptorOf(next));
    }
    if (changed.length > 0) this.#deps.engine.sessions(changed, []);
  }

  #revoke(deviceId: DeviceId): void {
    for (const listener of this.#revokedListeners) listener(deviceId);
  }
}

function descriptorOf(session: DeviceSession): SessionDescriptor {
  return {
    handle: session.handle,
    tenantId: session.tenantId,
    deviceId: session.deviceId,
    customerId: session.customerId,
    deviceName: session.deviceName,
    deviceType: session.profile.name,
    ruleChainId: session.profile.defaultRuleChainId,
    queueName: session.profile.defaultQueueName,
    kaaAutoExtraction: session.profile.kaaAutoExtraction,
  };
}

/** Compares the members an MQTT_BASIC record defines (device-api.md §3.2). */
function basicMatches(
  credentials: DeviceCredentials,
  claim: { clientId: string; userName: string | undefined; password: string | undefined },
): boolean {
  const value: unknown = JSON.parse(credentials.credentialsValue ?? '{}');
  const record = (typeof value === 'object' && value !== null ? value : {}) as { clientId?: string; userName?: string; password?: string };
  if (record.clientId !== undefined && record.clientId !== claim.clientId) return false;
  if (record.userName !== undefined && record.userName !== claim.userName) return false;
  return record.password === undefined || record.password === claim.password;
}
