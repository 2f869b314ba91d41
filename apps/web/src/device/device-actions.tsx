import { Button, Group } from '@mantine/core';
import { IconHistory, IconLinkOff, IconPencil, IconRoute2, IconUsersGroup } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { customerApi } from '../api/customer-api.js';
import { nullId, useMay } from '../api/signed-in.js';
import type { DeviceInfo } from '../api/wire.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { AssignDeviceDialog } from './assign-device-dialog.js';
import { EditDeviceDialog } from './edit-device-dialog.js';

type Dialog = 'edit' | 'assign' | 'unassign';

/** What can be done with a device as a whole, as far as the one who looks may. */
export function DeviceActions({ device }: { device: DeviceInfo }) {
  const { administer, change } = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Dialog>();
  const close = () => setOpen(undefined);
  const refresh = () => Promise.all(['device', 'devices'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const done = (text: string) => {
    close();
    confirmDone(text);
    return refresh();
  };
  if (!change) return null;
  const isAssigned = device.customerId.id !== nullId;
  const actions: RowAction[] = [
    { label: isAssigned ? 'Assign to another customer…' : 'Assign to customer…', icon: IconUsersGroup, onClick: () => setOpen('assign') },
    ...(isAssigned ? [{ label: 'Unassign…', icon: IconLinkOff, onClick: () => setOpen('unassign') }] : []),
    { label: 'Recent traces', icon: IconRoute2, onClick: () => void navigate(`/traces?device=${device.id.id}`) },
    { label: 'Audit log', icon: IconHistory, onClick: () => void navigate(`/audit-log?entity=DEVICE:${device.id.id}`) },
  ];
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setOpen('edit')}>
        Edit
      </Button>
      {administer && <RowMenu of={device.name} actions={actions} />}
      <EditDeviceDialog device={device} isOpen={open === 'edit'} onClose={close} onSaved={() => void done(`${device.name} was saved.`)} />
      <AssignDeviceDialog device={device} isOpen={open === 'assign'} onClose={close} onAssigned={() => void done(`${device.name} was assigned.`)} />
      <ConfirmDialog
        isOpen={open === 'unassign'}
        title={`Unassign ${device.name}?`}
        action="Unassign"
        isHarmless
        onClose={close}
        onConfirm={async () => {
          await customerApi.unassignDevice(device.id.id);
          await done(`${device.name} belongs to no customer now.`);
        }}
      >
        {device.customerIsPublic ? 'The public link no longer shows it.' : `Users of ${device.customerTitle ?? 'the customer'} no longer see it.`}
      </ConfirmDialog>
    </Group>
  );
}
