import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { customerApi } from '../api/customer-api.js';
import { nullId } from '../api/signed-in.js';
import type { DeviceInfo } from '../api/wire.js';
import { EntitySelect } from '../entities/entity-select.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';

interface Props {
  readonly device: DeviceInfo;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAssigned: () => void;
}

/** Assigns a device to a customer, or to everybody. */
export function AssignDeviceDialog({ isOpen, ...props }: Props) {
  return (
    <FormDialog title={`Assign ${props.device.name}`} isOpen={isOpen} onClose={props.onClose}>
      <AssignForm {...props} />
    </FormDialog>
  );
}

function AssignForm({ device, onClose, onAssigned }: Omit<Props, 'isOpen'>) {
  const isAssigned = device.customerId.id !== nullId;
  const [customerId, setCustomerId] = useState<string | null>(isAssigned && !device.customerIsPublic ? device.customerId.id : null);
  const [isPublic, setIsPublic] = useState(device.customerIsPublic);
  const [isTried, setIsTried] = useState(false);
  const saving = useMutation({
    mutationFn: () => (isPublic ? customerApi.publishDevice(device.id.id) : customerApi.assignDevice(customerId ?? '', device.id.id)),
    onSuccess: onAssigned,
  });
  const submit = () => {
    setIsTried(true);
    if (isPublic || customerId !== null) saving.mutate();
  };
  const known = isAssigned && device.customerTitle !== null ? { known: { value: device.customerId.id, label: device.customerTitle } } : {};
  return (
    <DialogForm action="Assign" saving={saving} onSubmit={submit} onClose={onClose}>
      {!isPublic && (
        <EntitySelect
          kind="CUSTOMER"
          label="Customer"
          description="Its users can see and operate the device from then on."
          placeholder="Search by name"
          value={customerId}
          {...known}
          onChange={setCustomerId}
          error={isTried && customerId === null ? 'Choose a customer.' : undefined}
        />
      )}
      <Switch
        label="Make it public"
        description="Whoever has the public link gets to the device without a password, with the rights of a customer user."
        checked={isPublic}
        onChange={(event) => setIsPublic(event.currentTarget.checked)}
      />
    </DialogForm>
  );
}
