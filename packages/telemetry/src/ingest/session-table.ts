import { KAA_SERIES_SHARED_MAX, REMEMBERED_CHAINS_MAX } from '../limits.js';
import type { CustomerId, DeviceId, EntityId, KaaTimeSeries, TenantId } from '@fieldline/model';
import type { TransportName } from '@fieldline/ports';
import type { LearnedSession } from '../learn/learned-types.js';

/** What the engine needs to know of a device session; crosses threads as plain data. */
export interface SessionDescriptor {
  readonly handle: number;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly customerId: CustomerId | undefined;
  readonly deviceName: string;
  /** Name of the device profile. */
  readonly deviceType: string;
  readonly deviceProfileId: string;
  readonly ruleChainId: string | undefined;
  /** Queue that the device profile names; absent means Main. */
  readonly queueName?: string | undefined;
  /** What is taken from the data samples of a Kaa endpoint; absent for every other device. */
  readonly kaaSeries?: KaaTimeSeries | undefined;
  readonly transport: TransportName;
}

/** A session with the one entity id object that all its messages share. */
export interface KnownSession extends SessionDescriptor {
  readonly originator: EntityId;
  /** When it was last noted that the device is active. */
  notedAtMs: number;
  /** What is learned from its messages goes there; set by `LearnedTypes` with the first. */
  learned?: LearnedSession | undefined;
}

/** The device sessions the engine knows, by handle. Opened before their first uplink, closed after their last. */
export class SessionTable {
  readonly #sessions = new Map<number, KnownSession>();
  /** Rule chain of each device seen lately; outlives the session, because its messages may still be on their way. */
  readonly #chains = new Map<string, string | undefined>();
  /** The series of each profile whose endpoints were seen lately, as one object that its sessions share. */
  readonly #series = new Map<string, KaaTimeSeries>();

  /** Adds a session, or replaces what is known of it after its device or profile changed. */
  open(descriptor: SessionDescriptor): void {
    const known = this.#sessions.get(descriptor.handle);
    const originator: EntityId = known?.originator ?? Object.freeze({ entityType: 'DEVICE', id: descriptor.deviceId });
    const kaaSeries = descriptor.kaaSeries && this.#shared(descriptor.deviceProfileId, descriptor.kaaSeries);
    this.#sessions.set(descriptor.handle, { ...descriptor, kaaSeries, originator, notedAtMs: known?.notedAtMs ?? 0 });
    if (this.#chains.size >= REMEMBERED_CHAINS_MAX) this.#chains.clear();
    this.#chains.set(descriptor.deviceId, descriptor.ruleChainId);
  }

  get(handle: number): KnownSession | undefined {
    return this.#sessions.get(handle);
  }

  /** The rule chain that the profile of a device names, as far as the device had a session lately. */
  ruleChainOf(deviceId: string): string | undefined {
    return this.#chains.get(deviceId);
  }

  close(handle: number): void {
    this.#sessions.delete(handle);
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Each session comes with a copy of its own: thousands of endpoints must not keep thousands. */
  #shared(profileId: string, series: KaaTimeSeries): KaaTimeSeries {
    const known = this.#series.get(profileId);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(series)) return known;
    if (this.#series.size >= KAA_SERIES_SHARED_MAX) this.#series.clear();
    this.#series.set(profileId, series);
    return series;
  }
}
