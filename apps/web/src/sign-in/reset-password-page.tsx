import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '../api/api.js';
import { keepSession } from '../api/session.js';
import { EntryCard } from './entry-card.js';
import { NewPasswordForm } from './new-password-form.js';

/** Where a link to reset a password leads. */
export function ResetPasswordPage() {
  const [search] = useSearchParams();
  const [isSaved, setSaved] = useState(false);
  const resetToken = search.get('resetToken') ?? '';
  if (isSaved) {
    return (
      <EntryCard title="Password changed" summary="Every earlier sign-in of yours has ended. Sign in with the new password.">
        <Button component={Link} to="/sign-in" fullWidth>
          Sign in
        </Button>
      </EntryCard>
    );
  }
  const saved = () => {
    // Whoever was signed in here was signed in with a token that is void now.
    keepSession(undefined);
    setSaved(true);
  };
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm">
      Back to sign-in
    </Anchor>
  );
  return (
    <EntryCard title="Set a new password" summary="It replaces the one that was lost." foot={back}>
      <NewPasswordForm action="Set password" save={(password) => api.resetPassword(resetToken, password)} onSaved={saved} />
    </EntryCard>
  );
}
