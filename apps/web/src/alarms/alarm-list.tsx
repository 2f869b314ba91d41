import { Alert } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { AlarmInfo } from '../api/wire.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Pager } from '../ui/pager.js';
import { toggled } from '../ui/toggled.js';
import { acknowledge, clear } from './alarm-commands.js';
import { AlarmFilters } from './alarm-filters.js';
import { AlarmTable } from './alarm-table.js';
import { BulkBar } from './bulk-bar.js';
import { ListFoot } from './list-foot.js';
import { NoAlarms } from './no-alarms.js';
import { type Command, alarmCount } from './run-on-each.js';
import { type AlarmList as List, PAGE_SIZE, stillListed } from './use-alarm-list.js';
import { useAlarmCommands } from './use-alarm-commands.js';
import { useRowKeys } from '../ui/use-row-keys.js';

interface Props {
  readonly list: List;
  readonly showsOriginator: boolean;
  readonly addressOf: (alarmId: string) => string;
}

/** Filters, table and what is done with several alarms: the same wherever alarms are listed. */
export function AlarmList({ list, showsOriginator, addressOf }: Props) {
  const { alarms, rows } = list;
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const [clearing, setClearing] = useState<readonly AlarmInfo[]>([]);
  const commands = useAlarmCommands(({ failed }, on) => {
    // What was refused stays selected, to be tried again.
    const refused = new Set(failed.map(({ id }) => id));
    const done = new Set(on.map(({ id }) => id.id).filter((id) => !refused.has(id)));
    setSelectedIds((before) => new Set([...before].filter((id) => !done.has(id))));
  });
  const selected = stillListed(selectedIds, rows);
  const { run } = commands;
  const order = useCallback((command: Command, on: readonly AlarmInfo[]) => {
    // One is seen while it is cleared; of many, some may have slipped in.
    if (command === clear && on.length > 1) setClearing(on);
    else run(command, on);
  }, []);
  const onRow = (command: Command) => (rowId: string) => {
    const on = selected.length > 0 ? selected : stillListed(new Set([rowId]), rows);
    if (!on.every(command.isDone)) order(command, on);
  };
  const rowKeys = useRowKeys({
    rows: rows?.map(({ id }) => id.id) ?? [],
    keys: { a: onRow(acknowledge), c: onRow(clear), x: (rowId) => setSelectedIds(toggled(selectedIds, rowId)) },
  });
  return (
    <Card>
      <AlarmFilters list={list} />
      {commands.failure !== undefined && (
        <Alert color="red" role="alert" mx="sm" mb="sm" withCloseButton onClose={commands.forgetFailure}>
          {commands.failure}
        </Alert>
      )}
      {selected.length > 0 && (
        <BulkBar alarms={selected} userId={list.userId} isRunning={commands.isRunning} onCommand={order} onClear={() => setSelectedIds(new Set())} />
      )}
      {alarms.isError && alarms.data === undefined ? (
        <LoadFailure error={alarms.error} what="Alarms" onRetry={() => void alarms.refetch()} />
      ) : rows?.length === 0 ? (
        <NoAlarms list={list} />
      ) : (
        <div {...rowKeys}>
          <AlarmTable
            alarms={rows}
            showsOriginator={showsOriginator}
            addressOf={addressOf}
            selected={selectedIds}
            onSelect={setSelectedIds}
            onCommand={order}
            sorting={list.sorting}
            onSort={list.setSorting}
          />
        </div>
      )}
      <ListFoot list={list} />
      <Pager page={list.query.page} pageSize={PAGE_SIZE} total={alarms.data?.totalElements ?? 0} onPage={list.setPage} />
      <ConfirmDialog
        isOpen={clearing.length > 0}
        title={`Clear ${alarmCount(clearing.length)}?`}
        action={`Clear ${alarmCount(clearing.length)}`}
        onClose={() => setClearing([])}
        onConfirm={async () => run(clear, clearing)}
      >
        They count as over from then on. What is still wrong raises a new alarm with its next reading.
      </ConfirmDialog>
    </Card>
  );
}
