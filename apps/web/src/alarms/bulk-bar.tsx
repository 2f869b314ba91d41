import { Button, CloseButton, Text } from '@mantine/core';
import { IconBellCheck, IconCheck, IconUserCheck } from '@tabler/icons-react';
import type { AlarmInfo } from '../api/wire.js';
import { acknowledge, assignTo, clear } from './alarm-commands.js';
import styles from './bulk-bar.module.css';
import { type Command, alarmCount } from './run-on-each.js';

interface Props {
  readonly alarms: readonly AlarmInfo[];
  readonly userId: string | undefined;
  readonly isRunning: boolean;
  readonly onCommand: (command: Command, alarms: readonly AlarmInfo[]) => void;
  readonly onClear: () => void;
}

/** What can be done with all selected alarms at once. */
export function BulkBar({ alarms, userId, isRunning, onCommand, onClear }: Props) {
  const commands = [
    { command: acknowledge, icon: IconCheck },
    { command: clear, icon: IconBellCheck },
    ...(userId === undefined ? [] : [{ command: assignTo(userId), icon: IconUserCheck }]),
  ];
  return (
    <div className={styles.root} role="group" aria-label="Selected alarms">
      <Text size="sm" fw={550} className={styles.count ?? ''} role="status">
        {alarmCount(alarms.length)} selected
      </Text>
      <div className={styles.commands}>
        {commands.map(({ command, icon: CommandIcon }) => (
          <Button
            key={command.name}
            size="compact-md"
            fz="sm"
            variant="default"
            leftSection={<CommandIcon size={16} />}
            disabled={isRunning || alarms.every(command.isDone)}
            onClick={() => onCommand(command, alarms)}
          >
            {command.name}
          </Button>
        ))}
      </div>
      <CloseButton aria-label="Clear the selection" onClick={onClear} />
    </div>
  );
}
