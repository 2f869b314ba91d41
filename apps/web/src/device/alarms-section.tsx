import { Button, Group, Text } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import type { AlarmInfo } from '../api/wire.js';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { showFailure } from '../ui/notify.js';
import { Pager } from '../ui/pager.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { SeverityBadge } from './severity-badge.js';

const pageSize = 20;
const statusNames = {
  ACTIVE_UNACK: 'Active',
  ACTIVE_ACK: 'Active, acknowledged',
  CLEARED_UNACK: 'Cleared, not acknowledged',
  CLEARED_ACK: 'Cleared',
} as const;

/** Alarms of one device, newest first, looked up again every few seconds while the page is open. */
export function AlarmsSection({ deviceId }: { deviceId: string }) {
  const [page, setPage] = useState(0);
  const client = useQueryClient();
  const list = { page, pageSize, sortProperty: 'createdTime', sortOrder: 'DESC' } as const;
  const alarms = useQuery({ ...queries.deviceAlarms(deviceId, list), refetchInterval: 5_000 });
  const act = useMutation({
    mutationFn: ({ alarm, action }: { alarm: AlarmInfo; action: 'acknowledge' | 'clear' }) =>
      action === 'clear' ? api.clearAlarm(alarm.id.id) : api.acknowledgeAlarm(alarm.id.id),
    onError: (error, { action }) => showFailure(`The alarm could not be ${action === 'clear' ? 'cleared' : 'acknowledged'}`, error),
    onSettled: () => client.invalidateQueries({ queryKey: ['device', deviceId, 'alarms'] }),
  });
  const { mutate } = act;
  const columns = useMemo(() => columnsWith((alarm, action) => mutate({ alarm, action })), [mutate]);
  if (alarms.isError && alarms.data === undefined) {
    return (
      <Card>
        <LoadFailure error={alarms.error} what="Alarms" onRetry={() => void alarms.refetch()} />
      </Card>
    );
  }
  return (
    <Card>
      {alarms.data?.totalElements === 0 ? (
        <StateMessage icon={IconBellCheck} title="No alarms">
          A rule chain raises one with the node “create alarm”.
        </StateMessage>
      ) : (
        <DataTable label="Alarms" columns={columns} rows={alarms.data?.data} rowId={({ id }) => id.id} />
      )}
      <Pager page={page} pageSize={pageSize} total={alarms.data?.totalElements ?? 0} onPage={setPage} />
    </Card>
  );
}

function columnsWith(onAction: (alarm: AlarmInfo, action: 'acknowledge' | 'clear') => void): ColumnDef<AlarmInfo>[] {
  return [
    {
      id: 'severity',
      header: 'Severity',
      meta: { width: 130 },
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
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end' },
      cell: ({ row: { original } }) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {original.status.endsWith('UNACK') && (
            <Button size="compact-xs" variant="default" onClick={() => onAction(original, 'acknowledge')}>
              Acknowledge
            </Button>
          )}
          {original.status.startsWith('ACTIVE') && (
            <Button size="compact-xs" variant="default" onClick={() => onAction(original, 'clear')}>
              Clear
            </Button>
          )}
        </Group>
      ),
    },
  ];
}
