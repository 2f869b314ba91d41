import { Badge, Button, Text } from '@mantine/core';
import { IconKey, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { type ApiKey, accountApi } from '../api/account-api.js';
import { administration } from '../api/administration-queries.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone, showFailure } from '../ui/notify.js';
import { Pager } from '../ui/pager.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { shortTime } from '../ui/times.js';
import { ApiKeyDialog } from './api-key-dialog.js';

const pageSize = 20;

/** Keys by which programs act as the user. */
export function ApiKeysSection({ userId }: { userId: string }) {
  const [page, setPage] = useState(0);
  const [isCreating, setIsCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const keys = useQuery(administration.apiKeys(userId, { page, pageSize, sortProperty: 'createdTime', sortOrder: 'DESC' }));
  const client = useQueryClient();
  const columns = useMemo(() => {
    const toggle = ({ id, enabled }: ApiKey) => {
      const done = () => client.invalidateQueries({ queryKey: ['apiKeys'] });
      accountApi.setApiKeyEnabled(id.id, !enabled).then(done, (error: unknown) => showFailure('The key is as it was', error));
    };
    return columnsWith(toggle, setRevoking);
  }, [client]);
  const addButton = (
    <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} onClick={() => setIsCreating(true)}>
      Create API key
    </Button>
  );
  const refresh = () => client.invalidateQueries({ queryKey: ['apiKeys'] });
  return (
    <Card title="API keys" actions={addButton}>
      {keys.isError && keys.data === undefined ? (
        <LoadFailure error={keys.error} what="API keys" onRetry={() => void keys.refetch()} />
      ) : keys.data?.totalElements === 0 ? (
        <StateMessage icon={IconKey} title="No API keys yet">
          A key lets a program use the API as you, without your password. Give each program its own, to be able to revoke it alone.
        </StateMessage>
      ) : (
        <DataTable label="API keys" columns={columns} rows={keys.data?.data} rowId={({ id }) => id.id} />
      )}
      <Pager page={page} pageSize={pageSize} total={keys.data?.totalElements ?? 0} onPage={setPage} />
      <ApiKeyDialog isOpen={isCreating} onClose={() => setIsCreating(false)} onCreated={() => void refresh()} />
      <ConfirmDialog
        isOpen={revoking !== undefined}
        title={`Revoke ${nameOf(revoking)}?`}
        action="Revoke key"
        onClose={() => setRevoking(undefined)}
        onConfirm={async () => {
          if (revoking === undefined) return;
          await accountApi.removeApiKey(revoking.id.id);
          confirmDone('The key was revoked.');
          await refresh();
        }}
      >
        Whatever uses it is refused from now on. This cannot be undone.
      </ConfirmDialog>
    </Card>
  );
}

function nameOf(key: ApiKey | undefined): string {
  return key?.description ?? 'this key';
}

/** Never by colour alone: the word says it. */
function stateOf({ expired, enabled }: ApiKey) {
  if (expired) return { text: 'Expired', color: 'gray' };
  return enabled ? { text: 'Works', color: 'green' } : { text: 'Paused', color: 'gray' };
}

function columnsWith(onToggle: (key: ApiKey) => void, onRevoke: (key: ApiKey) => void): ColumnDef<ApiKey>[] {
  return [
    {
      id: 'description',
      header: 'Key',
      cell: ({ row: { original } }) => (
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {original.description ?? 'Without a description'}
        </Text>
      ),
    },
    {
      id: 'state',
      header: 'State',
      cell: ({ row: { original } }) => {
        const { text, color } = stateOf(original);
        return (
          <Badge variant="outline" color={color} tt="none" c="var(--fl-text)">
            {text}
          </Badge>
        );
      },
    },
    {
      id: 'expires',
      header: 'Ends',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => (original.expirationTime === 0 ? 'Never' : shortTime(original.expirationTime)),
    },
    { id: 'created', header: 'Created', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} /> },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => (
        <RowMenu
          of={nameOf(original)}
          actions={[
            original.enabled
              ? { label: 'Pause', icon: IconPlayerPause, onClick: () => onToggle(original) }
              : { label: 'Resume', icon: IconPlayerPlay, onClick: () => onToggle(original) },
            { label: 'Revoke…', icon: IconTrash, isDangerous: true, onClick: () => onRevoke(original) },
          ]}
        />
      ),
    },
  ];
}
