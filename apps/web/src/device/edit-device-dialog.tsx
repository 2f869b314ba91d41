import { Select, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entityApi } from '../api/entity-api.js';
import { queries } from '../api/queries.js';
import type { DeviceInfo } from '../api/wire.js';
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
  const nameError = name.trim() === '' ? 'A device needs a name.' : undefined;
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
      <TextInput
        label="Name"
        description="Unique in your organisation. Rule chains and people may refer to it."
        withAsterisk
        data-autofocus
        maxLength={255}
        value={name}
        error={nameError}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Label"
        description="What people call it. Optional."
        maxLength={255}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
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
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4096}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function descriptionOf({ additionalInfo }: DeviceInfo): string {
  const description = additionalInfo?.['description'];
  return typeof description === 'string' ? description : '';
}
