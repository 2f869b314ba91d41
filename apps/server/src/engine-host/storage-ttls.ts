import { TenantLimits } from '@fieldline/directory';
import { systemTenantId, type TenantId } from '@fieldline/model';
import type { ControlEvent, DataStore, EntityStore } from '@fieldline/ports';

const DAY_MS = 86_400_000;

export interface StorageTtlsDeps {
  readonly store: Pick<DataStore, 'setDefaultTtl'>;
  readonly entities: Pick<EntityStore, 'find' | 'findAll' | 'count'>;
}

/**
 * Tells the store how long points of each tenant are kept that say nothing themselves: `defaultStorageTtlDays` of its profile,
 * 0 for ever (rest-api.md §6.8). The store forgets it when it closes, and changes go on from there.
 */
export class StorageTtls {
  readonly #deps: StorageTtlsDeps;
  readonly #limits: TenantLimits;
  /** What the store was told last, by tenant. */
  readonly #told = new Map<TenantId, number>();
  /** Changes are followed one by one, so that what was read last is told last. */
  #running: Promise<void> = Promise.resolve();

  constructor(deps: StorageTtlsDeps) {
    this.#deps = deps;
    this.#limits = new TenantLimits(deps.entities);
  }

  async load(tenantIds: readonly TenantId[]): Promise<void> {
    for (const tenantId of tenantIds) await this.#tell(tenantId);
  }

  /** Follows a change of a tenant or of a tenant profile; anything else concerns nobody here. */
  changed({ kind, id, version }: ControlEvent): Promise<void> {
    if (kind === 'tenantProfile') return this.#next(() => this.load([...this.#told.keys()]));
    if (kind !== 'tenant') return Promise.resolve();
    if (version !== undefined) return this.#next(() => this.#tell(id as TenantId));
    return this.#next(async () => void this.#told.delete(id as TenantId));
  }

  #next(change: () => Promise<void>): Promise<void> {
    const done = this.#running.then(change);
    this.#running = done.catch(() => undefined);
    return done;
  }

  async #tell(tenantId: TenantId): Promise<void> {
    if (tenantId === systemTenantId) return;
    const days = await this.#limits.limit(tenantId, 'defaultStorageTtlDays');
    const ttlMs = Math.min(Math.round(days * DAY_MS), Number.MAX_SAFE_INTEGER);
    if (ttlMs === (this.#told.get(tenantId) ?? 0)) return void this.#told.set(tenantId, ttlMs);
    await this.#deps.store.setDefaultTtl(tenantId, ttlMs);
    this.#told.set(tenantId, ttlMs);
  }
}
