import { compareText, pageOf, type Page, type PageQuery } from '@fieldline/model';

/** Searches, sorts and cuts rows as `EntityStore.page` says: by the field `sortBy`, else and among equals by id. */
export function pageRows<T extends { readonly id: string }>(rows: readonly T[], query: PageQuery, searched: (row: T) => readonly unknown[]): Page<T> {
  const text = query.textSearch?.toLowerCase() ?? '';
  const found = rows.filter((row) => text === '' || searched(row).some((field) => typeof field === 'string' && field.toLowerCase().includes(text)));
  const direction = query.sortOrder === 'DESC' ? -1 : 1;
  const { sortBy } = query;
  found.sort((a, b) => {
    if (sortBy === undefined) return direction * compareText(a.id, b.id);
    return direction * compare(fieldOf(a, sortBy), fieldOf(b, sortBy)) || compareText(a.id, b.id);
  });
  return pageOf(found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize), query, found.length);
}

/** The field where the row itself has it: never something of its prototype. Lists and objects sort nothing. */
function fieldOf(row: object, name: string): unknown {
  const value: unknown = Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'object' ? undefined : value;
}

/** Absent values first, then numbers and booleans by size and texts by code point. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b);
}
