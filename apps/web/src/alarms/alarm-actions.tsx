import { Alert, Button } from '@mantine/core';
import { IconBellCheck, IconCheck, IconClockPause, IconClockPlay, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { alarmApi } from '../api/alarm-api.js';
import { alarmQueries } from '../api/alarm-queries.js';
import type { AlarmInfo } from '../api/wire.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';
import { useNow } from '../ui/use-now.js';
import { acknowledge, clear } from './alarm-commands.js';
import styles from './alarm-drawer.module.css';
import { shelvingOf } from './alarm-state.js';
import type { Command } from './run-on-each.js';
import { ShelveDialog } from './shelve-dialog.js';
import { useAlarmCommands } from './use-alarm-commands.js';

interface Props {
  readonly alarm: AlarmInfo;
  /** Told when a dialog opens or closes over the drawer. */
  readonly onDialog: (isOpen: boolean) => void;
  readonly onDeleted: () => void;
}

const unshelve: Command = { name: 'Unshelve', done: 'unshelved', isDone: () => false, run: alarmApi.unshelve };

/** What can be done with the alarm as it is now. */
export function AlarmActions({ alarm, onDialog, onDeleted }: Props) {
  const commands = useAlarmCommands();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'shelve' | 'delete'>();
  const isShelved = shelvingOf(alarm, useNow()) !== undefined;
  const open = (next: typeof dialog) => {
    setDialog(next);
    onDialog(next !== undefined);
  };
  const { isRunning } = commands;
  const run = (command: Command) => commands.run(command, [alarm]);
  return (
    <div>
      {commands.failure !== undefined && (
        <Alert color="red" role="alert" mb="sm" withCloseButton onClose={commands.forgetFailure}>
          {commands.failure}
        </Alert>
      )}
      <div className={styles.actions} role="group" aria-label="Actions">
        {!alarm.acknowledged && (
          <Button leftSection={<IconCheck size={16} />} disabled={isRunning} onClick={() => run(acknowledge)}>
            Acknowledge
          </Button>
        )}
        {!alarm.cleared && (
          <Button variant="default" leftSection={<IconBellCheck size={16} />} disabled={isRunning} onClick={() => run(clear)}>
            Clear
          </Button>
        )}
        {!alarm.cleared && !isShelved && (
          <Button variant="default" leftSection={<IconClockPause size={16} />} onClick={() => open('shelve')}>
            Shelve…
          </Button>
        )}
        {isShelved && (
          <Button variant="default" leftSection={<IconClockPlay size={16} />} disabled={isRunning} onClick={() => run(unshelve)}>
            Unshelve
          </Button>
        )}
        <Button variant="subtle" color="red" c="var(--fl-error)" leftSection={<IconTrash size={16} />} onClick={() => open('delete')}>
          Delete…
        </Button>
      </div>
      <ShelveDialog alarm={alarm} isOpen={dialog === 'shelve'} onClose={() => open(undefined)} />
      <ConfirmDialog
        isOpen={dialog === 'delete'}
        title={`Delete ${alarm.type}?`}
        action="Delete alarm"
        onClose={() => open(undefined)}
        onConfirm={async () => {
          await alarmApi.remove(alarm.id.id);
          confirmDone(`${alarm.type} was deleted.`);
          onDeleted();
          client.removeQueries({ queryKey: alarmQueries.one(alarm.id.id).queryKey });
          await client.invalidateQueries({ queryKey: ['alarms', 'list'] });
        }}
      >
        The alarm and its comments disappear, also from the history. This cannot be undone. To end the alarm and keep its history, clear it.
      </ConfirmDialog>
    </div>
  );
}
