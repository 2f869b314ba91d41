import { ActionIcon, Badge, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus, IconSearch, IconSitemap, IconStar, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import type { RuleChainInfo } from '../api/wire.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { ListSearch } from '../ui/list-search.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone, showFailure } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { Pager } from '../ui/pager.js';
import { RowLink } from '../ui/row-link.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { CreateRuleChainDialog } from './create-rule-chain-dialog.js';

export function RuleChainsPage() {
  const list = useListState({ property: 'createdTime', order: 'DESC' });
  const chains = useQuery({ ...queries.ruleChains(list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isCreating, setIsCreating] = useState(false);
  const [deleting, setDeleting] = useState<RuleChainInfo>();
  const { mutate: makeRoot } = useMutation({
    mutationFn: (chain: RuleChainInfo) => api.makeRoot(chain.id.id),
    onSuccess: (chain) => confirmDone(`${chain.name} is the root rule chain now.`),
    onError: (error) => showFailure('The root rule chain stays as it was', error),
    onSettled: () => client.invalidateQueries({ queryKey: ['ruleChains'] }),
  });
  const columns = useMemo(() => columnsWith({ onMakeRoot: makeRoot, onDelete: setDeleting }), [makeRoot]);
  const total = chains.data?.totalElements;
  return (
    <Page>
      <PageHeader
        title="Rule chains"
        summary="What happens to each message: filter, change, store, alarm, forward."
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setIsCreating(true)}>
            Add rule chain
          </Button>
        }
      />
      <Card>
        <ListSearch label="Search rule chains" placeholder="Search by name" value={list.search} onChange={list.setSearch} />
        {chains.isError && chains.data === undefined ? (
          <LoadFailure error={chains.error} what="Rule chains" onRetry={() => void chains.refetch()} />
        ) : total === 0 ? (
          <NoRuleChains isSearching={list.query.textSearch !== ''} />
        ) : (
          <DataTable
            label="Rule chains"
            columns={columns}
            rows={chains.data?.data}
            rowId={(chain) => chain.id.id}
            sorting={list.sorting}
            onSort={list.setSorting}
          />
        )}
        <Pager page={list.query.page} pageSize={list.query.pageSize} total={total ?? 0} onPage={list.setPage} />
      </Card>
      <CreateRuleChainDialog
        isOpen={isCreating}
        onClose={() => setIsCreating(false)}
        onCreated={(chain) => {
          void client.invalidateQueries({ queryKey: ['ruleChains'] });
          void navigate(`/rule-chains/${chain.id.id}`);
        }}
      />
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title={`Delete ${deleting?.name ?? ''}?`}
        action="Delete rule chain"
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await api.deleteRuleChain(deleting.id.id);
          confirmDone(`${deleting.name} was deleted.`);
          await client.invalidateQueries({ queryKey: ['ruleChains'] });
        }}
      >
        Messages that would enter it fail from now on. This cannot be undone.
      </ConfirmDialog>
    </Page>
  );
}

function NoRuleChains({ isSearching }: { isSearching: boolean }) {
  return isSearching ? (
    <StateMessage icon={IconSearch} title="No rule chain matches">
      Try a part of the name.
    </StateMessage>
  ) : (
    <StateMessage icon={IconSitemap} title="No rule chains">
      Messages go nowhere until there is a root rule chain.
    </StateMessage>
  );
}

interface RowActions {
  readonly onMakeRoot: (chain: RuleChainInfo) => void;
  readonly onDelete: (chain: RuleChainInfo) => void;
}

function columnsWith({ onMakeRoot, onDelete }: RowActions): ColumnDef<RuleChainInfo>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <RowLink to={`/rule-chains/${original.id.id}`}>{original.name}</RowLink>
          {original.root && (
            <Badge ml={8} size="sm" variant="light" tt="none">
              Root
            </Badge>
          )}
        </>
      ),
    },
    {
      id: 'version',
      header: 'Version',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <span className="fl-numeric">{original.version === undefined ? '–' : `v${original.version}`}</span>,
    },
    {
      id: 'createdTime',
      header: 'Created',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} />,
    },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${original.name}`} style={{ position: 'relative', zIndex: 1 }}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconStar size={16} />} disabled={original.root} onClick={() => onMakeRoot(original)}>
              Make root
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} disabled={original.root} onClick={() => onDelete(original)}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
}
