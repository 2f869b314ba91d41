import { Button, Group } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { administration } from '../api/administration-queries.js';
import type { Customer } from '../api/customer-api.js';
import { Listing, countText } from '../ui/listing.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { RowLink } from '../ui/row-link.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { CustomerDialog } from './customer-dialog.js';
import { DeleteCustomerDialog } from './delete-customer-dialog.js';
import { PublicBadge, isPublic } from './public-badge.js';

/** Customers of the tenant. */
export function CustomersPage() {
  const list = useListState({ property: 'title', order: 'ASC' });
  const customers = useQuery({ ...administration.customers(list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const [editing, setEditing] = useState<Customer | 'new'>();
  const [deleting, setDeleting] = useState<Customer>();
  const columns = useMemo(() => columnsWith(setEditing, setDeleting), []);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      Add customer
    </Button>
  );
  const summary = countText(customers.data?.totalElements, ['customer', 'customers'], list.query.textSearch !== '');
  return (
    <Page>
      <PageHeader title="Customers" summary={summary} actions={addButton} />
      <Listing
        label="Customers"
        list={list}
        found={customers}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name"
        empty={
          <StateMessage icon={IconUsersGroup} title="No customers yet" actions={addButton}>
            A customer is somebody for whom you run devices. Its users see what is assigned to it, and nothing else.
          </StateMessage>
        }
      />
      <CustomerDialog
        customer={editing}
        onClose={() => setEditing(undefined)}
        onSaved={({ title }) => {
          setEditing(undefined);
          confirmDone(`${title} was saved.`);
          void client.invalidateQueries({ queryKey: ['customers'] });
        }}
      />
      <DeleteCustomerDialog
        customer={deleting}
        onClose={() => setDeleting(undefined)}
        onDeleted={() => client.invalidateQueries({ queryKey: ['customers'] })}
      />
    </Page>
  );
}

function columnsWith(onEdit: (customer: Customer) => void, onDelete: (customer: Customer) => void): ColumnDef<Customer>[] {
  return [
    {
      id: 'title',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <Group gap="xs">
          <RowLink to={`/customers/${original.id.id}`}>{original.title}</RowLink>
          {isPublic(original) && <PublicBadge />}
        </Group>
      ),
    },
    { id: 'email', header: 'Email', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.email ?? '' },
    { id: 'city', header: 'City', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.city ?? '' },
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
            ...(isPublic(original) ? [] : [{ label: 'Edit…', icon: IconPencil, onClick: () => onEdit(original) }]),
            { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(original) },
          ]}
        />
      ),
    },
  ];
}
