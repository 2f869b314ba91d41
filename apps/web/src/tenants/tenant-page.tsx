import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { administration } from '../api/administration-queries.js';
import { hasStatus } from '../api/failures.js';
import type { TenantInfo } from '../api/tenant-api.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { RowMenu } from '../ui/row-menu.js';
import { UserList } from '../users/user-list.js';
import { DeleteTenantDialog } from './delete-tenant-dialog.js';
import { TenantDialog } from './tenant-dialog.js';

/** One tenant with its administrators. */
export function TenantPage() {
  const { tenantId = '' } = useParams();
  const tenant = useQuery(administration.tenant(tenantId));
  const scope = useMemo(() => ({ of: 'administrators', tenantId }) as const, [tenantId]);
  if (hasStatus(tenant.error, 400, 403, 404)) return <NotFoundPage />;
  if (tenant.isError && tenant.data === undefined) {
    return <LoadFailure error={tenant.error} what="The tenant" onRetry={() => void tenant.refetch()} />;
  }
  if (tenant.data === undefined) return <PageLoading />;
  const { title, tenantProfileName, email, city } = tenant.data;
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/tenants" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Tenants
        </Button>
      </InHeader>
      <PageHeader
        title={title}
        summary={[tenantProfileName ?? 'Default profile', email, city].filter(Boolean).join(' · ')}
        actions={<Actions tenant={tenant.data} />}
      />
      <UserList scope={scope} />
    </Page>
  );
}

function Actions({ tenant }: { tenant: TenantInfo }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [editing, setEditing] = useState<TenantInfo>();
  const [deleting, setDeleting] = useState<TenantInfo>();
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(tenant)}>
        Edit
      </Button>
      <RowMenu of={tenant.title} actions={[{ label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => setDeleting(tenant) }]} />
      <TenantDialog
        tenant={editing}
        onClose={() => setEditing(undefined)}
        onSaved={({ title }) => {
          setEditing(undefined);
          confirmDone(`${title} was saved.`);
          void client.invalidateQueries({ queryKey: ['tenant'] });
          void client.invalidateQueries({ queryKey: ['tenants'] });
        }}
      />
      <DeleteTenantDialog
        tenant={deleting}
        onClose={() => setDeleting(undefined)}
        onDeleted={async () => {
          await navigate('/tenants');
          await client.invalidateQueries({ queryKey: ['tenants'] });
        }}
      />
    </Group>
  );
}
