import { alarmDataCommandSchema, alarmDataDraftOf, type AlarmDataCommand } from '@fieldline/api-contract';
import { AlarmDataSubscription } from '../alarms/alarm-data-subscription.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';

/** A page of alarms, and what changes on it (websocket-api.md §7). */
export const alarmDataKind: CommandKind<AlarmDataCommand> = {
  type: 'ALARM_DATA',
  schema: alarmDataCommandSchema,
  version: 2,
  faultOf: ({ query }) => (query === undefined || query === null ? 'Query is empty!' : undefined),
  open,
};

async function open(command: AlarmDataCommand, context: CommandContext): Promise<OpenedCommand<AlarmDataCommand>> {
  const subscription = new AlarmDataSubscription(context);
  const show = async ({ query }: AlarmDataCommand): Promise<void> => {
    if (query === undefined || query === null) return;
    // The window of the query moves with the time.
    await subscription.show((nowMs) => alarmDataDraftOf(query, nowMs), query.pageLink?.timeWindow ?? 0);
  };
  await show(command);
  return { update: show };
}
