import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import type { Device } from '../api/wire.js';
import { LabelField, NameField, nameErrorOf, ProfileField } from '../entities/entity-fields.js';
import { DialogForm, FormDialog, orNull } from '../ui/form-dialog.js';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (device: Device) => void;
}

export function CreateDeviceDialog({ isOpen, onClose, onCreated }: Props) {
  return (
    <FormDialog title="Add device" isOpen={isOpen} onClose={onClose}>
      <CreateDeviceForm onClose={onClose} onCreated={onCreated} />
    </FormDialog>
  );
}

function CreateDeviceForm({ onClose, onCreated }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState('');
  const [label, setLabel] = useState('');
  const [profileId, setProfileId] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const profiles = useQuery(queries.deviceProfiles());
  const nameError = nameErrorOf(name, 'A device');
  const saving = useMutation({
    mutationFn: () =>
      api.createDevice({ name: name.trim(), label: orNull(label), ...(profileId === null ? {} : { deviceProfileId: { id: profileId } }) }),
    onSuccess: onCreated,
  });
  const submit = () => {
    setIsTried(true);
    if (nameError === undefined) saving.mutate();
  };
  return (
    <DialogForm action="Add device" saving={saving} onSubmit={submit} onClose={onClose}>
      <NameField
        value={name}
        onChange={setName}
        hint="Unique in your organisation, for example the serial number."
        error={isTried ? nameError : undefined}
      />
      <LabelField value={label} onChange={setLabel} />
      <ProfileField
        value={profileId}
        onChange={setProfileId}
        profiles={profiles}
        hint="What devices of one kind share: rule chain, transport, payload."
        isClearable
      />
    </DialogForm>
  );
}
