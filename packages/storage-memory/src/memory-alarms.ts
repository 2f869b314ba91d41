import {
  alarmSeverities,
  alarmStatus,
  mergeAlarm,
  type Alarm,
  type AlarmSeverity,
  type EntityId,
  type Page,
  type PageQuery,
  type TenantId,
} from '@fieldline/model';
import type { AlarmQuery } from '@fieldline/ports';
import { isSameEntity, matchesAlarm } from './matches-alarm.js';
import type { AlarmChange } from './memory-unit.js';
import { pageRows } from './page-rows.js';

/** The alarms of a store, by id. */
export class MemoryAlarms {
  readonly #alarms: Map<string, Alarm>;

  constructor(alarms: Iterable<Alarm> = []) {
    this.#alarms = new Map([...alarms].map((alarm) => [alarm.id, alarm]));
  }

  /** What there would be after the changes; this stays as it is. */
  with(changes: readonly AlarmChange[]): MemoryAlarms {
    const copy = new MemoryAlarms(this.#alarms.values());
    for (const change of changes) copy.apply(change);
    return copy;
  }

  /** Does what `CommitUnit.alarm` and `removeAlarm` say. Returns the alarm as it is now, if there is one. */
  apply(change: AlarmChange): Alarm | undefined {
    if ('removedId' in change) {
      if (this.#alarms.get(change.removedId)?.tenantId === change.tenantId) this.#alarms.delete(change.removedId);
      return undefined;
    }
    const { alarm, base } = change;
    const stored = this.#alarms.get(alarm.id);
    if (base !== undefined && stored === undefined) return undefined;
    const written = base === undefined || stored === undefined ? alarm : mergeAlarm(stored, base, alarm);
    this.#alarms.set(written.id, written);
    return written;
  }

  /** Removes the alarms that match and returns them. */
  remove(isRemoved: (alarm: Alarm) => boolean): Alarm[] {
    const removed = [...this.#alarms.values()].filter(isRemoved);
    for (const { id } of removed) this.#alarms.delete(id);
    return removed;
  }

  tenantOf(id: string): TenantId | undefined {
    return this.#alarms.get(id)?.tenantId as TenantId | undefined;
  }

  byId(tenantId: TenantId, id: string): Alarm | undefined {
    const alarm = this.#alarms.get(id);
    return alarm?.tenantId === tenantId ? structuredClone(alarm) : undefined;
  }

  active(tenantId: TenantId, originator: EntityId, type: string): Alarm | undefined {
    for (const alarm of this.#alarms.values()) {
      const isAsked = alarm.tenantId === tenantId && alarm.type === type && isSameEntity(alarm.originator, originator);
      if (isAsked && alarm.clearedAtMs === undefined) return structuredClone(alarm);
    }
    return undefined;
  }

  page(tenantId: TenantId, query: AlarmQuery): Page<Alarm> {
    const { sortBy = 'createdAtMs', sortOrder = query.sortBy === undefined ? 'DESC' : 'ASC' } = query;
    // The status is derived, but lists are sorted by it.
    const rows = this.#matching(tenantId, query).map((alarm) => ({ ...alarm, status: alarmStatus(alarm) }));
    const page = pageRows(rows, { ...query, sortBy, sortOrder }, ({ type, severity, status }) => [type, severity, status]);
    return { ...page, data: page.data.map(({ status: _, ...alarm }) => structuredClone(alarm)) };
  }

  types(tenantId: TenantId, query: PageQuery & { readonly customerId?: string | undefined }): Page<string> {
    const { customerId, createdFromMs, createdToMs } = query;
    const types = new Set(this.#matching(tenantId, { customerId, createdFromMs, createdToMs }).map(({ type }) => type));
    const page = pageRows(
      [...types].map((id) => ({ id })),
      { ...query, sortBy: undefined },
      ({ id }) => [id],
    );
    return { ...page, data: page.data.map(({ id }) => id) };
  }

  highestSeverity(tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): AlarmSeverity | undefined {
    const found = new Set(this.#matching(tenantId, query).map(({ severity }) => severity));
    return alarmSeverities.find((severity) => found.has(severity));
  }

  #matching(tenantId: TenantId, query: Omit<AlarmQuery, 'page' | 'pageSize'>): Alarm[] {
    return [...this.#alarms.values()].filter((alarm) => alarm.tenantId === tenantId && matchesAlarm(alarm, query));
  }
}
