import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Customer, customerApi } from '../api/customer-api.js';
import { ContactFields, contactOf, contactTexts } from '../entities/contact-fields.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';

interface Props {
  /** The customer to change; `new` for one that is created, absent while the dialog is closed. */
  readonly customer: Customer | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSaved: (customer: Customer) => void;
}

/** Creates a customer, or changes one. */
export function CustomerDialog({ customer, onClose, onSaved }: Props) {
  const stored = customer === 'new' ? undefined : customer;
  return (
    <FormDialog title={stored === undefined ? 'Add customer' : `Edit ${stored.title}`} isOpen={customer !== undefined} onClose={onClose}>
      <CustomerForm stored={stored} onClose={onClose} onSaved={onSaved} />
    </FormDialog>
  );
}

function CustomerForm({ stored, onClose, onSaved }: Omit<Props, 'customer'> & { stored: Customer | undefined }) {
  const [title, setTitle] = useState(stored?.title ?? '');
  const [contact, setContact] = useState(() => contactTexts(stored));
  const [isTried, setIsTried] = useState(false);
  const error = title.trim() === '' ? 'A customer needs a name.' : undefined;
  const saving = useMutation({
    mutationFn: () => customerApi.save(stored, { title: title.trim(), ...contactOf(contact) }),
    onSuccess: onSaved,
  });
  const submit = () => {
    setIsTried(true);
    if (error === undefined) saving.mutate();
  };
  return (
    <DialogForm action={stored === undefined ? 'Add customer' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="Name"
        description="Unique in your organisation."
        withAsterisk
        data-autofocus
        maxLength={255}
        value={title}
        error={isTried && error}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <ContactFields value={contact} onChange={setContact} />
    </DialogForm>
  );
}
