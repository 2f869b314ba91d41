import type { User } from '@fieldline/api-client';
import { Group, Select, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type UserScope, userApi } from '../api/customer-api.js';
import { EntitySelect } from '../entities/entity-select.js';
import { DialogForm, FormDialog, orNull } from '../ui/form-dialog.js';

interface Props {
  /** The user to change; `new` for one that is created, absent while the dialog is closed. */
  readonly user: User | 'new' | undefined;
  readonly scope: UserScope;
  readonly onClose: () => void;
  readonly onSaved: (user: User, saved: { readonly isNew: boolean; readonly isMailed: boolean }) => void;
}

/** Creates a user, or changes one. */
export function UserDialog({ user, ...props }: Props) {
  const stored = user === 'new' ? undefined : user;
  const thing = props.scope.of === 'administrators' ? 'administrator' : 'user';
  return (
    <FormDialog title={stored === undefined ? `Add ${thing}` : `Edit ${stored.email}`} isOpen={user !== undefined} onClose={props.onClose}>
      <UserForm stored={stored} {...props} />
    </FormDialog>
  );
}

function UserForm({ stored, scope, onClose, onSaved }: Omit<Props, 'user'> & { stored: User | undefined }) {
  const [texts, setTexts] = useState<Texts>(() => ({
    email: stored?.email ?? '',
    firstName: stored?.firstName ?? '',
    lastName: stored?.lastName ?? '',
    phone: stored?.phone ?? '',
  }));
  const [authority, setAuthority] = useState(stored?.authority ?? (scope.of === 'administrators' ? 'TENANT_ADMIN' : 'CUSTOMER_USER'));
  const [customerId, setCustomerId] = useState(scope.of === 'customer' ? scope.customerId : null);
  const [isMailed, setIsMailed] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const isNew = stored === undefined;
  const needsCustomer = isNew && authority === 'CUSTOMER_USER';
  const emailError = /^[^\s@]+@[^\s@]+$/.test(texts.email.trim()) ? undefined : 'Enter the email address to sign in with.';
  const customerError = needsCustomer && customerId === null ? 'Choose the customer whose things this user sees.' : undefined;
  const saving = useMutation({
    mutationFn: () => {
      const { email, firstName, lastName, phone } = texts;
      const place = {
        ...(needsCustomer && customerId !== null ? { customerId: { id: customerId } } : {}),
        ...(isNew && scope.of === 'administrators' ? { tenantId: { id: scope.tenantId } } : {}),
      };
      const parts = { email: email.trim(), authority, firstName: orNull(firstName), lastName: orNull(lastName), phone: orNull(phone), ...place };
      return userApi.save(stored, parts, isMailed);
    },
    onSuccess: (user) => onSaved(user, { isNew, isMailed }),
  });
  const submit = () => {
    setIsTried(true);
    if (emailError === undefined && customerError === undefined) saving.mutate();
  };
  return (
    <DialogForm action={isNew ? 'Add' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="Email"
        type="email"
        description="The name to sign in with."
        withAsterisk
        data-autofocus
        maxLength={255}
        value={texts.email}
        error={isTried && emailError}
        onChange={(event) => setTexts({ ...texts, email: event.currentTarget.value })}
      />
      <NameFields texts={texts} onChange={setTexts} />
      {isNew && scope.of === 'tenant' && <RoleSelect value={authority} onChange={setAuthority} />}
      {needsCustomer && scope.of === 'tenant' && (
        <EntitySelect
          kind="CUSTOMER"
          label="Customer"
          placeholder="Search by name"
          isRequired
          value={customerId}
          onChange={setCustomerId}
          error={isTried ? customerError : undefined}
        />
      )}
      {isNew && <MailSwitch isMailed={isMailed} onChange={setIsMailed} />}
    </DialogForm>
  );
}

interface Texts {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
}

function NameFields({ texts, onChange }: { texts: Texts; onChange: (texts: Texts) => void }) {
  const field = (name: keyof Texts, label: string) => (
    <TextInput
      label={label}
      maxLength={255}
      value={texts[name]}
      onChange={(event) => onChange({ ...texts, [name]: event.currentTarget.value })}
      style={{ flex: '1 1 160px' }}
    />
  );
  return (
    <Group gap="sm" align="flex-start">
      {field('firstName', 'First name')}
      {field('lastName', 'Last name')}
    </Group>
  );
}

function MailSwitch({ isMailed, onChange }: { isMailed: boolean; onChange: (isMailed: boolean) => void }) {
  return (
    <Switch
      label="Send the activation link by mail"
      description="Needs a mail server. Otherwise you get the link, to pass on yourself."
      checked={isMailed}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function RoleSelect({ value, onChange }: { value: User['authority']; onChange: (authority: User['authority']) => void }) {
  return (
    <Select
      label="Role"
      description={value === 'TENANT_ADMIN' ? 'May see and change everything of your organisation.' : 'Sees what is assigned to its customer.'}
      data={[
        { value: 'CUSTOMER_USER', label: 'Customer user' },
        { value: 'TENANT_ADMIN', label: 'Administrator' },
      ]}
      allowDeselect={false}
      value={value}
      onChange={(next) => onChange(next === 'TENANT_ADMIN' ? 'TENANT_ADMIN' : 'CUSTOMER_USER')}
    />
  );
}
