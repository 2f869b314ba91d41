import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entityApi } from '../api/entity-api.js';
import { queries } from '../api/queries.js';
import type { DeviceInfo } from '../api/wire.js';
import { DescriptionField, descriptionOf, LabelField, NameField, nameErrorOf } from '../entities/entity-fields.js';
import { DialogForm, FormDialog, orNull } from '../ui/form-dialog.js';

interface Props {
  readonly device: DeviceInfo;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Changes what a device is called and which profile it has. */
export function EditDeviceDialog({ isOpen, ...props }: Props) {
  return (
    <FormDialog title={`Edit ${props.device.name}`} isOpen={isOpen} onClose={props.onClose}>
      <EditForm {...props} />
    </FormDialog>
  );
}

function EditForm({ device, onClose, onSaved }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState(device.name);
  const [label, setLabel] = useState(device.label ?? '');
  const [profileId, setProfileId] = useState(device.deviceProfileId.id);
  const [description, setDescription] = useState(() => descriptionOf(device));
  const profiles = useQuery(queries.deviceProfiles());
  const nameError = nameErrorOf(name, 'A device');
  const saving = useMutation({
    mutationFn: () =>
      entityApi.saveDevice(device, { name: name.trim(), label: orNull(label), deviceProfileId: { id: profileId }, description: description.trim() }),
    onSuccess: onSaved,
  });
  // The profile of the device may lie beyond the first page of profiles.
  const offered = (profiles.data?.data ?? []).map(({ id, name: profileName }) => ({ value: id.id, label: profileName }));
  const own = { value: device.deviceProfileId.id, label: device.deviceProfileName };
  return (
    <DialogForm action="Save" saving={saving} onSubmit={() => nameError === undefined && saving.mutate()} onClose={onClose}>
      <NameField value={name} onChange={setName} hint="Unique in your organisation. Rule chains and people may refer to it." error={nameError} />
      <LabelField value={label} onChange={setLabel} />
      <Select
        label="Profile"
        description="Another profile may bring another rule chain; the device connects anew."
        searchable
        allowDeselect={false}
        data={offered.some(({ value }) => value === own.value) ? offered : [own, ...offered]}
        value={profileId}
        onChange={(id) => id !== null && setProfileId(id)}
        error={profiles.isError ? 'Profiles could not be loaded.' : undefined}
      />
      <DescriptionField value={description} onChange={setDescription} />
    </DialogForm>
  );
}
