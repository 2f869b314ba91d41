import { ActionIcon, Alert, Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTags } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { type FormEvent, useMemo, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/api-error.js';
import { queries } from '../api/queries.js';
import type { AttributeEntry, AttributeScope, JsonValue } from '../api/wire.js';
import { useLiveFrames } from '../live/live.js';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { readAttributeText } from './attribute-text.js';
import { textOf } from './value-kind.js';

const scopes = [
  { value: 'CLIENT_SCOPE', label: 'Client', hint: 'Written by the device.' },
  { value: 'SHARED_SCOPE', label: 'Shared', hint: 'Written here, read by the device.' },
  { value: 'SERVER_SCOPE', label: 'Server', hint: 'Never shown to the device.' },
] as const;

interface Editing {
  readonly key: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** Attributes by scope, kept current, editable where the device does not write them itself. */
export function AttributesSection({ deviceId }: { deviceId: string }) {
  const [scope, setScope] = useState<AttributeScope>('CLIENT_SCOPE');
  const [editing, setEditing] = useState<Editing>();
  const client = useQueryClient();
  const attributes = useQuery(queries.attributes(deviceId, scope));
  const reload = () => client.invalidateQueries({ queryKey: ['device', deviceId, 'attributes', scope] });
  useLiveFrames({ type: 'ATTRIBUTES', entityType: 'DEVICE', entityId: deviceId, scope }, () => void reload());
  const isWritable = scope !== 'CLIENT_SCOPE';
  const columns = useMemo(() => columnsFor(isWritable ? setEditing : undefined), [isWritable]);
  const rows = attributes.data === undefined ? undefined : [...attributes.data].sort((a, b) => a.key.localeCompare(b.key));
  const add = () => setEditing({ key: '', text: '', isNew: true });
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
        {isWritable && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
            Add attribute
          </Button>
        )}
      </Group>
      {attributes.isError && rows === undefined ? (
        <LoadFailure error={attributes.error} what="Attributes" onRetry={() => void attributes.refetch()} />
      ) : rows?.length === 0 ? (
        <StateMessage icon={IconTags} title="No attributes in this scope">
          {isWritable ? 'Attributes hold what has no history: a serial number, a threshold, a location.' : 'The device has not reported any.'}
        </StateMessage>
      ) : (
        <DataTable label="Attributes" columns={columns} rows={rows} rowId={({ key }) => key} />
      )}
      {editing !== undefined && (
        <AttributeDialog deviceId={deviceId} scope={scope} editing={editing} onClose={() => setEditing(undefined)} onSaved={() => void reload()} />
      )}
    </Card>
  );
}

function columnsFor(onEdit: ((editing: Editing) => void) | undefined): ColumnDef<AttributeEntry>[] {
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
  if (onEdit === undefined) return columns;
  return [
    ...columns,
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => (
        <ActionIcon aria-label={`Change ${original.key}`} onClick={() => onEdit({ key: original.key, text: textOf(original.value), isNew: false })}>
          <IconPencil size={16} />
        </ActionIcon>
      ),
    },
  ];
}

interface DialogProps {
  readonly deviceId: string;
  readonly scope: AttributeScope;
  readonly editing: Editing;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function AttributeDialog({ deviceId, scope, editing, onClose, onSaved }: DialogProps) {
  const [key, setKey] = useState(editing.key);
  const [text, setText] = useState(editing.text);
  const value: JsonValue = readAttributeText(text);
  const save = useMutation({
    mutationFn: () => api.saveAttributes(deviceId, scope, { [key.trim()]: value }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== '') save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{editing.isNew ? 'Add attribute' : `Change ${editing.key}`}</Text>}>
      <form onSubmit={submit}>
        <Stack>
          {save.isError && (
            <Alert color="red" role="alert">
              {messageOf(save.error)}
            </Alert>
          )}
          {editing.isNew && (
            <TextInput label="Key" withAsterisk data-autofocus value={key} maxLength={255} onChange={(event) => setKey(event.currentTarget.value)} />
          )}
          <TextInput
            label="Value"
            description={`Is stored as ${kindName(value)}. Put it in quotes to store a number as text.`}
            data-autofocus={!editing.isNew}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={key.trim() === ''}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function kindName(value: JsonValue): string {
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'JSON' : typeof value;
}
