import type { Clock, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { kaaSeriesOf } from '@fieldline/directory';
import { kaaAppVersionOf, type CustomerId, type DeviceId, type DeviceProfile, type KaaTimeSeries, type TenantId } from '@fieldline/model';
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
import { type FoundDevice, findDevice } from './find-device.js';

export interface GatewayDeps {
  readonly entities: EntityStore;
  readonly engine: Pick<EngineHost, 'sessions' | 'seen' | 'uplinks'>;
  readonly clock: Clock;
  readonly inflightBytesMax: number;
  readonly ackTimeoutMs: number;
  /** Hashes MQTT basic credentials as ThingsBoard does: SHA3-256, lower-case hex. */
  readonly sha3: (text: string) => string;
}

/** How often the engine is told of sessions that only ping or subscribe. */
const SEEN_REPORT_MS = 3_000;

/** A device that may come in. */
interface CheckedDevice extends FoundDevice {
  readonly profile: DeviceProfile;
  /** What is taken from its data samples, where it came in as a Kaa endpoint. */
  readonly kaaSeries?: KaaTimeSeries | undefined;
}

/** A session that is open, with the record of credentials that opened it, if any did. */
interface OpenSession {
  readonly session: DeviceSession;
  readonly credentialsId: string | undefined;
  readonly kaaSeries: KaaTimeSeries | undefined;
}

/** The way in for all transports: authenticates devices, hands batches to the engine within one byte budget. */
export class EngineDeviceGateway implements DeviceGateway {
  readonly #deps: GatewayDeps;
  readonly #sessions = new Map<number, OpenSession>();
  readonly #roomListeners: (() => void)[] = [];
  readonly #revokedListeners: ((deviceId: DeviceId) => void)[] = [];
  /** Sessions that did something other than send since the last report. */
  readonly #seen = new Set<number>();
  #nextHandle = 1;
  #inflightBytes = 0;
  /** Changes of devices, profiles and credentials so far. */
  #changes = 0;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
  }

  async authenticate(claim: DeviceClaim, transport: TransportName): Promise<DeviceSession | Problem> {
    for (;;) {
      const changes = this.#changes;
      const checked = await this.#check(claim, transport);
      // What changed while we read may concern this device: the change came too early to end a session that was not there yet.
      if (changes === this.#changes) return 'problem' in checked ? checked.problem : this.#open(checked, transport);
    }
  }

  /** A session of a device that others report for; nobody claims to be it. */
  async attach(tenantId: TenantId, name: string, transport: TransportName): Promise<DeviceSession | Problem> {
    const { entities } = this.#deps;
    for (;;) {
      const changes = this.#changes;
      const [device] = await entities.findAll('device', tenantId, { name }, 1);
      const profile = device && (await entities.find('deviceProfile', tenantId, device.deviceProfileId));
      if (changes !== this.#changes) continue;
      return device === undefined || profile === undefined ? problemOf(deviceErrors.UNKNOWN()) : this.#open({ device, profile }, transport);
    }
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

  seen(session: DeviceSession): void {
    const isFirst = this.#seen.size === 0;
    this.#seen.add(session.handle);
    if (!isFirst) return;
    const { clock, engine } = this.#deps;
    clock.after('devices-seen', SEEN_REPORT_MS, () => {
      engine.seen([...this.#seen], clock.nowMs());
      this.#seen.clear();
    });
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
    if (event.kind === 'tenant') this.#tenantChanged(event);
    if (event.kind === 'adminSettings') await this.#settingsChanged(event);
    if (event.kind !== 'deviceProfile' && event.kind !== 'device' && event.kind !== 'deviceCredentials') return;
    // What was just created concerns nobody who is being authenticated.
    if (event.version !== 1) this.#changes += 1;
    if (event.kind === 'deviceProfile') await this.#profileChanged(event);
    else if (event.kind === 'device') await this.#deviceChanged(event);
    else this.#credentialsChanged(event);
  }

  async #check(claim: DeviceClaim, transport: TransportName): Promise<CheckedDevice | { readonly problem: Problem }> {
    const { entities, sha3 } = this.#deps;
    const found = await findDevice(entities, claim, sha3);
    const device = found?.device;
    const profile = device && (await entities.find('deviceProfile', device.tenantId as TenantId, device.deviceProfileId));
    if (found === undefined || device === undefined || profile === undefined) return { problem: problemOf(deviceErrors.UNKNOWN()) };
    if (claim.kind === 'kaa-token' && claim.appVersion !== kaaAppVersionOf(profile)) {
      const isKnown = await this.#isAppVersion(device.tenantId as TenantId, claim.appVersion);
      return { problem: problemOf(isKnown ? deviceErrors.UNKNOWN() : deviceErrors.APPLICATION_UNKNOWN({ appVersion: claim.appVersion })) };
    }
    const demanded = profile.transportType;
    if (transport !== 'HTTP' && demanded !== 'DEFAULT' && demanded !== transport) {
      return { problem: problemOf(deviceErrors.TRANSPORT_MISMATCH({ profile: profile.name, transport: demanded })) };
    }
    return { ...found, profile, ...(claim.kind === 'kaa-token' ? { kaaSeries: await kaaSeriesOf(entities, profile) } : {}) };
  }

  /** Whether another application of the tenant has this version, so that the token is a token of the wrong application (kaa.md §2.7). */
  async #isAppVersion(tenantId: TenantId, appVersion: string): Promise<boolean> {
    const { entities } = this.#deps;
    const declared = await entities.findAll('deviceProfile', tenantId, { kaaAppVersion: appVersion }, 1);
    const named = await entities.findAll('deviceProfile', tenantId, { name: appVersion }, 1);
    return [...declared, ...named].some((profile) => kaaAppVersionOf(profile) === appVersion);
  }

  #open(
    { device, credentials, profile, kaaSeries }: Pick<CheckedDevice, 'device' | 'profile'> & Partial<CheckedDevice>,
    transport: TransportName,
  ): DeviceSession {
    const session: DeviceSession = {
      handle: this.#nextHandle++,
      tenantId: device.tenantId as TenantId,
      deviceId: device.id as DeviceId,
      customerId: device.customerId as CustomerId | undefined,
      deviceName: device.name,
      profile,
      transport,
    };
    const open: OpenSession = { session, credentialsId: credentials?.id, kaaSeries };
    this.#sessions.set(session.handle, open);
    this.#deps.engine.sessions([descriptorOf(open)], []);
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
    const kaaSeries = await kaaSeriesOf(this.#deps.entities, profile);
    this.#replace(
      ({ session }) => session.profile.id === profile.id,
      (open) => ({ ...open, session: { ...open.session, profile }, kaaSeries: open.kaaSeries && kaaSeries }),
    );
  }

  /** What a tenant saved may be the series of an application; the event does not say. */
  async #settingsChanged({ tenantId }: ControlEvent): Promise<void> {
    this.#changes += 1;
    const isConcerned = ({ session, kaaSeries }: OpenSession): boolean => session.tenantId === tenantId && kaaSeries !== undefined;
    const profiles = new Set([...this.#sessions.values()].filter(isConcerned).map(({ session }) => session.profile));
    for (const profile of profiles) {
      const kaaSeries = await kaaSeriesOf(this.#deps.entities, profile);
      const text = JSON.stringify(kaaSeries);
      this.#replace(
        (open) => isConcerned(open) && open.session.profile === profile && JSON.stringify(open.kaaSeries) !== text,
        (open) => ({ ...open, kaaSeries }),
      );
    }
  }

  async #deviceChanged(event: ControlEvent): Promise<void> {
    if (event.version === undefined) {
      this.#revoke(event.id as DeviceId);
      return;
    }
    const device = await this.#deps.entities.find('device', event.tenantId, event.id);
    if (device === undefined) return;
    const profile = await this.#deps.entities.find('deviceProfile', event.tenantId, device.deviceProfileId);
    const kaaSeries = profile && (await kaaSeriesOf(this.#deps.entities, profile));
    const changed = { deviceName: device.name, customerId: device.customerId as CustomerId | undefined };
    this.#replace(
      ({ session }) => session.deviceId === event.id,
      (open) => ({
        ...open,
        session: { ...open.session, ...changed, profile: profile ?? open.session.profile },
        kaaSeries: open.kaaSeries && (kaaSeries ?? open.kaaSeries),
      }),
    );
  }

  /** With a tenant go all its devices; no event names them one by one. */
  #tenantChanged({ tenantId, version }: ControlEvent): void {
    if (version !== undefined) return;
    this.#changes += 1;
    this.#revokeWhere(({ session }) => session.tenantId === tenantId);
  }

  /** The event names the credentials record. Nobody has come in with one that was just made. */
  #credentialsChanged({ id, version }: ControlEvent): void {
    if (version !== 1) this.#revokeWhere(({ credentialsId }) => credentialsId === id);
  }

  #replace(isMeant: (open: OpenSession) => boolean, change: (open: OpenSession) => OpenSession): void {
    const changed: SessionDescriptor[] = [];
    for (const [handle, open] of this.#sessions) {
      if (!isMeant(open)) continue;
      const next = change(open);
      this.#sessions.set(handle, next);
      changed.push(descriptorOf(next));
    }
    if (changed.length > 0) this.#deps.engine.sessions(changed, []);
  }

  /** Tells of each device once, however many sessions it has. */
  #revokeWhere(isMeant: (open: OpenSession) => boolean): void {
    const gone = new Set([...this.#sessions.values()].filter(isMeant).map(({ session }) => session.deviceId));
    for (const deviceId of gone) this.#revoke(deviceId);
  }

  #revoke(deviceId: DeviceId): void {
    for (const listener of this.#revokedListeners) listener(deviceId);
  }
}

function descriptorOf({ session, kaaSeries }: OpenSession): SessionDescriptor {
  return {
    handle: session.handle,
    tenantId: session.tenantId,
    deviceId: session.deviceId,
    customerId: session.customerId,
    deviceName: session.deviceName,
    deviceType: session.profile.name,
    deviceProfileId: session.profile.id,
    ruleChainId: session.profile.defaultRuleChainId,
    queueName: session.profile.defaultQueueName,
    ...(kaaSeries === undefined ? {} : { kaaSeries }),
    transport: session.transport,
  };
}
