import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ListQuery } from '../api/api.js';
import type { Sorting } from './data-table.js';

const usualPageSize = 20;

/** Search, page and order of a list, kept in the address so that a view can be sent as a link. */
export function useListState(initial: Sorting, pageSize = usualPageSize) {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(params.get('search') ?? '');
  const [settledSearch] = useDebouncedValue(search, 250);
  const page = Math.max(0, Number(params.get('page') ?? '1') - 1) || 0;
  const sorting: Sorting = { property: params.get('sort') ?? initial.property, order: orderOf(params.get('order')) ?? initial.order };
  const change = (changes: Record<string, string | undefined>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined || value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  useEffect(() => {
    if (settledSearch !== (params.get('search') ?? '')) change({ search: settledSearch, page: undefined });
    // Only a settled search is written; what the address says otherwise is followed, not fought.
  }, [settledSearch]);
  const query: ListQuery = {
    page,
    pageSize,
    textSearch: params.get('search') ?? '',
    sortProperty: sorting.property,
    sortOrder: sorting.order,
  };
  return {
    params,
    change,
    query,
    search,
    setSearch,
    sorting,
    setSorting: (next: Sorting) => change({ sort: next.property, order: next.order, page: undefined }),
    setPage: (next: number) => change({ page: next === 0 ? undefined : String(next + 1) }),
  };
}

function orderOf(text: string | null): Sorting['order'] | undefined {
  return text === 'ASC' || text === 'DESC' ? text : undefined;
}
