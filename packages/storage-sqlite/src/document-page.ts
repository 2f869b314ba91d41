import { pageOf, type Page, type PageQuery } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import type { SqlValue } from './writer/writer-link.js';

/** What to sort by: a column, or a field of the document. What is no plain field name sorts nothing. */
export function sortTerm(field: string, columns: Readonly<Record<string, string>>): string {
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column !== undefined) return column;
  return /^[a-z][a-zA-Z0-9]*$/.test(field) ? `json_extract(document, '$.${field}')` : "''";
}

/** One page of the documents in a table. The words of `where` and `order` are ours; values are bound. */
export function documentPage<T>(
  database: DatabaseSync,
  rows: {
    readonly table: string;
    readonly where: readonly (readonly [string, ...SqlValue[]])[];
    readonly order: string;
    readonly query: PageQuery;
    readonly parse: (document: string) => T;
  },
): Page<T> {
  const { table, order, query, parse } = rows;
  const conditions = rows.where.map(([condition]) => condition).join(' AND ') || '1';
  const values = rows.where.flatMap(([, ...bound]) => bound);
  const count = database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${conditions}`).get(...values);
  const select = database.prepare(`SELECT document FROM ${table} WHERE ${conditions} ORDER BY ${order} LIMIT ? OFFSET ?`);
  const found = select.all(...values, query.pageSize, query.page * query.pageSize);
  return pageOf(
    found.map(({ document }) => parse(String(document))),
    query,
    Number(count?.['n']),
  );
}
