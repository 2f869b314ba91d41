import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import type { AssetInfo } from '../api/wire.js';
import { DescriptionField, descriptionOf, LabelField, NameField, nameErrorOf, ProfileField } from '../entities/entity-fields.js';
import { DialogForm, FormDialog, orNull } from '../ui/form-dialog.js';

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
    <FormDialog title={title} isOpen={asset !== undefined} onClose={onClose}>
      <AssetForm asset={asset === 'new' ? undefined : asset} onClose={onClose} onSaved={onSaved} />
    </FormDialog>
  );
}

function AssetForm({ asset, onClose, onSaved }: Omit<Props, 'asset'> & { readonly asset: AssetInfo | undefined }) {
  const [name, setName] = useState(asset?.name ?? '');
  const [label, setLabel] = useState(asset?.label ?? '');
  const [description, setDescription] = useState(() => descriptionOf(asset));
  const [profileId, setProfileId] = useState<string | null>(asset?.assetProfileId.id ?? null);
  const [isTried, setIsTried] = useState(false);
  const profiles = useQuery(queries.assetProfiles());
  const nameError = nameErrorOf(name, 'An asset');
  const saving = useMutation({
    mutationFn: () =>
      api.saveAsset(asset, {
        name: name.trim(),
        label: orNull(label),
        ...(profileId === null ? {} : { assetProfileId: { id: profileId } }),
        additionalInfo: { ...asset?.additionalInfo, description: description.trim() },
      }),
    onSuccess: () => onSaved(name.trim()),
  });
  const submit = () => {
    setIsTried(true);
    if (nameError === undefined) saving.mutate();
  };
  return (
    <DialogForm action={asset === undefined ? 'Add asset' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      <NameField
        value={name}
        onChange={setName}
        hint="Unique in your organisation, for example a building and floor."
        error={isTried ? nameError : undefined}
      />
      <LabelField value={label} onChange={setLabel} />
      <ProfileField
        value={profileId}
        onChange={setProfileId}
        profiles={profiles}
        hint="What assets of one kind share."
        isClearable={asset === undefined}
      />
      <DescriptionField value={description} onChange={setDescription} />
    </DialogForm>
  );
}
