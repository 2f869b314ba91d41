import { alarmSchema, type Alarm, type EntityId, type EntityType, type TenantId } from '@fieldline/model';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ALARMS_CACHED } from '../limits.js';
import { PinnedCache } from './pinned-cache.js';

/** How to take one alarm back. */
export interface AlarmUndo {
  readonly id: string;
  readonly before: Alarm | undefined;
  readonly activeKey: string;
  readonly activeBefore: readonly string[] | undefined;
}

/**
 * Alarms as they are with everything given to commit. Which alarms are active is known completely, so the
 * question that every reading below its threshold asks ("is there one to clear?") never reaches the disk.
 */
export class AlarmIndex {
  readonly #alarms: PinnedCache<Alarm>;
  /** Ids of the uncleared alarms of a tenant, originator and type; use sees to it that there is one at most. */
  readonly #active = new Map<string, readonly string[]>();
  readonly #select: StatementSync;

  constructor(database: DatabaseSync, cachedMax = ALARMS_CACHED) {
    this.#alarms = new PinnedCache(cachedMax);
    this.#select = database.prepare('SELECT document FROM alarm WHERE id = ?');
    const active = database.prepare('SELECT id, tenant_id, originator_type, originator_id, type FROM alarm WHERE is_cleared = 0');
    for (const row of active.iterate()) {
      const originator = { entityType: row['originator_type'] as EntityType, id: String(row['originator_id']) };
      const key = activeKeyOf(row['tenant_id'] as TenantId, originator, String(row['type']));
      this.#active.set(key, [...(this.#active.get(key) ?? []), String(row['id'])]);
    }
  }

  tenantOf(id: string): TenantId | undefined {
    return this.#find(id)?.tenantId as TenantId | undefined;
  }

  byId(tenantId: TenantId, id: string): Alarm | undefined {
    const alarm = this.#find(id);
    return alarm?.tenantId === tenantId ? alarm : undefined;
  }

  active(tenantId: TenantId, originator: EntityId, type: string): Alarm | undefined {
    const id = this.#active.get(activeKeyOf(tenantId, originator, type))?.[0];
    return id === undefined ? undefined : this.#find(id);
  }

  /** Takes an alarm over as it shall be; it stays here until `settled` or `takeBack`. */
  apply(alarm: Alarm): AlarmUndo {
    const { id } = alarm;
    const activeKey = activeKeyOf(alarm.tenantId as TenantId, alarm.originator, alarm.type);
    const activeBefore = this.#active.get(activeKey);
    const undo = { id, before: this.#find(id), activeKey, activeBefore };
    this.#alarms.set(id, alarm);
    this.#alarms.pin(id);
    const others = activeBefore?.filter((other) => other !== id) ?? [];
    this.#setActive(activeKey, alarm.clearedAtMs === undefined ? [...others, id] : others);
    return undo;
  }

  /** The alarm is on the disk. */
  settled({ id }: AlarmUndo): void {
    this.#alarms.unpin(id);
  }

  /** The alarm was not kept. Alarms are taken back in the reverse of their order. */
  takeBack({ id, before, activeKey, activeBefore }: AlarmUndo): void {
    this.#alarms.unpin(id);
    if (before === undefined) this.#alarms.delete(id);
    else this.#alarms.set(id, before);
    this.#setActive(activeKey, activeBefore ?? []);
  }

  #find(id: string): Alarm | undefined {
    const cached = this.#alarms.get(id);
    if (cached !== undefined) return cached;
    const row = this.#select.get(id);
    if (row === undefined) return undefined;
    const alarm = alarmOfDocument(String(row['document']));
    this.#alarms.set(id, alarm);
    return alarm;
  }

  #setActive(key: string, ids: readonly string[]): void {
    if (ids.length === 0) this.#active.delete(key);
    else this.#active.set(key, ids);
  }
}

const activeKeyOf = (tenantId: TenantId, { entityType, id }: EntityId, type: string): string => `${tenantId} ${entityType} ${id} ${type}`;

/** Reads a stored alarm back. */
export function alarmOfDocument(document: string): Alarm {
  return Object.freeze(alarmSchema.parse(JSON.parse(document)) as Alarm);
}
