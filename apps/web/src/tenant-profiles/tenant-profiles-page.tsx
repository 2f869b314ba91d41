import { Badge, Button, Group, Text } from '@mantine/core';
import { IconLicense, IconPlus, IconStar, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { administration } from '../api/administration-queries.js';
import { type TenantProfile, tenantApi } from '../api/tenant-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Listing, countText } from '../ui/listing.js';
import { confirmDone, showFailure } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { RowLink } from '../ui/row-link.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { useListState } from '../ui/use-list-state.js';
import { entityLimits } from './profile-limits.js';

/** Profiles that say how much tenants may have and do. */
export function TenantProfilesPage() {
  const list = useListState({ property: 'name', order: 'ASC' });
  const profiles = useQuery({ ...administration.tenantProfiles(list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const [deleting, setDeleting] = useState<TenantProfile>();
  const columns = useMemo(() => {
    const makeDefault = ({ id, name }: TenantProfile) => {
      const done = () => {
        confirmDone(`${name} is the default profile now.`);
        return client.invalidateQueries({ queryKey: ['tenantProfiles'] });
      };
      tenantApi.makeDefault(id.id).then(done, (error: unknown) => showFailure('The default profile is the same as before', error));
    };
    return columnsWith(makeDefault, setDeleting);
  }, [client]);
  const summary = countText(profiles.data?.totalElements, ['profile', 'profiles'], list.query.textSearch !== '');
  return (
    <Page>
      <PageHeader
        title="Tenant profiles"
        summary={summary}
        actions={
          <Button component={Link} to="/tenant-profiles/new" leftSection={<IconPlus size={16} />}>
            Add profile
          </Button>
        }
      />
      <Listing
        label="Tenant profiles"
        list={list}
        found={profiles}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name"
        empty={
          <StateMessage icon={IconLicense} title="No tenant profiles">
            A profile limits what its tenants may have and do.
          </StateMessage>
        }
      />
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title={`Delete ${deleting?.name ?? ''}?`}
        action="Delete profile"
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await tenantApi.removeProfile(deleting.id.id);
          confirmDone(`${deleting.name} was deleted.`);
          await client.invalidateQueries({ queryKey: ['tenantProfiles'] });
        }}
      >
        Only a profile that no tenant has can be deleted. This cannot be undone.
      </ConfirmDialog>
    </Page>
  );
}

/** The first limits of a profile in a line, such as "100 devices · 5 users". */
function limitsText({ profileData }: TenantProfile): string {
  const set = entityLimits.flatMap(({ member, label }) => {
    const value = profileData.configuration[member];
    return typeof value === 'number' && value > 0 ? [`${value.toLocaleString('en')} ${label.toLowerCase()}`] : [];
  });
  return set.length === 0 ? 'No limits' : set.slice(0, 3).join(' · ') + (set.length > 3 ? ' · …' : '');
}

function columnsWith(onDefault: (profile: TenantProfile) => void, onDelete: (profile: TenantProfile) => void): ColumnDef<TenantProfile>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <Group gap="xs">
            <RowLink to={`/tenant-profiles/${original.id.id}`}>{original.name}</RowLink>
            {original.default && (
              <Badge variant="light" size="sm" tt="none">
                Default
              </Badge>
            )}
          </Group>
          {original.description !== null && original.description !== '' && (
            <Text size="xs" c="dimmed">
              {original.description}
            </Text>
          )}
        </>
      ),
    },
    { id: 'limits', header: 'Limits', meta: { isWideOnly: true }, cell: ({ row: { original } }) => limitsText(original) },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) =>
        original.default ? null : (
          <RowMenu
            of={original.name}
            actions={[
              { label: 'Make default', icon: IconStar, onClick: () => onDefault(original) },
              { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(original) },
            ]}
          />
        ),
    },
  ];
}
