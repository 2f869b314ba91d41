import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTags, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { entityApi } from '../api/entity-api.js';
import { queries } from '../api/queries.js';
import { useMay } from '../api/signed-in.js';
import type { AttributeEntry, AttributeScope, EntityRef } from '../api/wire.js';
import { useLiveFrames } from '../live/live.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { LongValue } from '../ui/long-value.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { ValueDialog } from '../ui/value-dialog.js';
import { AttributeDialog } from './attribute-dialog.js';
import { textOf } from './value-kind.js';

const scopesOfDevices = [
  { value: 'CLIENT_SCOPE', label: 'Client', hint: 'Written by the device.' },
  { value: 'SHARED_SCOPE', label: 'Shared', hint: 'Written here, read by the device.' },
  { value: 'SERVER_SCOPE', label: 'Server', hint: 'Never shown to the device.' },
] as const;
const scopesOfOthers = [{ value: 'SERVER_SCOPE', label: 'Server', hint: 'Written here or by rule chains, which can read them too.' }] as const;

/** Attributes by scope, kept current. Only devices have any that they write or read themselves. */
export function AttributesSection({ entity }: { entity: EntityRef }) {
  const scopes = entity.entityType === 'DEVICE' ? scopesOfDevices : scopesOfOthers;
  const [scope, setScope] = useState<AttributeScope>(scopes[0].value);
  const client = useQueryClient();
  const attributes = useQuery(queries.attributes(entity, scope));
  const reload = () => client.invalidateQueries({ queryKey: ['entity', entity.id, 'attributes', scope] });
  useLiveFrames({ type: 'ATTRIBUTES', entityType: entity.entityType, entityId: entity.id, scope }, () => void reload());
  const canWrite = useMay().change && scope !== 'CLIENT_SCOPE';
  const [editing, setEditing] = useState<AttributeEntry | 'new'>();
  const [deleting, setDeleting] = useState<AttributeEntry>();
  const [shown, setShown] = useState<AttributeEntry>();
  const columns = useMemo(() => [...columnsWith(setShown), ...(canWrite ? [actionColumn(setEditing, setDeleting)] : [])], [canWrite]);
  const rows = attributes.data === undefined ? undefined : [...attributes.data].sort((a, b) => a.key.localeCompare(b.key));
  return (
    <Card>
      <Group p="sm" gap="sm">
        {scopes.length > 1 && (
          <SegmentedControl
            size="xs"
            data={scopes.map(({ value, label }) => ({ value, label }))}
            value={scope}
            onChange={(value) => setScope(value)}
            aria-label="Scope"
          />
        )}
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {scopes.find(({ value }) => value === scope)?.hint}
        </Text>
        {canWrite && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
            Add attribute
          </Button>
        )}
      </Group>
      {attributes.isError && rows === undefined ? (
        <LoadFailure error={attributes.error} what="Attributes" onRetry={() => void attributes.refetch()} />
      ) : rows?.length === 0 ? (
        <NoAttributes scope={scope} />
      ) : (
        <DataTable label="Attributes" columns={columns} rows={rows} rowId={({ key }) => key} />
      )}
      <ValueDialog shown={shown && { name: shown.key, tsMs: shown.lastUpdateTs, value: textOf(shown.value) }} onClose={() => setShown(undefined)} />
      <AttributeDialog
        entity={entity}
        scope={scope}
        attribute={editing}
        onClose={() => setEditing(undefined)}
        onSaved={(key) => {
          setEditing(undefined);
          confirmDone(`${key} was saved.`);
          void reload();
        }}
      />
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title={`Delete ${deleting?.key ?? ''}?`}
        action="Delete attribute"
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await entityApi.removeAttribute(entity, scope, deleting.key);
          confirmDone(`${deleting.key} was deleted.`);
          await reload();
        }}
      >
        {scope === 'SHARED_SCOPE' ? 'The device is told that it is gone. ' : ''}Rule chains that read it find nothing from then on.
      </ConfirmDialog>
    </Card>
  );
}

function NoAttributes({ scope }: { scope: AttributeScope }) {
  return (
    <StateMessage icon={IconTags} title={scope === 'SERVER_SCOPE' ? 'No attributes yet' : 'No attributes in this scope'}>
      {scope === 'CLIENT_SCOPE'
        ? 'The device has not reported any.'
        : 'Attributes hold what has no history: a serial number, a threshold, a location.'}
    </StateMessage>
  );
}

function actionColumn(onEdit: (attribute: AttributeEntry) => void, onDelete: (attribute: AttributeEntry) => void): ColumnDef<AttributeEntry> {
  return {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 56 },
    cell: ({ row: { original } }) => (
      <RowMenu
        of={original.key}
        actions={[
          { label: 'Edit…', icon: IconPencil, onClick: () => onEdit(original) },
          { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(original) },
        ]}
      />
    ),
  };
}

function columnsWith(onShow: (attribute: AttributeEntry) => void): ColumnDef<AttributeEntry>[] {
  return [
    { id: 'key', header: 'Key', cell: ({ row: { original } }) => <span className="fl-mono">{original.key}</span> },
    {
      id: 'value',
      header: 'Value',
      cell: ({ row: { original } }) => <LongValue value={textOf(original.value)} of={original.key} onShow={() => onShow(original)} />,
    },
    { id: 'time', header: 'Last changed', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <TimeAgo tsMs={original.lastUpdateTs} /> },
  ];
}
