import { Button, Group, Text } from '@mantine/core';
import { IconCpu, IconPlus, IconSearch, IconTableImport, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import { useMay, useSignedIn } from '../api/signed-in.js';
import type { Device, DeviceInfo } from '../api/wire.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { ListSearch } from '../ui/list-search.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { Pager } from '../ui/pager.js';
import { RowLink } from '../ui/row-link.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import { useListState } from '../ui/use-list-state.js';
import { ConnectDialog } from './connect-dialog.js';
import { CreateDeviceDialog } from './create-device-dialog.js';
import { ImportDialog } from './import/import-dialog.js';

export function DevicesPage() {
  const list = useListState({ property: 'createdTime', order: 'DESC' });
  const signedIn = useSignedIn();
  const { administer } = useMay();
  const devices = useQuery({ ...queries.devices(list.query, signedIn?.customerId), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const [isCreating, setIsCreating] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const [created, setCreated] = useState<Device>();
  const [deleting, setDeleting] = useState<DeviceInfo>();
  const columns = useMemo(() => columnsWith(administer ? setDeleting : undefined), [administer]);
  const total = devices.data?.totalElements;
  const isSearching = list.query.textSearch !== '';
  const addButton = administer ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setIsCreating(true)}>
      Add device
    </Button>
  ) : undefined;
  return (
    <Page>
      <PageHeader
        title="Devices"
        summary={total === undefined ? ' ' : countText(total, isSearching)}
        actions={addButton && <Actions addButton={addButton} onImport={() => setIsImporting(true)} />}
      />
      <Card>
        <ListSearch label="Search devices" placeholder="Search by name, label or profile" value={list.search} onChange={list.setSearch} />
        {devices.isError && devices.data === undefined ? (
          <LoadFailure error={devices.error} what="Devices" onRetry={() => void devices.refetch()} />
        ) : total === 0 ? (
          <NoDevices isSearching={isSearching} addButton={addButton} />
        ) : (
          <DataTable
            label="Devices"
            columns={columns}
            rows={devices.data?.data}
            rowId={(device) => device.id.id}
            sorting={list.sorting}
            onSort={list.setSorting}
          />
        )}
        <Pager page={list.query.page} pageSize={list.query.pageSize} total={total ?? 0} onPage={list.setPage} />
      </Card>
      <CreateDeviceDialog
        isOpen={isCreating}
        onClose={() => setIsCreating(false)}
        onCreated={(device) => {
          setIsCreating(false);
          setCreated(device);
          void client.invalidateQueries({ queryKey: ['devices'] });
        }}
      />
      <ImportDialog
        isOpen={isImporting}
        onClose={() => setIsImporting(false)}
        onImported={() => void client.invalidateQueries({ queryKey: ['devices'] })}
      />
      <ConnectDialog device={created} onClose={() => setCreated(undefined)} />
      <DeleteDialog device={deleting} onClose={() => setDeleting(undefined)} />
    </Page>
  );
}

function DeleteDialog({ device, onClose }: { device: DeviceInfo | undefined; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      isOpen={device !== undefined}
      title={`Delete ${device?.name ?? ''}?`}
      action="Delete device"
      onClose={onClose}
      onConfirm={async () => {
        if (device === undefined) return;
        await api.deleteDevice(device.id.id);
        confirmDone(`${device.name} was deleted.`);
        await client.invalidateQueries({ queryKey: ['devices'] });
      }}
    >
      Its telemetry, attributes, alarms and credentials go with it, and its connection is closed. This cannot be undone.
    </ConfirmDialog>
  );
}

function Actions({ addButton, onImport }: { addButton: React.ReactNode; onImport: () => void }) {
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconTableImport size={16} />} onClick={onImport}>
        Import
      </Button>
      {addButton}
    </Group>
  );
}

function columnsWith(onDelete: ((device: DeviceInfo) => void) | undefined): ColumnDef<DeviceInfo>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <RowLink to={`/devices/${original.id.id}`}>{original.name}</RowLink>
          {original.label !== null && original.label !== '' && (
            <Text size="xs" c="dimmed">
              {original.label}
            </Text>
          )}
        </>
      ),
    },
    { id: 'type', header: 'Profile', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.type },
    ...(onDelete === undefined ? [] : [customerColumn]),
    {
      id: 'createdTime',
      header: 'Created',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} />,
    },
    ...(onDelete === undefined ? [] : [actionColumn(onDelete)]),
  ];
}

const customerColumn: ColumnDef<DeviceInfo> = {
  id: 'customerTitle',
  header: 'Customer',
  meta: { isWideOnly: true },
  cell: ({ row: { original } }) => original.customerTitle ?? '',
};

function actionColumn(onDelete: (device: DeviceInfo) => void): ColumnDef<DeviceInfo> {
  return {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 56 },
    cell: ({ row: { original } }) => (
      <RowMenu of={original.name} actions={[{ label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(original) }]} />
    ),
  };
}

function NoDevices({ isSearching, addButton }: { isSearching: boolean; addButton: React.ReactNode }) {
  if (isSearching) {
    return (
      <StateMessage icon={IconSearch} title="No device matches">
        The search looks at names, labels and profiles. Try a part of the name.
      </StateMessage>
    );
  }
  if (addButton === undefined) {
    return (
      <StateMessage icon={IconCpu} title="No devices yet">
        Whoever runs your devices has to assign one to your organisation.
      </StateMessage>
    );
  }
  return (
    <StateMessage icon={IconCpu} title="No devices yet" actions={addButton}>
      Add one and you get the exact command to send its first reading, over MQTT, HTTP, CoAP or Kaa's 1/KP.
    </StateMessage>
  );
}

function countText(total: number, isSearching: boolean): string {
  const things = total === 1 ? 'device' : 'devices';
  return isSearching ? `${total} ${things} found` : `${total} ${things}`;
}
