import { pageOf, type EntityKind, type Page, type PageQuery } from '@fieldline/model';
import type { StatementSync } from 'node:sqlite';
import { SEARCH_SORTED_MAX } from '../limits.js';
import { allOf, queryConditions, type Condition } from './entity-conditions.js';
import type { EntityRow } from './entity-row.js';
import { entityTables, termOf } from './entity-tables.js';

/**
 * One page of the rows of a kind that meet the conditions of its tenant and filter.
 *
 * Every index holds the number of the row, so SQLite finds, sorts and skips numbers alone and reads only the documents
 * of the page.
 *
 * @param columns what is read of those
 */
export function rowPage(
  prepared: (sql: string) => StatementSync,
  kind: EntityKind,
  query: PageQuery,
  { conditions, columns }: { readonly conditions: readonly Condition[]; readonly columns: readonly string[] },
): Page<EntityRow> {
  const { table } = entityTables[kind];
  const { sql: where, values } = allOf([...conditions, ...queryConditions(query)]);
  const total = Number(prepared(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).get(...values)?.['n']);
  const order = orderOf(kind, query);
  const cut = `ORDER BY ${order} LIMIT ? OFFSET ?`;
  const found = `SELECT rowid FROM ${table} WHERE ${where}`;
  // A search that finds little takes all numbers from the index with the searched text: in the order of another index it
  // would read the row of every entity to see its text. One that finds much fills its page from the first rows.
  const isRareFind = query.textSearch !== undefined && query.textSearch !== '' && total <= SEARCH_SORTED_MAX;
  const inPage = isRareFind ? `(${found}) ${cut}` : `(${found} ${cut}) ORDER BY ${order}`;
  const rows = prepared(`SELECT ${columns.join(', ')} FROM ${table} WHERE rowid IN ${inPage}`).all(
    ...values,
    query.pageSize,
    query.page * query.pageSize,
  );
  return pageOf(rows, query, total);
}

/** By the field asked for where there is one, and by id. */
function orderOf(kind: EntityKind, { sortBy, sortOrder }: PageQuery): string {
  const direction = sortOrder === 'DESC' ? 'DESC' : 'ASC';
  if (sortBy === undefined || sortBy === 'id') return `id ${direction}`;
  const term = termOf(entityTables[kind], sortBy);
  return term === undefined ? 'id' : `${term} ${direction}, id`;
}
