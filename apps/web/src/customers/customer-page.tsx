import { Alert, Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconPencil, IconTrash, IconWorld } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { administration } from '../api/administration-queries.js';
import type { Customer } from '../api/customer-api.js';
import { hasStatus } from '../api/failures.js';
import { EntitySummary } from '../entity/entity-summary.js';
import { entityTabs } from '../entity/entity-tabs.js';
import { HowToSend } from '../entity/how-to-send.js';
import { PageTabs } from '../entity/page-tabs.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { CopyBlock } from '../ui/copy-block.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { RowMenu } from '../ui/row-menu.js';
import { UserList } from '../users/user-list.js';
import { CustomerDialog } from './customer-dialog.js';
import { CustomerAssets, CustomerDevices } from './customer-things.js';
import { DeleteCustomerDialog } from './delete-customer-dialog.js';
import { PublicBadge, isPublic } from './public-badge.js';

/** One customer with what is assigned to it and who signs in for it. */
export function CustomerPage() {
  const { customerId = '' } = useParams();
  const customer = useQuery(administration.customer(customerId));
  if (hasStatus(customer.error, 400, 403, 404)) return <NotFoundPage />;
  if (customer.isError && customer.data === undefined) {
    return <LoadFailure error={customer.error} what="The customer" onRetry={() => void customer.refetch()} />;
  }
  return customer.data === undefined ? <PageLoading /> : <Loaded key={customerId} customer={customer.data} />;
}

function Loaded({ customer }: { customer: Customer }) {
  const entity = { entityType: 'CUSTOMER', id: customer.id.id, name: customer.title } as const;
  const [overview, ...others] = entityTabs(entity, <HowToSend entity={entity} />);
  const tabs = [
    { id: 'devices', name: 'Devices', content: <CustomerDevices customer={customer} /> },
    { id: 'assets', name: 'Assets', content: <CustomerAssets customer={customer} /> },
    ...(isPublic(customer) ? [] : [{ id: 'users', name: 'Users', content: <UserList scope={{ of: 'customer', customerId: customer.id.id }} /> }]),
    { ...overview, name: 'Readings' },
    ...others,
  ];
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/customers" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Customers
        </Button>
      </InHeader>
      <PageHeader
        title={customer.title}
        summary={
          <EntitySummary
            badge={isPublic(customer) && <PublicBadge />}
            facts={isPublic(customer) ? [] : [customer.email, customer.phone, customer.city]}
          />
        }
        actions={<Actions customer={customer} />}
      />
      {isPublic(customer) && <PublicLink customerId={customer.id.id} />}
      <PageTabs tabs={tabs} />
    </Page>
  );
}

function Actions({ customer }: { customer: Customer }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [editing, setEditing] = useState<Customer>();
  const [deleting, setDeleting] = useState<Customer>();
  const refresh = () => Promise.all(['customer', 'customers'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  return (
    <Group gap="xs">
      {!isPublic(customer) && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(customer)}>
          Edit
        </Button>
      )}
      <RowMenu of={customer.title} actions={[{ label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => setDeleting(customer) }]} />
      <CustomerDialog
        customer={editing}
        onClose={() => setEditing(undefined)}
        onSaved={({ title }) => {
          setEditing(undefined);
          confirmDone(`${title} was saved.`);
          void refresh();
        }}
      />
      <DeleteCustomerDialog
        customer={deleting}
        onClose={() => setDeleting(undefined)}
        onDeleted={async () => {
          await navigate('/customers');
          await client.invalidateQueries({ queryKey: ['customers'] });
        }}
      />
    </Group>
  );
}

function PublicLink({ customerId }: { customerId: string }) {
  return (
    <Alert color="gray" icon={<IconWorld size={18} />} title="Anybody with this link sees what is assigned here" mb="md">
      <Text size="sm" mb="xs">
        It needs no password. Through the API whoever has it may do with these things what a customer user may, so assign only what anybody may touch.
      </Text>
      <CopyBlock label="Public link" text={`${location.origin}/public/${customerId}`} />
    </Alert>
  );
}
