import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import type { Device } from '../api/wire.js';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (device: Device) => void;
}

export function CreateDeviceDialog({ isOpen, onClose, onCreated }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={<Text fw={600}>Add device</Text>}>
      <CreateDeviceForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  );
}

function CreateDeviceForm({ onClose, onCreated }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState('');
  const [label, setLabel] = useState('');
  const [profileId, setProfileId] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const profiles = useQuery(queries.deviceProfiles());
  const nameError = name.trim() === '' ? 'A device needs a name.' : name.length > 255 ? 'At most 255 characters.' : undefined;
  const create = useMutation({
    mutationFn: () =>
      api.createDevice({
        name: name.trim(),
        label: label.trim() === '' ? null : label.trim(),
        ...(profileId === null ? {} : { deviceProfileId: { id: profileId } }),
      }),
    onSuccess: onCreated,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (nameError === undefined) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {create.isError && (
          <Alert color="red" role="alert">
            {messageOf(create.error)}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Unique in your organisation, for example the serial number."
          withAsterisk
          data-autofocus
          value={name}
          error={isTried ? nameError : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Label"
          description="What people call it. Optional."
          value={label}
          maxLength={255}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Select
          label="Profile"
          description="What devices of one kind share: rule chain, transport, payload."
          placeholder="Default profile"
          searchable
          clearable
          data={(profiles.data?.data ?? []).map((profile) => ({ value: profile.id.id, label: profile.name }))}
          value={profileId}
          onChange={setProfileId}
          error={profiles.isError ? 'Profiles could not be loaded; the default profile is used.' : undefined}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add device
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
