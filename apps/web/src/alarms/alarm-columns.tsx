import { ActionIcon, Checkbox, Text, Tooltip } from '@mantine/core';
import { IconBellCheck, IconCheck } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { AlarmInfo } from '../api/wire.js';
import { RowLink } from '../ui/row-link.js';
import { TimeAgo } from '../ui/time-ago.js';
import { toggled } from '../ui/toggled.js';
import { acknowledge, clear } from './alarm-commands.js';
import { personName } from './alarm-state.js';
import { AlarmStatusLine } from './alarm-status.js';
import styles from './alarm-table.module.css';
import { OriginatorLink } from './originator-link.js';
import { useRows } from './rows-context.js';
import { SeverityBadge } from './severity-badge.js';

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

export const columns: ColumnDef<AlarmInfo>[] = [
  { id: 'select', meta: { width: 48 }, header: SelectAll, cell: ({ row: { original } }) => <SelectOne alarm={original} /> },
  {
    id: 'severity',
    header: 'Severity',
    enableSorting: true,
    meta: { width: 132, isWideOnly: true, firstOrder: 'DESC' },
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} isActive={!original.cleared} />,
  },
  { id: 'type', header: 'Alarm', enableSorting: true, cell: ({ row: { original } }) => <What alarm={original} /> },
  originatorColumn,
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
  {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 96, isWideOnly: true },
    cell: ({ row: { original } }) => <QuickActions alarm={original} />,
  },
];
/** Where the page is about the entity whose alarms these are. */
export const columnsOfOne = columns.filter((column) => column !== originatorColumn);

function SelectAll() {
  const { alarms, selected, onSelect } = useRows();
  const chosen = alarms.filter(({ id }) => selected.has(id.id)).length;
  const isAll = chosen > 0 && chosen === alarms.length;
  return (
    <Checkbox
      className={styles.box ?? ''}
      aria-label="Select all alarms of this page"
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={() => onSelect(new Set(isAll ? [] : alarms.map(({ id }) => id.id)))}
    />
  );
}

function SelectOne({ alarm: { id, type, originatorDisplayName } }: { alarm: AlarmInfo }) {
  const { selected, onSelect } = useRows();
  return (
    <Checkbox
      className={styles.box ?? ''}
      aria-label={`Select ${type} of ${originatorDisplayName}`}
      checked={selected.has(id.id)}
      onChange={() => onSelect(toggled(selected, id.id))}
    />
  );
}

/** The alarm in words; where the window is narrow, with what the other columns say elsewhere. */
function What({ alarm }: { alarm: AlarmInfo }) {
  const { addressOf, showsOriginator } = useRows();
  return (
    <div className={styles.alarm}>
      <RowLink to={addressOf(alarm.id.id)}>{alarm.type}</RowLink>
      <AlarmStatusLine alarm={alarm} />
      <div className={styles.narrow}>
        <SeverityBadge severity={alarm.severity} isActive={!alarm.cleared} />
        {showsOriginator && <span>{alarm.originatorDisplayName}</span>}
        <TimeAgo tsMs={alarm.startTs} />
      </div>
    </div>
  );
}

function QuickActions({ alarm }: { alarm: AlarmInfo }) {
  const { onCommand } = useRows();
  const actions = [
    { command: acknowledge, icon: IconCheck },
    { command: clear, icon: IconBellCheck },
  ];
  return (
    <span className={styles.actions}>
      {actions.map(({ command, icon: CommandIcon }) =>
        command.isDone(alarm) ? (
          <span key={command.name} />
        ) : (
          <Tooltip key={command.name} label={command.name}>
            <ActionIcon
              size={32}
              aria-label={`${command.name} ${alarm.type} of ${alarm.originatorDisplayName}`}
              onClick={() => onCommand(command, [alarm])}
            >
              <CommandIcon size={18} />
            </ActionIcon>
          </Tooltip>
        ),
      )}
    </span>
  );
}
