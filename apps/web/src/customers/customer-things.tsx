import { Button } from '@mantine/core';
import { IconBuildingFactory2, IconCpu, IconLinkOff, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { type Customer, customerApi } from '../api/customer-api.js';
import { queries } from '../api/queries.js';
import type { AssetInfo, DeviceInfo } from '../api/wire.js';
import { Listing } from '../ui/listing.js';
import { confirmDone, showFailure } from '../ui/notify.js';
import { RowLink } from '../ui/row-link.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { useListState } from '../ui/use-list-state.js';
import { AssignDialog } from './assign-dialog.js';
import { isPublic } from './public-badge.js';

/** Devices that are assigned to a customer. */
export function CustomerDevices({ customer }: { customer: Customer }) {
  const list = useListState({ property: 'name', order: 'ASC' });
  const found = useQuery({ ...queries.devices(list.query, customer.id.id), placeholderData: keepPreviousData });
  return <Things kind="DEVICE" customer={customer} list={list} found={found} />;
}

/** Assets that are assigned to a customer. */
export function CustomerAssets({ customer }: { customer: Customer }) {
  const list = useListState({ property: 'name', order: 'ASC' });
  const found = useQuery({ ...queries.assets(list.query, customer.id.id), placeholderData: keepPreviousData });
  return <Things kind="ASSET" customer={customer} list={list} found={found} />;
}

type Thing = DeviceInfo | AssetInfo;
type ListProps = Pick<Parameters<typeof Listing<Thing>>[0], 'list' | 'found'>;
const words = {
  DEVICE: { label: 'Devices', one: 'device', icon: IconCpu, unassign: customerApi.unassignDevice, key: 'devices' },
  ASSET: { label: 'Assets', one: 'asset', icon: IconBuildingFactory2, unassign: customerApi.unassignAsset, key: 'assets' },
} as const;

function Things({ kind, customer, ...props }: { kind: 'DEVICE' | 'ASSET'; customer: Customer } & ListProps) {
  const { label, one, icon, unassign, key } = words[kind];
  const client = useQueryClient();
  const [isAssigning, setIsAssigning] = useState(false);
  const columns = useMemo(() => {
    const onUnassign = (thing: Thing) => {
      const done = () => {
        confirmDone(`${thing.name} is no longer assigned to ${customer.title}.`);
        return client.invalidateQueries({ queryKey: [key] });
      };
      unassign(thing.id.id).then(done, (error: unknown) => showFailure(`${thing.name} is still assigned`, error));
    };
    return columnsWith(kind, onUnassign);
  }, [kind, customer.title, client, key, unassign]);
  const assignButton = (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setIsAssigning(true)}>
      Assign {key}
    </Button>
  );
  return (
    <>
      <Listing
        label={label}
        {...props}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by name or label"
        actions={assignButton}
        empty={
          <StateMessage icon={icon} title={`No ${key} assigned`}>
            {isPublic(customer)
              ? `Anybody with the link sees each ${one} that is assigned here.`
              : `Users of ${customer.title} see each ${one} that is assigned here.`}
          </StateMessage>
        }
      />
      <AssignDialog
        kind={kind}
        customerId={customer.id.id}
        customerTitle={customer.title}
        isOpen={isAssigning}
        onClose={() => setIsAssigning(false)}
        onAssigned={(text) => {
          setIsAssigning(false);
          confirmDone(text);
          void client.invalidateQueries({ queryKey: [key] });
        }}
      />
    </>
  );
}

function columnsWith(kind: 'DEVICE' | 'ASSET', onUnassign: (thing: Thing) => void): ColumnDef<Thing>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => <RowLink to={`/${words[kind].key}/${original.id.id}`}>{original.name}</RowLink>,
    },
    { id: 'label', header: 'Label', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.label ?? '' },
    { id: 'type', header: 'Profile', enableSorting: true, meta: { isWideOnly: true }, cell: ({ row: { original } }) => original.type },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => (
        <RowMenu of={original.name} actions={[{ label: 'Unassign', icon: IconLinkOff, onClick: () => onUnassign(original) }]} />
      ),
    },
  ];
}
