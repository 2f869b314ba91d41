/** What a list asks for. `page` counts from 0. */
export interface PageQuery {
  readonly pageSize: number;
  readonly page: number;
  /** Case-insensitive part of the name (or what the kind says is searched). */
  readonly textSearch?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: 'ASC' | 'DESC' | undefined;
  /** On the creation time, both inclusive. */
  readonly createdFromMs?: number | undefined;
  readonly createdToMs?: number | undefined;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly totalElements: number;
  readonly totalPages: number;
  readonly hasNext: boolean;
}

/** Wraps the rows of one page with the counts around them. */
export function pageOf<T>(data: readonly T[], query: PageQuery, totalElements: number): Page<T> {
  const totalPages = query.pageSize > 0 ? Math.ceil(totalElements / query.pageSize) : 1;
  return { data, totalElements, totalPages, hasNext: query.page + 1 < totalPages };
}
