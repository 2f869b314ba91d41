import { ActionIcon, Checkbox, Text, Tooltip } from '@mantine/core';
import { IconBellCheck, IconCheck } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { AlarmInfo } from '../api/wire.js';
import { DataTable, type Sorting } from '../ui/data-table.js';
import { RowLink } from '../ui/row-link.js';
import { TimeAgo } from '../ui/time-ago.js';
import { acknowledge, clear } from './alarm-commands.js';
import { AlarmStatusLine } from './alarm-status.js';
import { personName } from './alarm-state.js';
import styles from './alarm-table.module.css';
import { OriginatorLink } from './originator-link.js';
import type { Command } from './run-on-each.js';
import { SeverityBadge } from './severity-badge.js';

interface Props {
  /** Undefined while loading. */
  readonly alarms: readonly AlarmInfo[] | undefined;
  /** False where all alarms are of one entity, which the page already names. */
  readonly showsOriginator: boolean;
  readonly addressOf: (alarmId: string) => string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onCommand: (command: Command, alarms: readonly AlarmInfo[]) => void;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}

/** Alarms with what an operator does first with them. */
export function AlarmTable({ alarms, showsOriginator, addressOf, selected, onSelect, onCommand, sorting, onSort }: Props) {
  const columns = useMemo(() => {
    const all = [
      selectColumn(alarms ?? [], selected, onSelect),
      ...facts(addressOf, showsOriginator),
      ...(showsOriginator ? [originatorColumn] : []),
      ...who,
      actionsColumn(onCommand),
    ];
    return all;
  }, [alarms, showsOriginator, addressOf, selected, onSelect, onCommand]);
  return <DataTable label="Alarms" columns={columns} rows={alarms} rowId={({ id }) => id.id} selected={selected} sorting={sorting} onSort={onSort} />;
}

function selectColumn(alarms: readonly AlarmInfo[], selected: ReadonlySet<string>, onSelect: Props['onSelect']): ColumnDef<AlarmInfo> {
  const chosen = alarms.filter(({ id }) => selected.has(id.id)).length;
  const isAll = chosen > 0 && chosen === alarms.length;
  return {
    id: 'select',
    meta: { width: 48 },
    header: () => (
      <Checkbox
        className={styles.box ?? ''}
        aria-label="Select all alarms of this page"
        checked={isAll}
        indeterminate={chosen > 0 && !isAll}
        onChange={() => onSelect(new Set(isAll ? [] : alarms.map(({ id }) => id.id)))}
      />
    ),
    cell: ({ row: { original } }) => (
      <Checkbox
        className={styles.box ?? ''}
        aria-label={`Select ${original.type} of ${original.originatorDisplayName}`}
        checked={selected.has(original.id.id)}
        onChange={() => onSelect(toggled(selected, original.id.id))}
      />
    ),
  };
}

/** The set with the id put in, or taken out where it was in. */
export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(ids);
  if (!after.delete(id)) after.add(id);
  return after;
}

const facts = (addressOf: Props['addressOf'], showsOriginator: boolean): ColumnDef<AlarmInfo>[] => [
  {
    id: 'severity',
    header: 'Severity',
    enableSorting: true,
    meta: { width: 132, isWideOnly: true, firstOrder: 'DESC' },
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} isActive={!original.cleared} />,
  },
  {
    id: 'type',
    header: 'Alarm',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <div className={styles.alarm}>
        <RowLink to={addressOf(original.id.id)}>{original.type}</RowLink>
        <AlarmStatusLine alarm={original} />
        <div className={styles.narrow}>
          <SeverityBadge severity={original.severity} isActive={!original.cleared} />
          {showsOriginator && <span>{original.originatorDisplayName}</span>}
          <TimeAgo tsMs={original.startTs} />
        </div>
      </div>
    ),
  },
];

const originatorColumn: ColumnDef<AlarmInfo> = {
  id: 'originator',
  header: 'Where',
  meta: { isWideOnly: true },
  cell: ({ row: { original } }) => (
    <span className={styles.above}>
      <OriginatorLink alarm={original} />
    </span>
  ),
};

const who: ColumnDef<AlarmInfo>[] = [
  {
    id: 'assignee',
    header: 'Assignee',
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => (
      <Text size="sm" {...(original.assignee === null ? { c: 'dimmed' } : {})}>
        {original.assignee === null ? 'Nobody' : personName(original.assignee)}
      </Text>
    ),
  },
  {
    id: 'startTs',
    header: 'Started',
    enableSorting: true,
    meta: { isWideOnly: true, firstOrder: 'DESC' },
    cell: ({ row: { original } }) => <TimeAgo tsMs={original.startTs} />,
  },
  {
    id: 'endTs',
    header: 'Last seen',
    enableSorting: true,
    meta: { isWideOnly: true, firstOrder: 'DESC' },
    cell: ({ row: { original } }) => <TimeAgo tsMs={original.endTs} />,
  },
];

function actionsColumn(onCommand: Props['onCommand']): ColumnDef<AlarmInfo> {
  const button = (command: Command, alarm: AlarmInfo, icon: React.ReactNode) =>
    command.isDone(alarm) ? (
      <span />
    ) : (
      <Tooltip label={command.name}>
        <ActionIcon
          size={32}
          aria-label={`${command.name} ${alarm.type} of ${alarm.originatorDisplayName}`}
          onClick={() => onCommand(command, [alarm])}
        >
          {icon}
        </ActionIcon>
      </Tooltip>
    );
  return {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 96, isWideOnly: true },
    cell: ({ row: { original } }) => (
      <span className={styles.actions}>
        {button(acknowledge, original, <IconCheck size={18} />)}
        {button(clear, original, <IconBellCheck size={18} />)}
      </span>
    ),
  };
}
