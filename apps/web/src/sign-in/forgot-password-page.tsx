import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import { EntryCard } from './entry-card.js';
import { Refusal } from './refusal.js';

/** Asks for a link to set a new password. The answer is the same whether there is such a user or not. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState(emailOf(useLocation().state));
  const field = useRef<HTMLInputElement>(null);
  const report = useMutation({ mutationFn: () => api.reportLostPassword(email.trim()) });
  useEffect(() => field.current?.focus(), []);
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm">
      Back to sign-in
    </Anchor>
  );
  if (report.isSuccess) {
    const summary = `If there is an account for ${email.trim()}, a link to set a new password is on its way. It works for 24 hours.`;
    return <EntryCard title="Look into your mail" summary={summary} foot={back} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() === '') field.current?.focus();
    else report.mutate();
  };
  return (
    <EntryCard title="Forgot your password?" summary="Enter the email you sign in with, and you get a link to set a new password." foot={back}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {report.isError && <Refusal text={messageOf(report.error)} />}
          <TextInput
            ref={field}
            label="Email"
            type="email"
            name="username"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={report.isPending} mt={4}>
            Send the link
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}

/** What was typed on the sign-in page already. */
function emailOf(state: unknown): string {
  const email = typeof state === 'object' && state !== null && 'email' in state ? state.email : '';
  return typeof email === 'string' ? email : '';
}
