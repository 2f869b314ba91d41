import { attributeScopes, systemTenantId, type AttributeScope, type EntityCountQuery, type EntityDataQuery, type QueryKey } from '@fieldline/model';
import { EntityStatement, latestKeys } from './entity-query-sql.js';
import { withLatestTable, type LatestReader } from './latest-table.js';
import type { QueryConnection, QueryDeadline, QueryRun } from './query-connection.js';
import { selectionSql, type Selection } from './selection-sql.js';
import { sql } from './sql.js';
import type { TermSource } from './value-terms.js';
import { withWalkedTable } from './walked-table.js';

export type Run = QueryRun & { readonly latest: LatestReader };
type Query = EntityCountQuery & Partial<Pick<EntityDataQuery, 'columns' | 'textSearch' | 'sort'>>;

/** A query with everything its statements read: what a walk found and the latest values are in tables of its own. */
export interface PreparedQuery {
  readonly statement: EntityStatement;
  /** What the statement is made of, for others about the same entities. */
  readonly selection: Selection;
  readonly values: TermSource;
  /** For columns of what the statement finds. */
  readonly source: TermSource;
}

/** Calls `use` with the statement of a query. @throws QUERY_TOO_MANY_ENTITIES, QUERY_TOO_SLOW */
export async function withPrepared<T>(run: Run, query: Query, use: (prepared: PreparedQuery) => Promise<T>): Promise<T> {
  const { scope, selector } = query;
  if (selector.kind !== 'relations') return withValues(run, query, selectionSql(scope, selector, undefined), use);
  return withWalkedTable(run, scope.tenantId, selector.walk, (table) => withValues(run, query, selectionSql(scope, selector, table), use));
}

function withValues<T>(run: Run, query: Query, selection: Selection, use: (prepared: PreparedQuery) => Promise<T>): Promise<T> {
  const source: TermSource = {
    entityTypes: selection.entityTypes,
    roots: selection.roots,
    keyNumbers: keyNumbers(run.connection, run.deadline),
    latest: () => undefined,
  };
  const keys = latestKeys(query);
  if (keys.length === 0) return use({ statement: new EntityStatement(selection, source, query), selection, values: source, source });
  // Where all filters must fit, those that need no latest values leave fewer entities to ask about.
  const known = query.combine === 'AND' ? query.filters.filter(({ key }) => key.type !== 'TIME_SERIES') : [];
  const areOfOneType = selection.entityTypes.length === 1 && query.scope.tenantId !== systemTenantId;
  const candidates = { statement: new EntityStatement(selection, source, { filters: known, combine: 'AND' }), areOfOneType };
  return withLatestTable(run, keys, candidates, (table) => {
    const latest = (key: string): { table: string; number: number } | undefined =>
      keys.includes(key) ? { table, number: keys.indexOf(key) } : undefined;
    const values = { ...source, latest };
    return use({ statement: new EntityStatement(selection, values, query), selection, values, source });
  });
}

const scopeOf: Readonly<Partial<Record<QueryKey['type'], AttributeScope>>> = {
  CLIENT_ATTRIBUTE: 'CLIENT_SCOPE',
  SHARED_ATTRIBUTE: 'SHARED_SCOPE',
  SERVER_ATTRIBUTE: 'SERVER_SCOPE',
};

function keyNumbers(connection: QueryConnection, deadline: QueryDeadline): TermSource['keyNumbers'] {
  return ({ type, key }) => {
    const rows = connection.all(sql`SELECT scope, number FROM attribute_key WHERE key = ${key}`, deadline);
    const numbers = new Map(rows.map(([scope, number]) => [scope as AttributeScope, Number(number)]));
    const scope = scopeOf[type];
    return (scope === undefined ? attributeScopes : [scope]).flatMap((each) => numbers.get(each) ?? []);
  };
}
