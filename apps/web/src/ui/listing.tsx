import type { UseQueryResult } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PageData } from '../api/wire.js';
import { Card } from './card.js';
import { DataTable } from './data-table.js';
import { ListSearch } from './list-search.js';
import styles from './listing.module.css';
import { LoadFailure } from './load-failure.js';
import { Pager } from './pager.js';
import { StateMessage } from './state-message.js';
import type { useListState } from './use-list-state.js';

interface Props<T> {
  /** What is listed, as a heading says it: "Customers". */
  readonly label: string;
  readonly list: ReturnType<typeof useListState>;
  readonly found: UseQueryResult<PageData<T>>;
  readonly columns: ColumnDef<T>[];
  readonly rowId: (row: T) => string;
  readonly searchHint: string;
  /** What the place says when there is nothing at all. */
  readonly empty: ReactNode;
  /** Beside the search. */
  readonly actions?: ReactNode;
}

/** A searched, sorted, paged list of the server's, in each of its states. */
export function Listing<T>({ label, list, found, columns, rowId, searchHint, empty, actions }: Props<T>) {
  const total = found.data?.totalElements;
  const isSearching = list.query.textSearch !== '';
  return (
    <Card>
      <div className={styles.head}>
        <div className={styles.search}>
          <ListSearch label={`Search ${label.toLowerCase()}`} placeholder={searchHint} value={list.search} onChange={list.setSearch} />
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {found.isError && found.data === undefined ? (
        <LoadFailure error={found.error} what={label} onRetry={() => void found.refetch()} />
      ) : total === 0 && isSearching ? (
        <StateMessage icon={IconSearch} title="Nothing matches">
          Try a part of the name, or clear the search.
        </StateMessage>
      ) : total === 0 ? (
        empty
      ) : (
        <DataTable label={label} columns={columns} rows={found.data?.data} rowId={rowId} sorting={list.sorting} onSort={list.setSorting} />
      )}
      <Pager page={list.query.page} pageSize={list.query.pageSize} total={total ?? 0} onPage={list.setPage} />
    </Card>
  );
}

/** The line under a heading: how many there are, or were found. A space keeps the line while nobody knows. */
export function countText(total: number | undefined, [one, many]: readonly [string, string], isSearching = false): string {
  if (total === undefined) return ' ';
  return `${total} ${total === 1 ? one : many}${isSearching ? ' found' : ''}`;
}
