import { Button } from '@mantine/core';
import { IconAlertOctagon, IconPlugConnectedX } from '@tabler/icons-react';
import { isUnreachable, messageOf } from '../api/failures.js';
import { StateMessage } from './state-message.js';

interface Props {
  readonly error: unknown;
  readonly what: string;
  readonly onRetry: () => void;
}

/** Stands where data should be when it could not be loaded. */
export function LoadFailure({ error, what, onRetry }: Props) {
  const isOffline = isUnreachable(error);
  return (
    <StateMessage
      icon={isOffline ? IconPlugConnectedX : IconAlertOctagon}
      title={`${what} could not be loaded`}
      actions={
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {messageOf(error)}
    </StateMessage>
  );
}
