import { alarmSchema, type Alarm, type EntityId, type EntityType, type TenantId } from '@fieldline/model';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isOfTenant } from '../entities/removed-tenants.js';
import { ALARMS_CACHED } from '../limits.js';
import { PinnedCache } from './pinned-cache.js';

/** One change of an alarm, and how to take it back; undefined where there is none before or after. */
export interface AlarmUndo {
  readonly id: string;
  readonly before: Alarm | undefined;
  readonly after: Alarm | undefined;
}

/**
 * Alarms as they are with everything given to commit. Which alarms are active is known completely, so the
 * question that every reading below its threshold asks ("is there one to clear?") never reaches the disk.
 */
export class AlarmIndex {
  readonly #alarms: PinnedCache<Alarm | 'removed'>;
  /** Ids of the uncleared alarms by originator and type; use sees to it that there is one at most of each. */
  readonly #active = new Map<string, Map<string, readonly string[]>>();
  readonly #select: StatementSync;

  constructor(database: DatabaseSync, cachedMax = ALARMS_CACHED) {
    this.#alarms = new PinnedCache(cachedMax);
    this.#select = database.prepare('SELECT document FROM alarm WHERE id = ?');
    const columns = 'id, tenant_id, originator_type, originator_id, type';
    const active = database.prepare(`SELECT ${columns} FROM alarm WHERE is_cleared = 0 AND ${isOfTenant}`);
    for (const row of active.iterate()) {
      const originator = { entityType: row['originator_type'] as EntityType, id: String(row['originator_id']) };
      this.#setActive(originatorKeyOf(row['tenant_id'] as TenantId, originator), String(row['type']), String(row['id']), true);
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
    const id = this.#active.get(originatorKeyOf(tenantId, originator))?.get(type)?.[0];
    return id === undefined ? undefined : this.#find(id);
  }

  /** Takes an alarm over as it shall be, or that there shall be none; it stays here until `settled` or `takeBack`. */
  apply(id: string, after: Alarm | undefined): AlarmUndo {
    const before = this.#find(id);
    this.#alarms.set(id, after ?? 'removed');
    this.#alarms.pin(id);
    this.#moveActive(id, before, after);
    return { id, before, after };
  }

  /** The change is on the disk. */
  settled({ id }: AlarmUndo): void {
    this.#alarms.unpin(id);
  }

  /** The change was not kept. Changes are taken back in the reverse of their order. */
  takeBack({ id, before, after }: AlarmUndo): void {
    this.#alarms.unpin(id);
    if (before === undefined) this.#alarms.delete(id);
    else this.#alarms.set(id, before);
    this.#moveActive(id, after, before);
  }

  /** The originator was removed for good; nobody asks for its alarms any more. */
  forget(tenantId: TenantId, originator: EntityId): void {
    this.#active.delete(originatorKeyOf(tenantId, originator));
  }

  forgetTenant(tenantId: TenantId): void {
    for (const key of this.#active.keys()) if (key.startsWith(`${tenantId} `)) this.#active.delete(key);
  }

  #find(id: string): Alarm | undefined {
    const cached = this.#alarms.get(id);
    if (cached !== undefined) return cached === 'removed' ? undefined : cached;
    const row = this.#select.get(id);
    if (row === undefined) return undefined;
    const alarm = alarmOfDocument(String(row['document']));
    this.#alarms.set(id, alarm);
    return alarm;
  }

  #moveActive(id: string, before: Alarm | undefined, after: Alarm | undefined): void {
    for (const alarm of [before, after]) {
      if (alarm === undefined) continue;
      const isActive = alarm === after && alarm.clearedAtMs === undefined;
      this.#setActive(originatorKeyOf(alarm.tenantId as TenantId, alarm.originator), alarm.type, id, isActive);
    }
  }

  #setActive(originatorKey: string, type: string, id: string, isActive: boolean): void {
    const ofOriginator = this.#active.get(originatorKey) ?? new Map<string, readonly string[]>();
    const others = ofOriginator.get(type)?.filter((other) => other !== id) ?? [];
    if (isActive) ofOriginator.set(type, [...others, id]);
    else if (others.length > 0) ofOriginator.set(type, others);
    else ofOriginator.delete(type);
    if (ofOriginator.size > 0) this.#active.set(originatorKey, ofOriginator);
    else this.#active.delete(originatorKey);
  }
}

const originatorKeyOf = (tenantId: TenantId, { entityType, id }: EntityId): string => `${tenantId} ${entityType} ${id}`;

/** Reads a stored alarm back. */
export function alarmOfDocument(document: string): Alarm {
  return Object.freeze(alarmSchema.parse(JSON.parse(document)) as Alarm);
}
