import { Badge, Button, Group, Text } from '@mantine/core';
import { IconCopyPlus, IconPencil, IconPlus, IconStack2, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { type Queue, type QueueOwner, queueApi } from '../api/engine-api.js';
import { engineQueries } from '../api/engine-queries.js';
import { useSignedIn } from '../api/signed-in.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Listing, countText } from '../ui/listing.js';
import { NarrowOnly } from '../ui/narrow-only.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { useListState } from '../ui/use-list-state.js';
import { QueueDialog, type QueueTask } from './queue-dialog.js';
import { processingText, queueDescription, submitText } from './queue-words.js';

/** Queues between devices and rule chains: which messages wait for which, and what is retried. */
export function QueuesPage() {
  const signedIn = useSignedIn();
  const owner: QueueOwner = signedIn?.authority === 'SYS_ADMIN' ? 'system' : 'tenant';
  const list = useListState({ property: 'name', order: 'ASC' });
  const queues = useQuery({ ...engineQueries.queues(list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const [task, setTask] = useState<QueueTask>();
  const [deleting, setDeleting] = useState<Queue>();
  const ownerId = signedIn?.tenantId ?? '';
  const columns = useMemo(
    () => columnsWith({ owner, isOwn: ({ tenantId }) => tenantId.id === ownerId, onTask: setTask, onDelete: setDeleting }),
    [owner, ownerId],
  );
  const refresh = () => client.invalidateQueries({ queryKey: ['queues'] });
  return (
    <Page>
      <PageHeader
        title="Queues"
        summary={countText(queues.data?.totalElements, ['queue', 'queues'], list.query.textSearch !== '')}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setTask({ kind: 'add' })}>
            Add queue
          </Button>
        }
      />
      <Listing
        label="Queues"
        list={list}
        found={queues}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name"
        empty={
          <StateMessage icon={IconStack2} title="No queues">
            Messages run by the settings of Main until there are others.
          </StateMessage>
        }
      />
      <QueueDialog
        task={task}
        owner={owner}
        onClose={() => setTask(undefined)}
        onSaved={({ name }) => {
          setTask(undefined);
          confirmDone(`${name} was saved. It holds from the next messages on.`);
          void refresh();
        }}
      />
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title={`Delete ${deleting?.name ?? ''}?`}
        action="Delete queue"
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await queueApi.remove(owner, deleting.id.id);
          confirmDone(`${deleting.name} was deleted.`);
          await refresh();
        }}
      >
        Messages of profiles and rule nodes that name it go through {owner === 'tenant' ? 'the queue of the system with this name, or Main,' : 'Main'}{' '}
        from then on. None are lost.
      </ConfirmDialog>
    </Page>
  );
}

interface Rows {
  readonly owner: QueueOwner;
  /** False for queues of the system that an organisation sees. */
  readonly isOwn: (queue: Queue) => boolean;
  readonly onTask: (task: QueueTask) => void;
  readonly onDelete: (queue: Queue) => void;
}

function columnsWith(rows: Rows): ColumnDef<Queue>[] {
  return [
    { id: 'name', header: 'Name', enableSorting: true, cell: ({ row: { original } }) => <Name queue={original} rows={rows} /> },
    {
      id: 'submit',
      header: 'Messages run',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => submitText(original.submitStrategy),
    },
    {
      id: 'processing',
      header: 'When some fail',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => processingText(original.processingStrategy),
    },
    {
      id: 'timeout',
      header: 'Time limit',
      meta: { isWideOnly: true, align: 'end', width: 110 },
      cell: ({ row: { original } }) => <span className="fl-numeric">{original.packProcessingTimeout.toLocaleString('en')} ms</span>,
    },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => <RowMenu of={original.name} actions={actionsOf(original, rows)} />,
    },
  ];
}

function actionsOf(queue: Queue, { owner, isOwn, onTask, onDelete }: Rows) {
  if (!isOwn(queue)) return [{ label: 'Use own settings…', icon: IconCopyPlus, onClick: () => onTask({ kind: 'replace', queue }) }];
  const edit = { label: 'Edit…', icon: IconPencil, onClick: () => onTask({ kind: 'edit', queue }) };
  // Messages that name no queue go through it.
  if (owner === 'system' && queue.name === 'Main') return [edit];
  return [edit, { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(queue) }];
}

/** The name; where the window is narrow, with what the other columns say elsewhere. */
function Name({ queue, rows: { owner, isOwn } }: { queue: Queue; rows: Rows }) {
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {queue.name}
        </Text>
        {owner === 'tenant' && (
          <Badge variant="light" size="sm" tt="none" color={isOwn(queue) ? 'accent' : 'gray'}>
            {isOwn(queue) ? 'Own' : 'System'}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {queueDescription(queue)}
      </Text>
      <NarrowOnly>
        {submitText(queue.submitStrategy)}. {processingText(queue.processingStrategy)}.
      </NarrowOnly>
    </>
  );
}
