import { fnv1aOfText, type Clock, type Log } from '@fieldline/kernel';
import { learnedTypesAttribute, ValueKind, type EntityId, type JsonObject, type TenantId } from '@fieldline/model';
import { ValueUse, type ControlEvent, type DataStore, type LearnedProfile, type LearnedTypesReader } from '@fieldline/ports';
import type { KnownSession } from '../ingest/session-table.js';
import { LEARNED_PROFILES_MAX, LEARNED_SAMPLE_MS, LEARNED_SAVE_MS, LEARNED_SAVED_AT_ONCE } from '../limits.js';
import { ProfileShape } from './profile-shape.js';
import { Sampler } from './sampler.js';
import { storedShape } from './stored-shape.js';

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
      const stored = storedShape(attribute.value);
      if (stored !== undefined) this.#add(tenantId, entity.id, new ProfileShape(stored));
    }
    this.#isLoaded = true;
  }

  /** A telemetry message came in. The usual one costs a look at a counter. */
  see(session: KnownSession, data: JsonObject, atMs: number): void {
    let profile = (session.learned ??= this.#of(session));
    if (!profile.sampler.take(atMs)) return;
    if (profile.isGone) profile = session.learned = this.#of(session);
    profile.sampler.taken(atMs, Math.max(LEARNED_SAMPLE_MS, this.#profiles.size));
    profile.shape.see(session.deviceId, data, atMs);
    profile.isChanged = true;
    // The order of the map is that in which they were looked at.
    this.#profiles.delete(profile.profileId);
    this.#profiles.set(profile.profileId, profile);
  }

  learned(tenantId: TenantId, deviceProfileId: string): Promise<LearnedProfile | undefined> {
    const known = this.#profiles.get(deviceProfileId);
    return Promise.resolve(known?.tenantId === tenantId ? known.shape.told() : undefined);
  }

  /** For changes of the control plane: devices and profiles are deleted, also with their tenant. */
  controlChanged({ kind, id, tenantId, version }: ControlEvent): void {
    if (version !== undefined) return;
    if (kind === 'device') for (const profile of this.#profiles.values()) profile.isChanged = profile.shape.forgetDevice(id) || profile.isChanged;
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
      await this.#write(changed.slice(from, from + LEARNED_SAVED_AT_ONCE).filter(({ isGone }) => !isGone));
    }
  }

  async #write(profiles: readonly LearnedSession[]): Promise<void> {
    const unit = this.#deps.store.begin();
    for (const profile of profiles) {
      const entity: EntityId = { entityType: 'DEVICE_PROFILE', id: profile.profileId };
      const value = JSON.stringify(profile.shape.stored());
      const at = { tenantId: profile.tenantId, entity, scope: 'SERVER_SCOPE', key: learnedTypesAttribute } as const;
      unit.attribute({ ...at, kind: ValueKind.json, value, lastUpdateMs: this.#deps.clock.nowMs(), uses: ValueUse.history });
      profile.isChanged = false;
    }
    try {
      await this.#deps.store.commit(unit);
    } catch (error) {
      for (const profile of profiles) profile.isChanged = true;
      throw error;
    }
  }
}
