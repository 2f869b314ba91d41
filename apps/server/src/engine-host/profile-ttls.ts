import type { EntityId, TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { ControlEvent, EntityStore, ProfileTtls } from '@fieldline/ports';

const DAY_MS = 86_400_000;
/** Profiles of one kind that are loaded for a tenant. More than the directory reads anywhere; a bound so that a broken store cannot fill memory. */
const PROFILES_MAX = 10_000;
/** Entities whose time to live is remembered, about 100 bytes each; beyond it all are forgotten and read anew. */
const ENTITIES_KNOWN_MAX = 500_000;

const profileKinds = ['deviceProfile', 'assetProfile'] as const;
type ProfileKind = (typeof profileKinds)[number];

export interface ProfileTtlTableDeps {
  readonly entities: Pick<EntityStore, 'find' | 'findInfos' | 'findAllInfos'>;
}

/**
 * How long device and asset profiles let points be kept (`telemetryTtlDays`). Of a tenant none of whose profiles says it
 * nothing is remembered, and nothing read when a point is written; of others the profile of an entity is, once it was asked for.
 */
export class ProfileTtlTable implements ProfileTtls {
  readonly #deps: ProfileTtlTableDeps;
  /** The profiles that say it, by tenant; a tenant is here as long as it has one. */
  readonly #profiles = new Map<TenantId, Map<string, number>>();
  readonly #known = new Map<string, number>();
  /** Entities that are being read. One that changes meanwhile is no longer here, and what was read is not remembered. */
  readonly #reading = new Map<string, Promise<number>>();
  /** Changes are followed one by one, so that what was read last holds. */
  #running: Promise<void> = Promise.resolve();

  constructor(deps: ProfileTtlTableDeps) {
    this.#deps = deps;
  }

  async load(tenantIds: readonly TenantId[]): Promise<void> {
    for (const tenantId of tenantIds) {
      if (tenantId === systemTenantId) continue;
      for (const kind of profileKinds) {
        for (const { id, telemetryTtlDays } of await this.#deps.entities.findAllInfos(kind, tenantId, {}, PROFILES_MAX)) {
          this.#put(tenantId, id, telemetryTtlDays);
        }
      }
    }
  }

  ttlOf(tenantId: TenantId, { entityType, id }: EntityId): number | undefined {
    if (!this.#profiles.has(tenantId)) return 0;
    if (entityType !== 'DEVICE' && entityType !== 'ASSET') return 0;
    return this.#known.get(id);
  }

  readTtlOf(tenantId: TenantId, entity: EntityId): Promise<number> {
    const known = this.ttlOf(tenantId, entity);
    return known === undefined ? this.#read(tenantId, entity) : Promise.resolve(known);
  }

  /** Follows a change of a profile, a device, an asset or a tenant; anything else concerns nobody here. */
  changed({ kind, tenantId, id, version }: ControlEvent): Promise<void> {
    if (kind === 'device' || kind === 'asset') this.#forget(id);
    else if (kind === 'tenant' && version === undefined) return this.#next(async () => void this.#profiles.delete(id as TenantId));
    else if (kind === 'deviceProfile' || kind === 'assetProfile') return this.#next(() => this.#profileChanged(kind, tenantId, id));
    return Promise.resolve();
  }

  #next(change: () => Promise<void>): Promise<void> {
    const done = this.#running.then(change);
    this.#running = done.catch(() => undefined);
    return done;
  }

  async #profileChanged(kind: ProfileKind, tenantId: TenantId, id: string): Promise<void> {
    const [profile] = await this.#deps.entities.findInfos(kind, tenantId, [id]);
    const before = this.#profiles.get(tenantId)?.get(id);
    this.#put(tenantId, id, profile?.telemetryTtlDays);
    if (this.#profiles.get(tenantId)?.get(id) === before) return;
    this.#known.clear();
    this.#reading.clear();
  }

  #put(tenantId: TenantId, id: string, days: number | undefined): void {
    const ofTenant = this.#profiles.get(tenantId) ?? new Map<string, number>();
    if (days === undefined) ofTenant.delete(id);
    else ofTenant.set(id, days * DAY_MS);
    if (ofTenant.size === 0) this.#profiles.delete(tenantId);
    else this.#profiles.set(tenantId, ofTenant);
  }

  #forget(id: string): void {
    this.#known.delete(id);
    this.#reading.delete(id);
  }

  #read(tenantId: TenantId, entity: EntityId): Promise<number> {
    const { id } = entity;
    const under = this.#reading.get(id);
    if (under !== undefined) return under;
    const read: Promise<number> = this.#profileOf(tenantId, entity).then(
      (profileId) => {
        const ttlMs = this.#profiles.get(tenantId)?.get(profileId) ?? 0;
        if (this.#reading.get(id) === read) this.#remember(id, ttlMs);
        return ttlMs;
      },
      (error: unknown) => {
        if (this.#reading.get(id) === read) this.#reading.delete(id);
        throw error;
      },
    );
    this.#reading.set(id, read);
    return read;
  }

  #remember(id: string, ttlMs: number): void {
    this.#reading.delete(id);
    if (this.#known.size >= ENTITIES_KNOWN_MAX) this.#known.clear();
    this.#known.set(id, ttlMs);
  }

  /** Empty where the entity is gone: nobody's profile. */
  async #profileOf(tenantId: TenantId, { entityType, id }: EntityId): Promise<string> {
    if (entityType === 'DEVICE') return (await this.#deps.entities.find('device', tenantId, id))?.deviceProfileId ?? '';
    return (await this.#deps.entities.find('asset', tenantId, id))?.assetProfileId ?? '';
  }
}
