import { Alert, Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { api } from '../api/api.js';
import { hasStatus, messageOf } from '../api/failures.js';
import { useSession } from '../api/session.js';
import { BrandMark } from '../shell/brand-mark.js';
import { returnPath } from './return-path.js';
import styles from './sign-in-page.module.css';

export function SignInPage() {
  const isSignedIn = useSession((session) => session.tokens !== undefined);
  const [search] = useSearchParams();
  if (isSignedIn) return <Navigate to={returnPath(search.get('next'))} replace />;
  return (
    <main className={styles.root}>
      <div>
        <div className={styles.card}>
          <div className={styles.brand}>
            <BrandMark size={30} />
            Fieldline
          </div>
          <h1 className={styles.title}>Sign in</h1>
          <p className={styles.summary}>Devices, rule chains and live telemetry.</p>
          <SignInForm />
        </div>
        <p className={styles.foot}>
          The first start printed an address and password in its terminal. Lost it? Run <Code>fieldline reset-password</Code> on the server.
        </p>
      </div>
    </main>
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
    document.title = 'Sign in · Fieldline';
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
        {signIn.isError && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert" p="sm">
            {explanationOf(signIn.error)}
          </Alert>
        )}
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
      </Stack>
    </form>
  );
}

function explanationOf(error: unknown): string {
  if (hasStatus(error, 401) && messageOf(error) === 'Invalid username or password') {
    return 'Email and password do not belong together. Check both and try again.';
  }
  return messageOf(error);
}
