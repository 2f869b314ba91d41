import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { policyText } from './policy-text.js';
import { Refusal } from './refusal.js';

interface NewPasswordFormProps {
  readonly action: string;
  readonly save: (password: string) => Promise<unknown>;
  readonly onSaved: () => void;
}

/** Asks for a new password twice; the server decides whether it will do. */
export function NewPasswordForm({ action, save, onSaved }: NewPasswordFormProps) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isCompared, setCompared] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const repeatedField = useRef<HTMLInputElement>(null);
  const policy = useQuery(queries.passwordPolicy());
  const saving = useMutation({
    mutationFn: () => save(password),
    onSuccess: onSaved,
    onError: () => passwordField.current?.select(),
  });
  useEffect(() => passwordField.current?.focus(), []);
  const isDifferent = isCompared && repeated !== password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCompared(true);
    if (password === '') passwordField.current?.focus();
    else if (repeated !== password) repeatedField.current?.focus();
    else saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {saving.isError && <Refusal text={messageOf(saving.error)} />}
        <PasswordInput
          ref={passwordField}
          label="New password"
          description={policy.data && policyText(policy.data)}
          name="new-password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          ref={repeatedField}
          label="Repeat it"
          name="repeated-password"
          autoComplete="new-password"
          value={repeated}
          error={isDifferent && 'The two passwords are not the same.'}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={saving.isPending} mt={4}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
