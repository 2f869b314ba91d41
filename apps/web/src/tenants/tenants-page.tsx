import { Button } from '@mantine/core';
import { IconBuilding, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { administration } from '../api/administration-queries.js';
import type { TenantInfo } from '../api/tenant-api.js';
import { Listing, countText } from '../ui/listing.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { RowLink } from '../ui/row-link.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { DeleteTenantDialog } from './delete-tenant-dialog.js';
import { TenantDialog } from './tenant-dialog.js';

/** All tenants of the system. */
export function TenantsPage() {
  const list = useListState({ property: 'title', order: 'ASC' });
  const tenants = useQuery({ ...administration.tenants(list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const navigate = useNavigate();
  const [editing, setEditing] = useState<TenantInfo | 'new'>();
  const [deleting, setDeleting] = useState<TenantInfo>();
  const columns = useMemo(() => columnsWith(setEditing, setDeleting), []);
  const refresh = () => client.invalidateQueries({ queryKey: ['tenants'] });
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      Add tenant
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Tenants"
        summary={countText(tenants.data?.totalElements, ['tenant', 'tenants'], list.query.textSearch !== '')}
        actions={addButton}
      />
      <Listing
        label="Tenants"
        list={list}
        found={tenants}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name"
        empty={
          <StateMessage icon={IconBuilding} title="No tenants yet" actions={addButton}>
            A tenant is an organisation with its own devices, users and rule chains. Tenants see nothing of each other.
          </StateMessage>
        }
      />
      <TenantDialog
        tenant={editing}
        onClose={() => setEditing(undefined)}
        onSaved={({ id, title, isNew }) => {
          setEditing(undefined);
          confirmDone(`${title} was saved.`);
          void refresh();
          // A tenant without an administrator is of no use yet; its page is where to add one.
          if (isNew) void navigate(`/tenants/${id}`);
        }}
      />
      <DeleteTenantDialog tenant={deleting} onClose={() => setDeleting(undefined)} onDeleted={refresh} />
    </Page>
  );
}

function columnsWith(onEdit: (tenant: TenantInfo) => void, onDelete: (tenant: TenantInfo) => void): ColumnDef<TenantInfo>[] {
  return [
    {
      id: 'title',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => <RowLink to={`/tenants/${original.id.id}`}>{original.title}</RowLink>,
    },
    {
      id: 'profile',
      header: 'Profile',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => original.tenantProfileName ?? 'Default profile',
    },
    { id: 'email', header: 'Email', meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.email ?? '' },
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
        <RowMenu
          of={original.title}
          actions={[
            { label: 'Edit…', icon: IconPencil, onClick: () => onEdit(original) },
            { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(original) },
          ]}
        />
      ),
    },
  ];
}
