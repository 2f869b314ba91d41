import { Button } from '@mantine/core';
import { IconBellCheck, IconCheck, IconUserCheck } from '@tabler/icons-react';
import type { AlarmInfo } from '../api/wire.js';
import { SelectionBar } from '../ui/selection-bar.js';
import { acknowledge, assignTo, clear } from './alarm-commands.js';
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
    <SelectionBar label="Selected alarms" count={alarmCount(alarms.length)} onClear={onClear}>
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
    </SelectionBar>
  );
}
