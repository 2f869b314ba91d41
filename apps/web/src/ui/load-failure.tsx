import { Button } from '@mantine/core';
import { IconAlertOctagon, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { hasStatus, isUnreachable, messageOf } from '../api/failures.js';
import { StateMessage } from './state-message.js';

interface Props {
  readonly error: unknown;
  readonly what: string;
  readonly onRetry: () => void;
}

/** Stands where data should be when it could not be loaded. Where it is forbidden, trying again is not offered. */
export function LoadFailure({ error, what, onRetry }: Props) {
  const isOffline = isUnreachable(error);
  if (hasStatus(error, 403)) {
    return (
      <StateMessage icon={IconLock} title={`No access: ${what.toLowerCase()}`}>
        {messageOf(error)} An administrator of your organisation can say why.
      </StateMessage>
    );
  }
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
