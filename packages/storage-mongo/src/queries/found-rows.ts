import {
  compareSorted,
  fitsPredicate,
  queryText,
  type EntityCountQuery,
  type EntityDataQuery,
  type QueryKey,
  type QuerySort,
  type QueryValue,
} from '@fieldline/model';
import type { QueryRun } from './query-run.js';
import { RowValues, type Found } from './row-values.js';
import { selectedRows, type QueryRow } from './selected-rows.js';

/** The entities of a query that pass its filters, in no order. */
export async function filteredRows(run: QueryRun, { scope, selector, filters, combine }: EntityCountQuery): Promise<readonly QueryRow[]> {
  const rows = await selectedRows(run, scope, selector);
  if (filters.length === 0) return rows;
  const values = await RowValues.read(
    run,
    rows,
    filters.map(({ key }) => key),
  );
  return rows.filter((row) =>
    filters[combine === 'AND' ? 'every' : 'some'](({ key, predicate }) => {
      const found = values.of(row, key);
      return found !== undefined && fitsPredicate(found, predicate);
    }),
  );
}

/** Sorted as `QuerySort` says; without a sort by id. */
export async function sortedRows(run: QueryRun, rows: readonly QueryRow[], sort: QuerySort | undefined): Promise<readonly QueryRow[]> {
  const values = sort === undefined ? undefined : await RowValues.read(run, rows, [sort.key]);
  const sorted = rows.map((row) => ({ row, id: row.entity.id, sortedBy: sort === undefined ? undefined : values?.of(row, sort.key) }));
  return sorted.sort(compareSorted(sort?.order ?? 'ASC')).map(({ row }) => row);
}

/** Those in whose columns the text of a query is. */
export async function searchedRows(run: QueryRun, rows: readonly QueryRow[], query: EntityDataQuery): Promise<readonly QueryRow[]> {
  const { textSearch = '' } = query;
  const columns = query.columns.filter(({ type, key }) => !(type === 'ENTITY_FIELD' && key === 'additionalInfo'));
  if (textSearch === '' || columns.length === 0) return rows;
  const values = await RowValues.read(run, rows, columns);
  return rows.filter((row) => {
    const texts = columns.map((key) => columnOf(key, values.of(row, key)).text);
    return texts.join('').toLowerCase().includes(textSearch.toLowerCase());
  });
}

/** The value as a column of an answer. */
export function columnOf(key: QueryKey, found: Found | undefined): QueryValue {
  return found === undefined ? { key, tsMs: 0, text: '' } : { key, tsMs: found.tsMs, text: queryText(found) };
}
