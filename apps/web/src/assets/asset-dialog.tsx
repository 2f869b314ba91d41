import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import type { AssetInfo } from '../api/wire.js';

interface Props {
  /** The asset to change; `new` for one that is created, absent while the dialog is closed. */
  readonly asset: AssetInfo | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}

/** Creates an asset, or changes one. */
export function AssetDialog({ asset, onClose, onSaved }: Props) {
  const title = asset === 'new' || asset === undefined ? 'Add asset' : `Edit ${asset.name}`;
  return (
    <Modal opened={asset !== undefined} onClose={onClose} title={<Text fw={600}>{title}</Text>}>
      {asset !== undefined && <AssetForm asset={asset === 'new' ? undefined : asset} onClose={onClose} onSaved={onSaved} />}
    </Modal>
  );
}

function AssetForm({ asset, onClose, onSaved }: Omit<Props, 'asset'> & { readonly asset: AssetInfo | undefined }) {
  const [name, setName] = useState(asset?.name ?? '');
  const [label, setLabel] = useState(asset?.label ?? '');
  const [description, setDescription] = useState(() => descriptionOf(asset));
  const [profileId, setProfileId] = useState<string | null>(asset?.assetProfileId.id ?? null);
  const [isTried, setIsTried] = useState(false);
  const nameError = name.trim() === '' ? 'An asset needs a name.' : name.length > 255 ? 'At most 255 characters.' : undefined;
  const save = useMutation({
    mutationFn: () =>
      api.saveAsset(asset, {
        name: name.trim(),
        label: label.trim() === '' ? null : label.trim(),
        ...(profileId === null ? {} : { assetProfileId: { id: profileId } }),
        additionalInfo: { ...asset?.additionalInfo, description: description.trim() },
      }),
    onSuccess: () => onSaved(name.trim()),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (nameError === undefined) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.isError && (
          <Alert color="red" role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Unique in your organisation, for example a building and floor."
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
        <ProfileSelect value={profileId} isClearable={asset === undefined} onChange={setProfileId} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4096}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {asset === undefined ? 'Add asset' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ProfileSelectProps {
  readonly value: string | null;
  readonly isClearable: boolean;
  readonly onChange: (profileId: string | null) => void;
}

function ProfileSelect({ value, isClearable, onChange }: ProfileSelectProps) {
  const profiles = useQuery(queries.assetProfiles());
  return (
    <Select
      label="Profile"
      description="What assets of one kind share."
      placeholder="Default profile"
      searchable
      clearable={isClearable}
      data={(profiles.data?.data ?? []).map((profile) => ({ value: profile.id.id, label: profile.name }))}
      value={value}
      onChange={onChange}
      error={profiles.isError ? 'Profiles could not be loaded.' : undefined}
    />
  );
}

function descriptionOf(asset: AssetInfo | undefined): string {
  const description = asset?.additionalInfo?.['description'];
  return typeof description === 'string' ? description : '';
}
