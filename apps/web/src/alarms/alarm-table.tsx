import { Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { Link } from 'react-router';
import type { AlarmInfo } from '../api/wire.js';
import { DataTable } from '../ui/data-table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { SeverityBadge } from './severity-badge.js';

const statusNames = {
  ACTIVE_UNACK: 'Active',
  ACTIVE_ACK: 'Active, acknowledged',
  CLEARED_UNACK: 'Cleared, not acknowledged',
  CLEARED_ACK: 'Cleared',
} as const;

const common: ColumnDef<AlarmInfo>[] = [
  {
    id: 'severity',
    header: 'Severity',
    meta: { width: 140 },
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} isActive={original.status.startsWith('ACTIVE')} />,
  },
  {
    id: 'type',
    header: 'Alarm',
    cell: ({ row: { original } }) => (
      <>
        <Text size="sm" fw={550}>
          {original.type}
        </Text>
        <Text size="xs" c="dimmed">
          {statusNames[original.status]}
        </Text>
      </>
    ),
  },
  { id: 'start', header: 'Started', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <TimeAgo tsMs={original.startTs} /> },
  { id: 'end', header: 'Last seen', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <TimeAgo tsMs={original.endTs} /> },
];

const originator: ColumnDef<AlarmInfo> = {
  id: 'originator',
  header: 'Device',
  cell: ({ row: { original } }) =>
    original.originator.entityType === 'DEVICE' ? (
      <Link to={`/devices/${original.originator.id}?tab=alarms`}>{original.originatorName}</Link>
    ) : (
      original.originatorName
    ),
};
const withOriginator = [...common.slice(0, 2), originator, ...common.slice(2)];

interface Props {
  /** Undefined while loading. */
  readonly alarms: readonly AlarmInfo[] | undefined;
  readonly showsOriginator: boolean;
}

/** Alarms by severity, type and time; with whose they are where that is not clear already. */
export function AlarmTable({ alarms, showsOriginator }: Props) {
  return <DataTable label="Alarms" columns={showsOriginator ? withOriginator : common} rows={alarms} rowId={({ id }) => id.id} />;
}
