import { entityRules, type EntityKind, type UniqueRule } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import { columnOf, entityTables, uniqueColumnOf } from './entity-tables.js';

type Fields = Readonly<Record<string, unknown>>;

/** The statement of one change. An update must find the version it names. */
export function statementOf(change: EntityChange): WriteStatement {
  const { kind } = change;
  const { table } = entityTables[kind];
  if (change.change === 'remove') return { sql: `DELETE FROM ${table} WHERE tenant_id = ? AND id = ?`, rows: [[change.tenantId, change.id]] };
  const { entity } = change;
  const version = change.change === 'insert' ? 1 : entity.version + 1;
  const values: Readonly<Record<string, SqlValue>> = {
    ...columnValues(kind, entity),
    created_at_ms: entity.createdAtMs,
    version,
    search: searchTextOf(kind, entity),
    document: JSON.stringify({ ...entity, version }),
  };
  const names = Object.keys(values);
  if (change.change === 'insert') {
    const sql = `INSERT INTO ${table} (id, tenant_id, ${names.join(', ')}) VALUES (?, ?${', ?'.repeat(names.length)})`;
    return { sql, rows: [[entity.id, entity.tenantId, ...Object.values(values)]], changes: 1 };
  }
  const sql = `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND tenant_id = ? AND version = ?`;
  return { sql, rows: [[...Object.values(values), entity.id, entity.tenantId, entity.version]], changes: 1 };
}

/** The field that SQLite says is taken; `columns` as in `user.email_folded` or `device.tenant_id, device.name`. */
export function fieldOfColumns(kind: EntityKind, columns: string): string {
  const last = columns.split('.').at(-1) ?? columns;
  const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
  return rules.find((rule) => uniqueColumnOf(rule) === last)?.field ?? last;
}

/** A value as its column holds it. Booleans are 0 and 1, as `json_extract` gives them too. */
export function columnValue(value: unknown): SqlValue {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function columnValues(kind: EntityKind, entity: object): Readonly<Record<string, SqlValue>> {
  const fields = entity as Fields;
  const values: Record<string, SqlValue> = {};
  for (const field of entityTables[kind].columns) values[columnOf(field)] = columnValue(fields[field]);
  for (const rule of entityRules[kind].unique as readonly UniqueRule<EntityKind>[]) {
    if (rule.ignoresCase === true) values[uniqueColumnOf(rule)] = String(fields[rule.field]).toLowerCase();
  }
  return values;
}

/** The searched fields in lower case, a line each, so that no search matches across two of them. */
function searchTextOf(kind: EntityKind, entity: object): string {
  const values = (entityRules[kind].searched as readonly string[]).map((field) => (entity as Fields)[field]);
  return values
    .filter((value) => typeof value === 'string')
    .join('\n')
    .toLowerCase();
}
