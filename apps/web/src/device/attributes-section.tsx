import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { queries } from '../api/queries.js';
import type { AttributeEntry, AttributeScope } from '../api/wire.js';
import { useLiveFrames } from '../live/live.js';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { textOf } from './value-kind.js';

const scopes = [
  { value: 'CLIENT_SCOPE', label: 'Client', hint: 'Written by the device.' },
  { value: 'SHARED_SCOPE', label: 'Shared', hint: 'Written here, read by the device.' },
  { value: 'SERVER_SCOPE', label: 'Server', hint: 'Never shown to the device.' },
] as const;

/** Attributes by scope, kept current. */
export function AttributesSection({ deviceId }: { deviceId: string }) {
  const [scope, setScope] = useState<AttributeScope>('CLIENT_SCOPE');
  const client = useQueryClient();
  const attributes = useQuery(queries.attributes(deviceId, scope));
  const reload = () => client.invalidateQueries({ queryKey: ['device', deviceId, 'attributes', scope] });
  useLiveFrames({ type: 'ATTRIBUTES', entityType: 'DEVICE', entityId: deviceId, scope }, () => void reload());
  const rows = attributes.data === undefined ? undefined : [...attributes.data].sort((a, b) => a.key.localeCompare(b.key));
  return (
    <Card>
      <Group p="sm" gap="sm">
        <SegmentedControl
          size="xs"
          data={scopes.map(({ value, label }) => ({ value, label }))}
          value={scope}
          onChange={(value) => setScope(value)}
          aria-label="Scope"
        />
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {scopes.find(({ value }) => value === scope)?.hint}
        </Text>
      </Group>
      {attributes.isError && rows === undefined ? (
        <LoadFailure error={attributes.error} what="Attributes" onRetry={() => void attributes.refetch()} />
      ) : rows?.length === 0 ? (
        <StateMessage icon={IconTags} title="No attributes in this scope">
          {scope === 'CLIENT_SCOPE'
            ? 'The device has not reported any.'
            : 'Attributes hold what has no history: a serial number, a threshold, a location.'}
        </StateMessage>
      ) : (
        <DataTable label="Attributes" columns={columns} rows={rows} rowId={({ key }) => key} />
      )}
    </Card>
  );
}

const columns: ColumnDef<AttributeEntry>[] = [
  { id: 'key', header: 'Key', cell: ({ row: { original } }) => <span className="fl-mono">{original.key}</span> },
  {
    id: 'value',
    header: 'Value',
    cell: ({ row: { original } }) => (
      <span className="fl-numeric" style={{ overflowWrap: 'anywhere' }}>
        {textOf(original.value)}
      </span>
    ),
  },
  { id: 'time', header: 'Last changed', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <TimeAgo tsMs={original.lastUpdateTs} /> },
];
