import { entityRules, type EntityKind, type EntityOf, type UniqueRule } from '@fieldline/model';
import type { EntityChange, EntityCondition } from '@fieldline/ports';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import { allOf, columnValue, filterConditions } from './entity-conditions.js';
import { documentColumns, documentsOf } from './entity-row.js';
import { columnOf, entityTables, uniqueColumnOf } from './entity-tables.js';
import { isOfTenant, tenantRemoval } from './removed-tenants.js';

type Fields = Readonly<Record<string, unknown>>;

/** The statements of one change. An update must find the version it names, a condition a row that says it holds. */
export function statementsOf(change: EntityChange): readonly WriteStatement[] {
  if (change.change === 'insert') return [insertStatement(change.kind, [{ ...change.entity, version: 1 }])];
  if (change.change === 'update') return [updateStatement(change.kind, change.entity)];
  if (change.change === 'require' || change.change === 'require-fewer') return [conditionStatement(change)];
  if (change.change === 'remove-tenant') return tenantRemoval(change.tenantId);
  const { table } = entityTables[change.kind];
  if (change.change === 'remove') return [{ sql: `DELETE FROM ${table} WHERE tenant_id = ? AND id = ?`, rows: [[change.tenantId, change.id]] }];
  const { kind, tenantId, filter, createdBeforeMs } = change;
  const before = createdBeforeMs === undefined ? [] : [['created_at_ms < ?', createdBeforeMs] as const];
  const { sql, values } = allOf([...filterConditions(entityTables[kind], tenantId, filter), ...before]);
  return [{ sql: `DELETE FROM ${table} WHERE ${sql}`, rows: [values] }];
}

/** Adds the entities with the version they state. */
export function insertStatement<K extends EntityKind>(kind: K, entities: readonly EntityOf<K>[]): WriteStatement {
  const columns = columnsOf(kind);
  const sql = `INSERT INTO ${entityTables[kind].table} (${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length - 1)})`;
  return { sql, rows: entities.map((entity) => rowOf(kind, entity)), changes: 1 };
}

function conditionStatement(condition: EntityCondition): WriteStatement {
  const { kind, tenantId } = condition;
  const { table } = entityTables[kind];
  if (condition.change === 'require') {
    const sql = `SELECT 1 FROM ${table} WHERE tenant_id = ? AND id = ? AND ${isOfTenant}`;
    return { sql, rows: [[condition.tenantId, condition.id]], mustFind: true };
  }
  const { filter, limit } = condition;
  const { sql, values } = allOf(filterConditions(entityTables[kind], tenantId, filter));
  // Nobody needs to know how many there are beyond the limit.
  const found = `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${sql} AND ${isOfTenant} LIMIT ?)`;
  return { sql: `SELECT 1 WHERE (${found}) < ?`, rows: [[...values, limit, limit]], mustFind: true };
}

function updateStatement(kind: EntityKind, entity: EntityOf<EntityKind>): WriteStatement {
  const assigned = columnsOf(kind).map((column) => `${column} = ?`);
  const sql = `UPDATE ${entityTables[kind].table} SET ${assigned.join(', ')} WHERE id = ? AND tenant_id = ? AND version = ? AND ${isOfTenant}`;
  const { id, tenantId, version } = entity;
  return { sql, rows: [[...rowOf(kind, { ...entity, version: version + 1 }), id, tenantId, version]], changes: 1 };
}

/** In the order of `rowOf`. */
function columnsOf(kind: EntityKind): readonly string[] {
  const own = entityTables[kind].fields.map(columnOf);
  return ['id', 'tenant_id', 'created_at_ms', 'version', ...own, ...foldedRules(kind).map(uniqueColumnOf), 'search', ...documentColumns(kind)];
}

function rowOf(kind: EntityKind, entity: EntityOf<EntityKind>): readonly SqlValue[] {
  const fields = entity as Fields;
  const { id, tenantId, createdAtMs, version } = entity;
  const own = entityTables[kind].fields.map((field) => columnValue(fields[field]));
  const folded = foldedRules(kind).map(({ field }) => String(fields[field]).toLowerCase());
  return [id, tenantId, createdAtMs, version, ...own, ...folded, searchTextOf(kind, fields), ...documentsOf(kind, entity)];
}

function foldedRules(kind: EntityKind): readonly UniqueRule<EntityKind>[] {
  return (entityRules[kind].unique as readonly UniqueRule<EntityKind>[]).filter(({ ignoresCase }) => ignoresCase === true);
}

/** The searched fields in lower case, a line each, so that no search matches across two of them. */
function searchTextOf(kind: EntityKind, fields: Fields): string {
  const values = (entityRules[kind].searched as readonly string[]).map((field) => fields[field]);
  return values
    .filter((value) => typeof value === 'string')
    .join('\n')
    .toLowerCase();
}
