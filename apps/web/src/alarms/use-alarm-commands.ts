import { useMutation, useQueryClient } from '@tanstack/react-query';
import { alarmQueries } from '../api/alarm-queries.js';
import { messageOf } from '../api/failures.js';
import type { AlarmInfo } from '../api/wire.js';
import { confirmDone } from '../ui/notify.js';
import { type Command, type Outcome, outcomeText, runOnEach } from './run-on-each.js';

interface Order {
  readonly command: Command;
  readonly alarms: readonly AlarmInfo[];
}

/** Runs commands on alarms, says what became of them, and looks everything about alarms up again. */
export function useAlarmCommands(onSettled?: (outcome: Outcome, alarms: readonly AlarmInfo[]) => void) {
  const client = useQueryClient();
  const { mutate, data, variables, isPending, reset } = useMutation({
    mutationFn: ({ command, alarms }: Order) => runOnEach(command, alarms, messageOf),
    onSuccess: (outcome, { command, alarms }) => {
      onSettled?.(outcome, alarms);
      if (outcome.failed.length === 0) confirmDone(`${outcomeText(command, outcome)}.`);
      return client.invalidateQueries({ queryKey: alarmQueries.all });
    },
  });
  const hasFailed = data !== undefined && data.failed.length > 0 && variables !== undefined;
  return {
    run: (command: Command, alarms: readonly AlarmInfo[]) => mutate({ command, alarms }),
    isRunning: isPending,
    /** Stays until it is read, unlike the confirmation. */
    failure: hasFailed ? outcomeText(variables.command, data) : undefined,
    forgetFailure: reset,
  };
}
