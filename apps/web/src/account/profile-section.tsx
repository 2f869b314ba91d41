import type { User } from '@fieldline/api-client';
import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { userApi } from '../api/customer-api.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { Refusal } from '../sign-in/refusal.js';
import { Card } from '../ui/card.js';
import { orNull } from '../ui/form-dialog.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { authorityNames } from '../users/user-names.js';

/** Who one is to the others. */
export function ProfileSection() {
  const user = useQuery(queries.currentUser());
  return (
    <div style={{ maxWidth: 560 }}>
      <Card title="Profile">
        <div style={{ padding: 16 }}>
          {user.isError && user.data === undefined ? (
            <LoadFailure error={user.error} what="Your profile" onRetry={() => void user.refetch()} />
          ) : user.data === undefined ? (
            <Skeleton height={240} />
          ) : (
            <ProfileForm key={user.data.version} user={user.data} />
          )}
        </div>
      </Card>
    </div>
  );
}

function ProfileForm({ user }: { user: User }) {
  const client = useQueryClient();
  const [firstName, setFirstName] = useState(user.firstName ?? '');
  const [lastName, setLastName] = useState(user.lastName ?? '');
  const [phone, setPhone] = useState(user.phone ?? '');
  const saving = useMutation({
    mutationFn: () => {
      const { email, authority } = user;
      return userApi.save(user, { email, authority, firstName: orNull(firstName), lastName: orNull(lastName), phone: orNull(phone) });
    },
    onSuccess: (saved) => {
      client.setQueryData(queries.currentUser().queryKey, saved);
      confirmDone('Your profile was saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {saving.isError && <Refusal text={messageOf(saving.error)} />}
        <TextInput
          label="Email"
          description={`You sign in with it as ${authorityNames[user.authority].toLowerCase()}.`}
          value={user.email}
          readOnly
          variant="filled"
        />
        <TextInput
          label="First name"
          autoComplete="given-name"
          maxLength={255}
          value={firstName}
          onChange={(event) => setFirstName(event.currentTarget.value)}
        />
        <TextInput
          label="Last name"
          autoComplete="family-name"
          maxLength={255}
          value={lastName}
          onChange={(event) => setLastName(event.currentTarget.value)}
        />
        <TextInput
          label="Telephone"
          type="tel"
          autoComplete="tel"
          maxLength={255}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
