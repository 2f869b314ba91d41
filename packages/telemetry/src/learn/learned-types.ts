import { fnv1aOfText, type Clock, type Log } from '@fieldline/kernel';
import { learnedTypesAttribute, ValueKind, type EntityId, type JsonObject, type TenantId } from '@fieldline/model';
import { ValueUse, type ControlEvent, type DataStore, type LearnedProfile, type LearnedTypesReader } from '@fieldline/ports';
import type { KnownSession } from '../ingest/session-table.js';
import { LEARNED_DEVICES, LEARNED_PROFILES_MAX, LEARNED_SAMPLE_MS, LEARNED_SAVE_MS, LEARNED_SAVED_AT_ONCE } from '../limits.js';
import { ProfileShape, type StoredShape } from './profile-shape.js';
import { Sampler } from './sampler.js';

export interface LearnedTypesDeps {
  readonly store: Pick<DataStore, 'begin' | 'commit' | 'everyAttribute'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** One profile that is learned about. */
export interface LearnedSession {
  readonly tenantId: TenantId;
  readonly profileId: string;
  readonly shape: ProfileShape;
  readonly sampler: Sampler;
  isChanged: boolean;
  /** True once another one stands for the profile. */
  isGone: boolean;
}

/**
 * Learns what the devices of each profile send: keys, kinds, ranges, shares. It looks at about a thousand messages a second at
 * most, over all profiles. What it knows is kept as an attribute of the profile, written every few minutes and when the engine
 * stops: a crash costs what was learned since.
 */
export class LearnedTypes implements LearnedTypesReader {
  readonly #deps: LearnedTypesDeps;
  readonly #profiles = new Map<string, LearnedSession>();
  #cancel: () => void = () => undefined;
  #saving: Promise<void> = Promise.resolve();
  #isLoaded = false;

  constructor(deps: LearnedTypesDeps) {
    this.#deps = deps;
  }

  /** Reads what was learned before; it takes the place of what came in meanwhile. */
  async start(): Promise<void> {
    this.#arm();
    for (const { tenantId, entity, attribute } of await this.#deps.store.everyAttribute('SERVER_SCOPE', learnedTypesAttribute)) {
      if (entity.entityType !== 'DEVICE_PROFILE' || this.#profiles.size >= LEARNED_PROFILES_MAX) continue;
      const stored = shapeOf(attribute.value);
      if (stored !== undefined) this.#add(tenantId, entity.id, new ProfileShape(stored));
    }
    this.#isLoaded = true;
  }

  /** A telemetry message came in. The usual one costs a look at a counter. */
  see(session: KnownSession, data: JsonObject, atMs: number): void {
    let profile = (session.learned ??= this.#of(session));
    if (!profile.sampler.take()) return;
    if (profile.isGone) profile = session.learned = this.#of(session);
    profile.sampler.taken(atMs, Math.max(LEARNED_SAMPLE_MS, this.#profiles.size));
    profile.shape.see(session.deviceId, data, atMs);
    profile.isChanged = true;
  }

  learned(tenantId: TenantId, deviceProfileId: string): Promise<LearnedProfile | undefined> {
    const known = this.#profiles.get(deviceProfileId);
    return Promise.resolve(known?.tenantId === tenantId ? known.shape.told() : undefined);
  }

  /** For changes of the control plane: profiles are deleted, also with their tenant. */
  controlChanged({ kind, id, tenantId, version }: ControlEvent): void {
    if (version !== undefined) return;
    if (kind === 'deviceProfile') this.#drop(id);
    if (kind !== 'tenant') return;
    for (const profile of this.#profiles.values()) if (profile.tenantId === tenantId) this.#drop(profile.profileId);
  }

  /** Writes what was learned since the last time. */
  async stop(): Promise<void> {
    this.#cancel();
    this.#save();
    await this.#saving;
  }

  #of({ tenantId, deviceProfileId }: KnownSession): LearnedSession {
    const known = this.#profiles.get(deviceProfileId);
    if (known !== undefined) return known;
    if (this.#profiles.size >= LEARNED_PROFILES_MAX) {
      const [oldest] = this.#profiles.keys();
      if (oldest !== undefined) this.#drop(oldest);
    }
    return this.#add(tenantId, deviceProfileId, new ProfileShape());
  }

  #add(tenantId: TenantId, profileId: string, shape: ProfileShape): LearnedSession {
    const profile: LearnedSession = { tenantId, profileId, shape, sampler: new Sampler(fnv1aOfText(profileId)), isChanged: false, isGone: false };
    this.#drop(profileId);
    this.#profiles.set(profileId, profile);
    return profile;
  }

  #drop(profileId: string): void {
    const profile = this.#profiles.get(profileId);
    if (profile === undefined) return;
    profile.isGone = true;
    this.#profiles.delete(profileId);
  }

  #arm(): void {
    this.#cancel = this.#deps.clock.after('learned-types', LEARNED_SAVE_MS, () => {
      this.#arm();
      this.#save();
    });
  }

  #save(): void {
    this.#saving = this.#saving.then(() => this.#saveChanged()).catch((error: unknown) => this.#deps.log.warn('learned-types-not-saved', { error }));
  }

  async #saveChanged(): Promise<void> {
    // Before everything was read, what is known would write over what was.
    if (!this.#isLoaded) return;
    const changed = [...this.#profiles.values()].filter(({ isChanged }) => isChanged);
    for (let from = 0; from < changed.length; from += LEARNED_SAVED_AT_ONCE) {
      const unit = this.#deps.store.begin();
      for (const profile of changed.slice(from, from + LEARNED_SAVED_AT_ONCE)) {
        const entity: EntityId = { entityType: 'DEVICE_PROFILE', id: profile.profileId };
        const value = JSON.stringify(profile.shape.stored());
        const at = { tenantId: profile.tenantId, entity, scope: 'SERVER_SCOPE', key: learnedTypesAttribute } as const;
        unit.attribute({ ...at, kind: ValueKind.json, value, lastUpdateMs: this.#deps.clock.nowMs(), uses: ValueUse.history });
        profile.isChanged = false;
      }
      await this.#deps.store.commit(unit);
    }
  }
}

/** What an attribute holds, where it is what was written: people may write attributes too. */
function shapeOf(value: unknown): StoredShape | undefined {
  try {
    const stored = JSON.parse(String(value)) as StoredShape;
    return isShape(stored) ? stored : undefined;
  } catch {
    // Something else was written there: then nothing is known, and it is learned anew.
    return undefined;
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const areNumbers = (values: unknown, length: number): boolean => Array.isArray(values) && values.length === length && values.every(isNumber);

function isShape(told: Partial<StoredShape> | null): told is StoredShape {
  if (typeof told !== 'object' || told === null || !isNumber(told.messages)) return false;
  if (!Array.isArray(told.devices) || !told.devices.every(isNumber) || told.devices.length > LEARNED_DEVICES || !Array.isArray(told.keys))
    return false;
  return (told.keys as StoredShape['keys']).every(([key, facts]) => {
    const isKey = typeof key === 'string' && isNumber(facts.messages) && isNumber(facts.lastSeenMs) && Array.isArray(facts.examples);
    return isKey && areNumbers(facts.counts, 5) && areNumbers(facts.devices, 2);
  });
}
