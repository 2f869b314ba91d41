import type { Alarm, DataPoint, EntityId, TenantId } from '@fieldline/model';
import { ValueUse, type AlarmRemoval, type CommittedChanges, type LiveAlarms, type LiveUpdate } from '@fieldline/ports';

/** An update that is still being put together. */
interface GrowingUpdate extends LiveUpdate {
  readonly points: DataPoint[];
  readonly attributes: LiveUpdate['attributes'][number][];
  removedLatest?: LiveUpdate['removedLatest'];
  removedAttributes?: LiveUpdate['removedAttributes'];
}

type Publish = (updates: readonly LiveUpdate[], alarms: readonly LiveAlarms[]) => void;

/**
 * The engine's end of live updates: knows which entities somebody watches and whose alarms, and turns what a commit changed
 * into one update for each of them. Costs next to nothing while nobody watches.
 */
export class LivePublisher {
  readonly #wanted = new Map<string, number>();
  readonly #alarmsWanted = new Set<TenantId>();
  readonly #publish: Publish;

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  /** Entities and tenants that somebody watches. */
  get size(): number {
    return this.#wanted.size + this.#alarmsWanted.size;
  }

  watch(entity: EntityId): void {
    this.#wanted.set(entity.id, (this.#wanted.get(entity.id) ?? 0) + 1);
  }

  unwatch(entity: EntityId): void {
    const left = (this.#wanted.get(entity.id) ?? 0) - 1;
    if (left > 0) this.#wanted.set(entity.id, left);
    else this.#wanted.delete(entity.id);
  }

  /** To be called once a tenant, until `unwatchAlarms`. */
  watchAlarms(tenantId: TenantId): void {
    this.#alarmsWanted.add(tenantId);
  }

  unwatchAlarms(tenantId: TenantId): void {
    this.#alarmsWanted.delete(tenantId);
  }

  /** For `DataStore.onCommitted`. */
  committed(changes: CommittedChanges): void {
    const updates = this.#wanted.size === 0 ? [] : this.#updatesOf(changes);
    const alarms = this.#alarmsWanted.size === 0 ? [] : this.#alarmsOf(changes);
    if (updates.length > 0 || alarms.length > 0) this.#publish(updates, alarms);
  }

  #updatesOf(changes: CommittedChanges): readonly LiveUpdate[] {
    const updates = new Map<string, GrowingUpdate>();
    const updateOf = (tenantId: TenantId, entity: EntityId) => {
      let update = updates.get(entity.id);
      if (update === undefined) {
        update = { tenantId, entity, points: [], attributes: [] };
        updates.set(entity.id, update);
      }
      return update;
    };
    changes.points(
      (entity) => this.#wanted.has(entity.id),
      (tenantId, entity, key, tsMs, kind, value) => updateOf(tenantId, entity).points.push({ key, tsMs, kind, value }),
    );
    for (const write of changes.attributes) {
      if (!this.#wanted.has(write.entity.id) || ((write.uses ?? ValueUse.all) & ValueUse.push) === 0) continue;
      const { scope, key, lastUpdateMs, kind, value } = write;
      updateOf(write.tenantId, write.entity).attributes.push({ scope, key, lastUpdateMs, kind, value });
    }
    for (const { tenantId, entity, key, latest } of changes.removedLatest) {
      if (!this.#wanted.has(entity.id)) continue;
      const update = updateOf(tenantId, entity);
      update.removedLatest = [...(update.removedLatest ?? []), { key, latest }];
    }
    for (const { tenantId, entity, scope, key } of changes.removedAttributes) {
      if (!this.#wanted.has(entity.id)) continue;
      const update = updateOf(tenantId, entity);
      update.removedAttributes = [...(update.removedAttributes ?? []), { scope, key }];
    }
    return [...updates.values()];
  }

  #alarmsOf(changes: CommittedChanges): readonly LiveAlarms[] {
    if (changes.alarms.length === 0 && changes.removedAlarms.length === 0) return [];
    const byTenant = new Map<TenantId, { alarms: Alarm[]; removed: AlarmRemoval[] }>();
    const ofTenant = (tenantId: TenantId) => {
      const known = byTenant.get(tenantId) ?? { alarms: [], removed: [] };
      if (this.#alarmsWanted.has(tenantId)) byTenant.set(tenantId, known);
      return known;
    };
    for (const alarm of changes.alarms) ofTenant(alarm.tenantId as TenantId).alarms.push(alarm);
    for (const removal of changes.removedAlarms) ofTenant(removal.tenantId).removed.push(removal);
    return [...byTenant].map(([tenantId, ofTenant]) => ({ tenantId, ...ofTenant }));
  }
}
