import { alarmFlagsOf, alarmSeverities, pageOf, type Alarm, type AlarmSeverity, type Page, type PageQuery, type TenantId } from '@fieldline/model';
import type { AlarmQuery } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { documentPage, sortTerm } from '../document-page.js';
import { allOf, type Condition } from '../entities/entity-conditions.js';
import { alarmOfDocument } from './alarm-index.js';

/** Terms a list of alarms can be sorted by besides its time; other fields are read from the document. */
const sortTerms: Readonly<Record<string, string>> = {
  id: 'id',
  type: 'type',
  severity: 'severity',
  // In the order of the words: ACTIVE_ACK, ACTIVE_UNACK, CLEARED_ACK, CLEARED_UNACK.
  status: '2 * is_cleared + 1 - is_acknowledged',
  startMs: 'start_ms',
  endMs: 'end_ms',
  assigneeId: 'assignee_id',
};

/** One page of the alarms of a tenant. */
export function alarmPage(database: DatabaseSync, tenantId: TenantId, query: AlarmQuery): Page<Alarm> {
  const { sortBy = 'createdAtMs', sortOrder = query.sortBy === undefined ? 'DESC' : 'ASC' } = query;
  const { table, createdAtMs, id } = sourceOf(query);
  const order = `${sortTerm(sortBy, { ...sortTerms, createdAtMs })} ${sortOrder === 'DESC' ? 'DESC' : 'ASC'}, ${id}`;
  return documentPage(database, { table, where: alarmConditions(tenantId, query), order, query, parse: alarmOfDocument });
}

/** The types of the alarms there are, by name. */
export function alarmTypes(
  database: DatabaseSync,
  tenantId: TenantId,
  query: PageQuery & { readonly customerId?: string | undefined },
): Page<string> {
  const { textSearch, page, pageSize } = query;
  const { sql, values } = allOf(alarmConditions(tenantId, { ...query, textSearch: undefined }));
  const order = query.sortOrder === 'DESC' ? 'DESC' : 'ASC';
  const rows = database.prepare(`SELECT DISTINCT type FROM alarm WHERE ${sql} ORDER BY type ${order}`).all(...values);
  // Searched here because SQLite folds the case of ASCII only. A tenant has few types beside its alarms.
  const found = rows.map(({ type }) => String(type)).filter((type) => type.toLowerCase().includes(textSearch?.toLowerCase() ?? ''));
  return pageOf(found.slice(page * pageSize, (page + 1) * pageSize), query, found.length);
}

/** The severest of the alarms that match. */
export function highestSeverity(database: DatabaseSync, tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): AlarmSeverity | undefined {
  const { sql, values } = allOf(alarmConditions(tenantId, query));
  const statement = database.prepare(`SELECT 1 FROM ${sourceOf(query).table} WHERE ${sql} AND severity = ? LIMIT 1`);
  return alarmSeverities.find((severity) => statement.get(...values, severity) !== undefined);
}

/** Where alarms are found: all of a tenant in their own table, those shown at an entity through the list of that entity. */
function sourceOf({ affected }: Pick<AlarmQuery, 'affected'>): { readonly table: string; readonly createdAtMs: string; readonly id: string } {
  if (affected === undefined) return { table: 'alarm', createdAtMs: 'alarm.created_at_ms', id: 'id' };
  return {
    table: 'alarm_affected CROSS JOIN alarm ON alarm.id = alarm_id',
    createdAtMs: 'alarm_affected.created_at_ms',
    id: 'alarm_id',
  };
}

/** What a query says besides its order. */
function alarmConditions(tenantId: TenantId, query: Omit<AlarmQuery, 'page' | 'pageSize'>): readonly Condition[] {
  const { originator, affected, customerId, assigneeId, startMs, endMs, createdFromMs, createdToMs, textSearch } = query;
  const { createdAtMs } = sourceOf(query);
  const where: Condition[] = [];
  if (affected === undefined) where.push(['alarm.tenant_id = ?', tenantId]);
  else where.push(['alarm_affected.tenant_id = ? AND entity_id = ? AND entity_type = ?', tenantId, affected.id, affected.entityType]);
  if (originator !== undefined) where.push(['originator_id = ? AND originator_type = ?', originator.id, originator.entityType]);
  if (customerId !== undefined) where.push(['customer_id = ?', customerId]);
  if (assigneeId !== undefined) where.push(['assignee_id = ?', assigneeId]);
  for (const fromMs of [startMs, createdFromMs]) if (fromMs !== undefined) where.push([`${createdAtMs} >= ?`, fromMs]);
  for (const toMs of [endMs, createdToMs]) if (toMs !== undefined) where.push([`${createdAtMs} <= ?`, toMs]);
  where.push(...oneOf('severity', query.severities), ...oneOf('type', query.types), ...flagConditions(query));
  if (textSearch !== undefined && textSearch !== '') where.push(['instr(search, ?) > 0', textSearch.toLowerCase()]);
  return where;
}

function oneOf(column: string, wanted: readonly string[] = []): readonly Condition[] {
  return wanted.length === 0 ? [] : [[`${column} IN (SELECT wanted.value FROM json_each(?) AS wanted)`, JSON.stringify(wanted)]];
}

function flagConditions({ status = 'ANY', statuses = [] }: Pick<AlarmQuery, 'status' | 'statuses'>): readonly Condition[] {
  const words = status === 'ANY' ? [] : (status.split('_') as ('ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK')[]);
  return [alarmFlagsOf(words), alarmFlagsOf(statuses)].flatMap(({ isCleared, isAcknowledged }): Condition[] => [
    ...(isCleared === undefined ? [] : [[`is_cleared = ${isCleared ? 1 : 0}`] as const]),
    ...(isAcknowledged === undefined ? [] : [[`is_acknowledged = ${isAcknowledged ? 1 : 0}`] as const]),
  ]);
}
