import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useSignedIn } from '../api/signed-in.js';
import { StateMessage } from '../ui/state-message.js';

/** Stands where a page is that belongs to people with another role. */
export function ForbiddenPage() {
  const isSystem = useSignedIn()?.authority === 'SYS_ADMIN';
  return (
    <StateMessage
      isPage
      icon={IconLock}
      title="This page is not for your account"
      actions={
        <Button component={Link} to="/">
          Go to the start page
        </Button>
      }
    >
      {isSystem
        ? 'Devices and what they send belong to tenants, and stay out of reach of a system administrator. Sign in as an administrator of the tenant.'
        : 'Ask an administrator of your organisation if you need it.'}
    </StateMessage>
  );
}
