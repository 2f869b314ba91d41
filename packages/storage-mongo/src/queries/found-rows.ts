import {
  compareSorted,
  fitsPredicate,
  queryText,
  systemTenantId,
  type EntityCountQuery,
  type EntityDataQuery,
  type KeyFilter,
  type QueryKey,
  type QuerySort,
  type QueryValue,
} from '@fieldline/model';
import { EntityValues, type Found } from './entity-values.js';
import { pushedFilters } from './pushed-filters.js';
import { isDataKey, QueriedFields } from './queried-fields.js';
import type { QueryRun } from './query-run.js';
import { RowValues } from './row-values.js';
import { selectedAmong, selectedRows, type OfType, type QueryRow } from './selected-rows.js';

/** Entities that a query found, in no order, with what was read of them. */
export interface FoundRows {
  readonly rows: readonly QueryRow[];
  readonly values: RowValues;
}

/**
 * The entities of a query that pass its filters, with their values of further keys.
 *
 * Where a query is about all entities of a type, the database says which of their documents fit the filters, and only
 * what it cannot say is looked at here. Of a few entities the values are read by their ids.
 */
export async function foundRows(run: QueryRun, query: EntityCountQuery, keys: readonly QueryKey[]): Promise<FoundRows> {
  const { scope, selector, filters } = query;
  const all = [...keysOf(filters), ...keys];
  if (selector.kind === 'type' && scope.tenantId !== systemTenantId && all.some(isDataKey)) {
    return rowsByValues(run, { ...query, selector }, keys);
  }
  return fittingRows(run, await selectedRows(run, scope, selector, all), { ...query, keys });
}

type QueryOfType = EntityCountQuery & { readonly selector: OfType };

async function rowsByValues(run: QueryRun, query: QueryOfType, keys: readonly QueryKey[]): Promise<FoundRows> {
  const { scope, selector, filters, combine } = query;
  const all = [...keysOf(filters), ...keys];
  const ofType = { tenantId: scope.tenantId, entityType: selector.entityType };
  const fields = await QueriedFields.read(run, ofType, all);
  const { filter, left, isSelective } = pushedFilters(filters, combine, fields);
  const needed = [...keysOf(left), ...keys];
  const readValues = (): Promise<EntityValues> => EntityValues.read(run, ofType, { fields, keys: needed, filter, withTimes: false });
  const readRows = (): Promise<readonly QueryRow[]> => selectedRows(run, scope, selector, needed);
  const isFew = (count: number): boolean => count < run.limits.readByKeyFrom;
  const found = { combine, filters: left, keys };
  if (scope.customerId !== undefined || selector.name !== '') {
    const rows = await selectedRows(run, scope, selector, all);
    if (isFew(rows.length)) return fittingRows(run, rows, { ...query, keys });
    return fittingRows(run, rows, { ...found, values: await readValues(), isFiltered: filter !== undefined });
  }
  if (filter !== undefined && isSelective) {
    const values = await readValues();
    const ids = [...values.entities];
    const rows = isFew(ids.length) ? await selectedAmong(run, scope, selector, { ids, keys: needed }) : await readRows();
    return fittingRows(run, rows, { ...found, values, isFiltered: true });
  }
  const [values, rows] = await Promise.all([readValues(), readRows()]);
  return fittingRows(run, rows, { ...found, values, isFiltered: filter !== undefined });
}

/** Those of the rows that pass filters; where `isFiltered`, only what has values can. */
async function fittingRows(
  run: QueryRun,
  rows: readonly QueryRow[],
  {
    combine,
    filters,
    keys,
    values: known,
    isFiltered = false,
  }: Pick<EntityCountQuery, 'combine' | 'filters'> & {
    readonly keys: readonly QueryKey[];
    readonly values?: EntityValues;
    readonly isFiltered?: boolean;
  },
): Promise<FoundRows> {
  const among = isFiltered ? rows.filter(({ entity }) => known?.entities.has(entity.id)) : rows;
  const values = await RowValues.read(run, among, { keys: [...keysOf(filters), ...keys], known, withTimes: false });
  if (filters.length === 0) return { rows: among, values };
  const fits = (row: QueryRow, { key, predicate }: KeyFilter): boolean => {
    const found = values.of(row, key);
    return found !== undefined && fitsPredicate(found, predicate);
  };
  return { rows: among.filter((row) => filters[combine === 'AND' ? 'every' : 'some']((filter) => fits(row, filter))), values };
}

const keysOf = (filters: readonly KeyFilter[]): readonly QueryKey[] => filters.map(({ key }) => key);

/** The first of the rows as `QuerySort` says; without a sort by id. The key was read with them. */
export function sortedRows({ rows, values }: FoundRows, sort: QuerySort | undefined, count: number): readonly QueryRow[] {
  const compare = compareSorted(sort?.order ?? 'ASC');
  const sorted = rows.map((row) => ({ row, id: row.entity.id, sortedBy: sort === undefined ? undefined : values.of(row, sort.key) }));
  return firstOf(sorted, compare, count).map(({ row }) => row);
}

/** The first of a list in an order, without putting all of it in order where few are wanted. */
function firstOf<T>(list: readonly T[], compare: (a: T, b: T) => number, count: number): readonly T[] {
  const room = Math.max(2 * count, SORTED_AT_ONCE);
  if (list.length <= room) return [...list].sort(compare).slice(0, count);
  let first: T[] = [];
  let last: T | undefined;
  for (const item of list) {
    if (last !== undefined && compare(item, last) >= 0) continue;
    first.push(item);
    if (first.length < room) continue;
    first = first.sort(compare).slice(0, count);
    last = first.at(-1);
  }
  return first.sort(compare).slice(0, count);
}

const SORTED_AT_ONCE = 1_000;

/** The columns in which the text of a query is looked for; none where it is not. */
export function searchedColumns({ textSearch = '', columns }: EntityDataQuery): readonly QueryKey[] {
  return textSearch === '' ? [] : columns.filter(({ type, key }) => !(type === 'ENTITY_FIELD' && key === 'additionalInfo'));
}

/** Those in whose columns the text of a query is. The columns were read with them. */
export function searchedRows({ rows, values }: FoundRows, query: EntityDataQuery): FoundRows {
  const { textSearch = '' } = query;
  const columns = searchedColumns(query);
  if (columns.length === 0) return { rows, values };
  const contains = (row: QueryRow): boolean => {
    const texts = columns.map((key) => columnOf(key, values.of(row, key)).text);
    return texts.join('').toLowerCase().includes(textSearch.toLowerCase());
  };
  return { rows: rows.filter(contains), values };
}

/** The value as a column of an answer. */
export function columnOf(key: QueryKey, found: Found | undefined): QueryValue {
  return found === undefined ? { key, tsMs: 0, text: '' } : { key, tsMs: found.tsMs, text: queryText(found) };
}
