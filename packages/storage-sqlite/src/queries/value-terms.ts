import { fieldSource, queriedKinds, ValueKind, type FieldSource, type QueriedType, type QueryKey } from '@fieldline/model';
import { entityTables } from '../entities/entity-tables.js';
import { joined, NULL, raw, sql, type Sql } from './sql.js';

/** A value of an entity `e` in SQL. All NULL where the entity has none. */
export interface ValueTerm {
  readonly kind: Sql;
  readonly value: Sql;
  readonly tsMs: Sql;
}

/** What the terms of a query depend on. */
export interface TermSource {
  /** Types the query may find. */
  readonly entityTypes: readonly QueriedType[];
  /** The table `f` that says from which of several roots an entity was met. */
  readonly roots?: string | undefined;
  /** Numbers of an attribute key in the scopes in which anything has it, the client's first. */
  readonly keyNumbers: (key: QueryKey) => readonly number[];
  /** The table of the latest values of a query, and the number of a key in it. */
  readonly latest: (key: string) => { readonly table: string; readonly number: number } | undefined;
}

/** A table that is joined to `e`; at most one row of it belongs to an entity. */
export interface ValueJoin {
  readonly table: Sql;
  readonly on: Sql;
  readonly term: ValueTerm;
}

const absent: ValueTerm = { kind: NULL, value: NULL, tsMs: NULL };

/** The value of a key that stands in the row of the entity or beside it; undefined where a table must be joined for it. */
export function fieldTerm({ type, key }: QueryKey, { entityTypes, roots }: TermSource): ValueTerm | undefined {
  if (type === 'ALARM_FIELD') return absent;
  if (type !== 'ENTITY_FIELD') return undefined;
  if (key === 'createdTime') return { kind: raw(String(ValueKind.long)), value: raw('e.created_at_ms'), tsMs: raw('0') };
  const values = entityTypes.map((entityType) => {
    const source = fieldSource(entityType, key);
    return source === undefined ? NULL : sourceSql(entityType, source, roots !== undefined);
  });
  const isSame = values.every(({ text }) => text === values[0]?.text);
  const cases = entityTypes.map((entityType, at) => sql`WHEN ${raw(`'${entityType}'`)} THEN ${values[at] ?? NULL}`);
  const value = isSame ? (values[0] ?? NULL) : sql`CASE e.entity_type ${joined(cases, ' ')} END`;
  return { kind: raw(String(ValueKind.string)), value, tsMs: raw('0') };
}

/** The table of a value, with the name it gets in the query; undefined where nothing has the key. */
export function valueJoin(key: QueryKey, name: string, source: TermSource): ValueJoin | undefined {
  const term = { kind: raw(`${name}.kind`), value: raw(`${name}.value`), tsMs: raw(`${name}.last_update_ms`) };
  if (key.type === 'TIME_SERIES') {
    const latest = source.latest(key.key);
    return latest && { table: raw(`temp.${latest.table} ${name}`), on: raw(`${name}.id = ${latest.number * KEY_STEP} + e.number`), term };
  }
  const ids = source.keyNumbers(key).map((number) => `${number * KEY_STEP} + e.number`);
  if (ids.length === 0) return undefined;
  const id = ids.length === 1 ? (ids[0] as string) : newestOf(ids);
  return { table: raw(`attribute ${name}`), on: raw(`${name}.id = ${id}`), term };
}

/** From the id of an attribute to that of the next key: see query-tables.ts. */
export const KEY_STEP = 2 ** 32;

/** The most recently updated of some attributes; of equals the first. */
function newestOf(ids: readonly string[]): string {
  const ranked = ids.map((id, place) => `SELECT ${id} AS id, ${place} AS place`).join(' UNION ALL ');
  return `(SELECT n.id FROM (${ranked}) r JOIN attribute n ON n.id = r.id ORDER BY n.last_update_ms DESC, r.place LIMIT 1)`;
}

/** The same value without a table of its own in the query, of which SQLite allows 64. */
export function valueOfJoin({ table, on, term }: ValueJoin, read: (term: ValueTerm) => Sql): Sql {
  return sql`(SELECT ${read(term)} FROM ${table} WHERE ${on})`;
}

/** Fields that `numbered_entity` repeats. */
const numbered: Readonly<Record<string, string>> = { name: 'e.name', label: 'e.label', type: 'e.type' };

function sourceSql(entityType: QueriedType, source: FieldSource, hasRoots: boolean): Sql {
  const ofDocument = (expression: string): Sql =>
    raw(`(SELECT ${expression} FROM ${entityTables[queriedKinds[entityType]].table} d WHERE d.id = e.entity_id)`);
  const field = (name: string): string => `json_extract(d.document, '$.${name}')`;
  switch (source.from) {
    case 'field':
      if (entityType === 'USER') return source.field === 'email' ? raw('e.name') : ofDocument(field(source.field));
      return numbered[source.field] === undefined ? ofDocument(field(source.field)) : raw(numbered[source.field] as string);
    case 'first':
      return raw(`coalesce(${source.fields.map((name) => `nullif(${numbered[name] ?? 'NULL'}, '')`).join(', ')})`);
    case 'constant':
      return raw(`'${source.text}'`);
    case 'createdTime':
      return raw('e.created_at_ms');
    case 'additionalInfo':
      return entityType === 'RULE_NODE' ? raw(nodeInfoSql) : ofDocument(field('additionalInfo'));
    case 'person':
      return ofDocument(`coalesce(nullif(concat_ws(' ', nullif(${field('firstName')}, ''), nullif(${field('lastName')}, '')), ''), e.name)`);
    case 'root':
      return hasRoots ? raw('f.root_id') : NULL;
    case 'ownerType':
      return raw("iif(e.customer_id IS NULL, 'TENANT', 'CUSTOMER')");
    case 'ownerName':
      return raw(`(SELECT o.name FROM numbered_entity o WHERE o.entity_id = coalesce(e.customer_id, e.tenant_id)
        AND o.entity_type = iif(e.customer_id IS NULL, 'TENANT', 'CUSTOMER') AND o.tenant_id = e.tenant_id)`);
  }
}

/** As `nodeInfo` of the model makes it. */
const nodeInfoSql = `(SELECT json_object('layoutX', n.value -> '$.layout.x', 'layoutY', n.value -> '$.layout.y',
    'description', coalesce(n.value ->> '$.description', ''))
  FROM ${entityTables.ruleChain.table} d, json_each(d.document, '$.nodes') n WHERE d.tenant_id = e.tenant_id AND n.value ->> '$.id' = e.entity_id)`;
