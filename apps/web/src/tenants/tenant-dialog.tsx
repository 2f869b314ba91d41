import { Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { administration } from '../api/administration-queries.js';
import { type TenantInfo, tenantApi } from '../api/tenant-api.js';
import { ContactFields, contactOf, contactTexts } from '../entities/contact-fields.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';

interface Props {
  /** The tenant to change; `new` for one that is created, absent while the dialog is closed. */
  readonly tenant: TenantInfo | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSaved: (tenant: { readonly id: string; readonly title: string; readonly isNew: boolean }) => void;
}

/** Creates a tenant, or changes one. */
export function TenantDialog({ tenant, onClose, onSaved }: Props) {
  const stored = tenant === 'new' ? undefined : tenant;
  return (
    <FormDialog title={stored === undefined ? 'Add tenant' : `Edit ${stored.title}`} isOpen={tenant !== undefined} onClose={onClose}>
      <TenantForm stored={stored} onClose={onClose} onSaved={onSaved} />
    </FormDialog>
  );
}

/** More profiles than anybody keeps. */
const firstProfiles = { page: 0, pageSize: 100, sortProperty: 'name', sortOrder: 'ASC' } as const;

function TenantForm({ stored, onClose, onSaved }: Omit<Props, 'tenant'> & { stored: TenantInfo | undefined }) {
  const [title, setTitle] = useState(stored?.title ?? '');
  const [profileId, setProfileId] = useState(stored?.tenantProfileId?.id ?? null);
  const [contact, setContact] = useState(() => contactTexts(stored));
  const [isTried, setIsTried] = useState(false);
  const profiles = useQuery(administration.tenantProfiles(firstProfiles));
  const error = title.trim() === '' ? 'A tenant needs a name.' : undefined;
  const saving = useMutation({
    mutationFn: () => {
      const profile = profileId === null ? {} : { tenantProfileId: { id: profileId } };
      return tenantApi.save(stored, { title: title.trim(), ...profile, ...contactOf(contact) });
    },
    onSuccess: (saved) => onSaved({ id: saved.id.id, title: saved.title, isNew: stored === undefined }),
  });
  const submit = () => {
    setIsTried(true);
    if (error === undefined) saving.mutate();
  };
  return (
    <DialogForm action={stored === undefined ? 'Add tenant' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="Name"
        description="The organisation that gets its own devices, users and rule chains."
        withAsterisk
        data-autofocus
        maxLength={255}
        value={title}
        error={isTried && error}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Select
        label="Profile"
        description="How much the tenant may have and do."
        placeholder="Default profile"
        searchable
        allowDeselect={false}
        data={(profiles.data?.data ?? []).map(({ id, name }) => ({ value: id.id, label: name }))}
        value={profileId}
        onChange={setProfileId}
        error={profiles.isError ? 'Profiles could not be loaded.' : undefined}
      />
      <ContactFields value={contact} onChange={setContact} />
    </DialogForm>
  );
}
