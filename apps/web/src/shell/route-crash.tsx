import { Button, Code, Group } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useRouteError } from 'react-router';
import { messageOf } from '../api/failures.js';
import { StateMessage } from '../ui/state-message.js';

/** Takes the place of a page that crashed; the navigation around it stays usable. */
export function RouteCrash() {
  const error = useRouteError();
  const report = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  const isOldPage = /dynamically imported module|Importing a module script failed/.test(report);
  return (
    <StateMessage
      isPage
      icon={IconAlertOctagon}
      title={isOldPage ? 'A newer version of Fieldline is running' : 'This page stopped working'}
      actions={
        <Group justify="center">
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
          {!isOldPage && (
            <Button variant="default" onClick={() => void navigator.clipboard.writeText(report)}>
              Copy report
            </Button>
          )}
        </Group>
      }
    >
      {isOldPage ? (
        'Reload to get the pages that belong to it.'
      ) : (
        <>
          Your data is safe: nothing that was saved is affected. <Code>{messageOf(error)}</Code>
        </>
      )}
    </StateMessage>
  );
}
