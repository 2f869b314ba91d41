import { fieldShape, type PageQuery, type TenantId } from '@fieldline/model';
import type { EntityFilter } from '@fieldline/ports';
import type { SqlValue } from '../writer/writer-link.js';
import { termOf, type EntityTable } from './entity-tables.js';

/** Words of a WHERE clause, which are ours, and the values bound in them. */
export interface Conditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Words of one condition and what is bound in them. */
export type Condition = readonly [string, ...SqlValue[]];

/** A value as its column holds it. Booleans are 0 and 1, as `json_extract` gives them too. */
export function columnValue(value: unknown): SqlValue {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** What a filter says about the entities of one tenant, or of all where none is given. A tenant named in the filter itself counts for nothing. */
export function filterConditions(table: EntityTable, tenantId: TenantId | undefined, { tenantId: _, ...fields }: EntityFilter): readonly Condition[] {
  const ofTenant: readonly Condition[] = tenantId === undefined ? [] : [['tenant_id = ?', tenantId]];
  return [...ofTenant, ...Object.entries(fields).map(([field, wanted]) => fieldCondition(table, field, wanted))];
}

/** What a query says besides its order. */
export function queryConditions({ createdFromMs, createdToMs, textSearch }: PageQuery): readonly Condition[] {
  const conditions: Condition[] = [];
  if (createdFromMs !== undefined) conditions.push(['created_at_ms >= ?', createdFromMs]);
  if (createdToMs !== undefined) conditions.push(['created_at_ms <= ?', createdToMs]);
  if (textSearch !== undefined && textSearch !== '') conditions.push(['instr(search, ?) > 0', textSearch.toLowerCase()]);
  return conditions;
}

export function allOf(conditions: readonly Condition[]): Conditions {
  return { sql: conditions.map(([sql]) => sql).join(' AND ') || '1', values: conditions.flatMap(([, ...values]) => values) };
}

function fieldCondition(table: EntityTable, field: string, wanted: EntityFilter[string]): Condition {
  const isList = fieldShape(table.kind, field)?.holds === 'list';
  const term = isList ? 'held.value' : termOf(table, field);
  if (term === undefined) return ['0'];
  const [sql, ...values] = comparison(term, wanted);
  return isList ? [`EXISTS (SELECT 1 FROM json_each(document, '$.${field}') AS held WHERE ${sql})`, ...values] : [sql, ...values];
}

/** A list of one is compared as one: SQLite then reads an index in its order. */
function comparison(term: string, wanted: EntityFilter[string]): Condition {
  if (typeof wanted !== 'object') return [`${term} = ?`, columnValue(wanted)];
  if (wanted.length === 0) return ['0'];
  if (wanted.length === 1) return [`${term} = ?`, columnValue(wanted[0])];
  return [`${term} IN (SELECT wanted.value FROM json_each(?) AS wanted)`, JSON.stringify(wanted)];
}
