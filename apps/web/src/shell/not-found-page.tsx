import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { StateMessage } from '../ui/state-message.js';

export function NotFoundPage() {
  return (
    <StateMessage
      isPage
      icon={IconMapQuestion}
      title="There is no page at this address"
      actions={
        <Button component={Link} to="/">
          Go to the start page
        </Button>
      }
    >
      The link may be old, or what it pointed to has been deleted.
    </StateMessage>
  );
}
