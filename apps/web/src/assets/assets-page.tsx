import { Button, Text } from '@mantine/core';
import { IconBuildingFactory2, IconHourglass, IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { queries } from '../api/queries.js';
import { useMay, useSignedIn } from '../api/signed-in.js';
import type { AssetInfo } from '../api/wire.js';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { ListSearch } from '../ui/list-search.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { Pager } from '../ui/pager.js';
import { RowLink } from '../ui/row-link.js';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { AssetDialog } from './asset-dialog.js';
import { AssetRetentionDialog } from './asset-retention-dialog.js';
import { DeleteAssetDialog } from './delete-asset-dialog.js';

export function AssetsPage() {
  const list = useListState({ property: 'createdTime', order: 'DESC' });
  const signedIn = useSignedIn();
  const { administer, change } = useMay();
  const assets = useQuery({ ...queries.assets(list.query, signedIn?.customerId), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const [editing, setEditing] = useState<AssetInfo | 'new'>();
  const [deleting, setDeleting] = useState<AssetInfo>();
  const [retaining, setRetaining] = useState<AssetInfo>();
  const columns = useMemo(
    () => columnsWith({ ...(change ? { onEdit: setEditing } : {}), ...(administer ? { onRetain: setRetaining, onDelete: setDeleting } : {}) }),
    [administer, change],
  );
  const total = assets.data?.totalElements;
  const isSearching = list.query.textSearch !== '';
  const refresh = () => client.invalidateQueries({ queryKey: ['assets'] });
  const addButton = administer ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      Add asset
    </Button>
  ) : undefined;
  return (
    <Page>
      <PageHeader title="Assets" summary={total === undefined ? ' ' : countText(total, isSearching)} actions={addButton} />
      <Card>
        <ListSearch label="Search assets" placeholder="Search by name, label or profile" value={list.search} onChange={list.setSearch} />
        {assets.isError && assets.data === undefined ? (
          <LoadFailure error={assets.error} what="Assets" onRetry={() => void assets.refetch()} />
        ) : total === 0 ? (
          <NoAssets isSearching={isSearching} addButton={addButton} />
        ) : (
          <DataTable
            label="Assets"
            columns={columns}
            rows={assets.data?.data}
            rowId={(asset) => asset.id.id}
            sorting={list.sorting}
            onSort={list.setSorting}
          />
        )}
        <Pager page={list.query.page} pageSize={list.query.pageSize} total={total ?? 0} onPage={list.setPage} />
      </Card>
      <AssetDialog
        asset={editing}
        onClose={() => setEditing(undefined)}
        onSaved={(name) => {
          setEditing(undefined);
          confirmDone(`${name} was saved.`);
          void refresh();
        }}
      />
      <AssetRetentionDialog asset={retaining} onClose={() => setRetaining(undefined)} />
      <DeleteAssetDialog asset={deleting} onClose={() => setDeleting(undefined)} onDeleted={refresh} />
    </Page>
  );
}

interface Actions {
  readonly onEdit?: (asset: AssetInfo) => void;
  readonly onRetain?: (asset: AssetInfo) => void;
  readonly onDelete?: (asset: AssetInfo) => void;
}

function columnsWith(actions: Actions): ColumnDef<AssetInfo>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <RowLink to={`/assets/${original.id.id}`}>{original.name}</RowLink>
          {original.label !== null && original.label !== '' && (
            <Text size="xs" c="dimmed">
              {original.label}
            </Text>
          )}
        </>
      ),
    },
    { id: 'type', header: 'Profile', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.type },
    { id: 'customerTitle', header: 'Customer', meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.customerTitle ?? '' },
    {
      id: 'createdTime',
      header: 'Created',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} />,
    },
    ...(actions.onEdit === undefined ? [] : [actionColumn(actions)]),
  ];
}

function actionColumn(actions: Actions): ColumnDef<AssetInfo> {
  return {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 56 },
    cell: ({ row: { original } }) => <RowMenu of={original.name} actions={actionsFor(original, actions)} />,
  };
}

function actionsFor(asset: AssetInfo, { onEdit, onRetain, onDelete }: Actions): RowAction[] {
  return [
    ...(onEdit === undefined ? [] : [{ label: 'Edit…', icon: IconPencil, onClick: () => onEdit(asset) }]),
    ...(onRetain === undefined ? [] : [{ label: 'Keep readings for…', icon: IconHourglass, onClick: () => onRetain(asset) }]),
    ...(onDelete === undefined ? [] : [{ label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(asset) }]),
  ];
}

function NoAssets({ isSearching, addButton }: { isSearching: boolean; addButton: React.ReactNode }) {
  if (isSearching) {
    return (
      <StateMessage icon={IconSearch} title="No asset matches">
        The search looks at names, labels and profiles. Try a part of the name.
      </StateMessage>
    );
  }
  return (
    <StateMessage icon={IconBuildingFactory2} title="No assets yet" actions={addButton}>
      Assets are the things that devices belong to: buildings, machines, fields. They have readings, attributes, alarms and relations of their own.
    </StateMessage>
  );
}

function countText(total: number, isSearching: boolean): string {
  const things = total === 1 ? 'asset' : 'assets';
  return isSearching ? `${total} ${things} found` : `${total} ${things}`;
}
