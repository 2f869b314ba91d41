import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EntryCard } from './entry-card.js';

/** Where an activation link leads that is too old. */
export function ActivationLinkExpiredPage() {
  return (
    <EntryCard title="This link has expired" summary="An activation link works for 24 hours. Ask your administrator for a new one.">
      <Button component={Link} to="/sign-in" variant="default" fullWidth>
        Go to sign-in
      </Button>
    </EntryCard>
  );
}

/** Where a link to reset a password leads that is too old. */
export function ResetLinkExpiredPage() {
  return (
    <EntryCard title="This link has expired" summary="A link to set a new password works for 24 hours, and once.">
      <Button component={Link} to="/forgot-password" fullWidth>
        Get a new link
      </Button>
    </EntryCard>
  );
}
