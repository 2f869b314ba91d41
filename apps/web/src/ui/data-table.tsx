import { Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ColumnDef, type Header, type RowData, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import styles from './data-table.module.css';

declare module '@tanstack/react-table' {
  // The parameters are part of the declaration that is merged.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Left out where the window is narrow. */
    readonly isWideOnly?: boolean;
    readonly align?: 'end';
    readonly width?: number;
    /** Which order the first click on the heading gives; ascending unless said otherwise. */
    readonly firstOrder?: 'DESC';
  }
}

export interface Sorting {
  readonly property: string;
  readonly order: 'ASC' | 'DESC';
}

interface Props<T> {
  readonly label: string;
  readonly columns: ColumnDef<T>[];
  /** Undefined while loading: then rows of the usual height stand in. */
  readonly rows: readonly T[] | undefined;
  /** Also stands at the row as `data-row`, for what acts on the row that has the focus. */
  readonly rowId: (row: T) => string;
  /** Rows that stand out because they are selected; what selects them is a column. */
  readonly selected?: ReadonlySet<string>;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
}

const noRows: never[] = [];

/** A table whose rows come from the server page by page; sorting is asked for, not done here. */
export function DataTable<T>({ label, columns, rows, rowId, selected, sorting, onSort }: Props<T>) {
  const table = useReactTable({
    data: (rows as T[] | undefined) ?? noRows,
    columns,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
  });
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label} aria-busy={rows === undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} sorting={sorting} onSort={onSort} />
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {rows === undefined && [0, 1, 2, 3, 4].map((row) => <SkeletonRow key={row} columns={columns as ColumnDef<unknown>[]} />)}
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} data-row={row.id} data-selected={selected?.has(row.id) === true ? '' : undefined}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={classOf(cell.column.columnDef.meta)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadCellProps<T> {
  readonly header: Header<T, unknown>;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}

function HeadCell<T>({ header, sorting, onSort }: HeadCellProps<T>) {
  const { columnDef } = header.column;
  const isSorted = sorting?.property === header.column.id;
  const content = flexRender(columnDef.header, header.getContext());
  const SortIcon = sorting?.order === 'DESC' ? IconArrowDown : IconArrowUp;
  const first = columnDef.meta?.firstOrder ?? 'ASC';
  const next = { property: header.column.id, order: isSorted ? (sorting.order === 'ASC' ? 'DESC' : 'ASC') : first } as const;
  return (
    <th
      scope="col"
      className={classOf(columnDef.meta)}
      style={columnDef.meta?.width === undefined ? undefined : { width: columnDef.meta.width }}
      aria-sort={isSorted ? (sorting.order === 'ASC' ? 'ascending' : 'descending') : undefined}
    >
      {columnDef.enableSorting === true && onSort !== undefined ? (
        <button type="button" className={`${styles.sort ?? ''} ${isSorted ? (styles.sorted ?? '') : ''}`} onClick={() => onSort(next)}>
          {content}
          {isSorted && <SortIcon size={13} aria-hidden />}
        </button>
      ) : (
        <span className={styles.head}>{content}</span>
      )}
    </th>
  );
}

function SkeletonRow({ columns }: { columns: ColumnDef<unknown>[] }) {
  return (
    <tr>
      {columns.map((column, index) => (
        <td key={index} className={classOf(column.meta)}>
          <Skeleton height={12} width={index === 0 ? '60%' : '45%'} radius="sm" />
        </td>
      ))}
    </tr>
  );
}

function classOf(meta: { isWideOnly?: boolean; align?: 'end' } | undefined): string {
  return [meta?.isWideOnly === true ? styles.wide : '', meta?.align === 'end' ? styles.end : ''].join(' ').trim();
}
