import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accountApi } from '../api/account-api.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { keepSession } from '../api/session.js';
import { policyText } from '../sign-in/policy-text.js';
import { Refusal } from '../sign-in/refusal.js';
import { Card } from '../ui/card.js';
import { confirmDone } from '../ui/notify.js';

const blank = { current: '', next: '', repeated: '' };

/** Changes the own password; every other sign-in of the user ends with that. */
export function PasswordSection() {
  const [texts, setTexts] = useState(blank);
  const [isTried, setIsTried] = useState(false);
  const policy = useQuery(queries.passwordPolicy());
  const saving = useMutation({
    mutationFn: () => accountApi.changePassword(texts.current, texts.next),
    onSuccess: (tokens) => {
      keepSession(tokens);
      setTexts(blank);
      setIsTried(false);
      confirmDone('The password was changed. Your other sign-ins have ended.');
    },
  });
  const errors = {
    current: texts.current === '' ? 'Enter the password you sign in with now.' : undefined,
    next: texts.next === '' ? 'Enter a new password.' : undefined,
    repeated: texts.repeated === texts.next ? undefined : 'The two passwords are not the same.',
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (Object.values(errors).every((error) => error === undefined)) saving.mutate();
  };
  const field = (name: keyof typeof blank, label: string, description?: string) => (
    <PasswordInput
      label={label}
      {...(description === undefined ? {} : { description })}
      autoComplete={name === 'current' ? 'current-password' : 'new-password'}
      maxLength={255}
      value={texts[name]}
      error={isTried && errors[name]}
      onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div style={{ maxWidth: 560 }}>
      <Card title="Change password">
        <form onSubmit={submit} noValidate style={{ padding: 16 }}>
          <Stack>
            {saving.isError && <Refusal text={messageOf(saving.error)} />}
            {field('current', 'Current password')}
            {field('next', 'New password', policy.data && policyText(policy.data))}
            {field('repeated', 'Repeat it')}
            <Group justify="flex-end">
              <Button type="submit" loading={saving.isPending}>
                Change password
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </div>
  );
}
