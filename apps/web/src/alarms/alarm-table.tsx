import type { AlarmInfo } from '../api/wire.js';
import { DataTable, type Sorting } from '../ui/data-table.js';
import { columns, columnsOfOne } from './alarm-columns.js';
import { type Rows, RowsContext } from './rows-context.js';

interface Props extends Omit<Rows, 'alarms'> {
  /** Undefined while loading. */
  readonly alarms: readonly AlarmInfo[] | undefined;
  /** False where all alarms are of one entity, which the page already names. */
  readonly showsOriginator: boolean;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}

const noAlarms: readonly AlarmInfo[] = [];

/** Alarms with what an operator does first with them. */
export function AlarmTable({ alarms, showsOriginator, sorting, onSort, ...rows }: Props) {
  return (
    <RowsContext value={{ ...rows, showsOriginator, alarms: alarms ?? noAlarms }}>
      <DataTable
        label="Alarms"
        columns={showsOriginator ? columns : columnsOfOne}
        rows={alarms}
        rowId={({ id }) => id.id}
        selected={rows.selected}
        sorting={sorting}
        onSort={onSort}
      />
    </RowsContext>
  );
}
