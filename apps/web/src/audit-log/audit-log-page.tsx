import { Badge, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { administration } from '../api/administration-queries.js';
import type { AuditRecord } from '../api/record-api.js';
import { kindText } from '../entities/entity-address.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { AuditFilters } from './audit-filters.js';
import { actionText } from './audit-words.js';
import { RecordDialog } from './record-dialog.js';
import { useAuditFilter } from './use-audit-filter.js';

/** Who did what, and when. */
export function AuditLogPage() {
  const list = useListState({ property: 'createdTime', order: 'DESC' });
  const { filter, ...choice } = useAuditFilter();
  const records = useQuery({ ...administration.auditLog(filter, list.query), placeholderData: keepPreviousData });
  const [open, setOpen] = useState<AuditRecord>();
  const columns = useMemo(() => columnsWith(setOpen), []);
  return (
    <Page>
      <PageHeader title="Audit log" summary="Every change, sign-in and refusal, with who and when." />
      <Listing
        label="Records"
        list={list}
        found={records}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name or user"
        actions={<AuditFilters {...choice} />}
        empty={
          <StateMessage icon={IconHistory} title="No records in this time">
            Choose a longer time, or fewer filters.
          </StateMessage>
        }
      />
      <RecordDialog record={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function columnsWith(onOpen: (record: AuditRecord) => void): ColumnDef<AuditRecord>[] {
  return [
    {
      id: 'actionType',
      header: 'Action',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <Group gap={6}>
          {actionText(original.actionType)}
          {original.actionStatus === 'FAILURE' && (
            <Badge variant="light" color="red" size="sm" tt="none" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
              Refused
            </Badge>
          )}
        </Group>
      ),
    },
    {
      id: 'entityName',
      header: 'What',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {original.entityName}
          </Text>
          <Text size="xs" c="dimmed">
            {original.entityId === null ? '' : kindText(original.entityId.entityType)}
          </Text>
        </>
      ),
    },
    {
      id: 'userName',
      header: 'Who',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => original.userName ?? 'The system',
    },
    {
      id: 'createdTime',
      header: 'When',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} />,
    },
    {
      id: 'details',
      header: () => <span className="fl-visually-hidden">Details</span>,
      meta: { align: 'end', width: 90 },
      cell: ({ row: { original } }) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Details: ${actionText(original.actionType)} ${original.entityName ?? ''}`}
          onClick={() => onOpen(original)}
        >
          Details
        </Button>
      ),
    },
  ];
}
