import { Anchor, Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { api } from '../api/api.js';
import { hasStatus, messageOf } from '../api/failures.js';
import { useSession } from '../api/session.js';
import { EntryCard } from './entry-card.js';
import { Refusal } from './refusal.js';
import { returnPath } from './return-path.js';

export function SignInPage() {
  const isSignedIn = useSession((session) => session.tokens !== undefined);
  const [search] = useSearchParams();
  if (isSignedIn) return <Navigate to={returnPath(search.get('next'))} replace />;
  return (
    <EntryCard
      title="Sign in"
      summary="Devices, rule chains and live telemetry."
      foot={
        <>
          The first start printed an address and password in its terminal. No mail server set? Run <Code>fieldline reset-password</Code> on the
          server.
        </>
      }
    >
      <SignInForm />
    </EntryCard>
  );
}

function SignInForm() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => api.signIn(email.trim(), password),
    onError: () => passwordField.current?.select(),
  });
  useEffect(() => {
    emailField.current?.focus();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() === '') emailField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else signIn.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {signIn.isError && <Refusal text={explanationOf(signIn.error)} />}
        <TextInput
          ref={emailField}
          label="Email"
          type="email"
          name="username"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={signIn.isPending} mt={4}>
          Sign in
        </Button>
        <Anchor component={Link} to="/forgot-password" state={{ email: email.trim() }} size="sm" ta="center">
          Forgot password?
        </Anchor>
      </Stack>
    </form>
  );
}

function explanationOf(error: unknown): string {
  if (hasStatus(error, 401) && messageOf(error) === 'Invalid username or password') {
    return 'Email and password do not belong together. Check both and try again.';
  }
  if (messageOf(error) === 'User password expired!') return 'Your password has expired. Set a new one with “Forgot password?”.';
  return messageOf(error);
}
