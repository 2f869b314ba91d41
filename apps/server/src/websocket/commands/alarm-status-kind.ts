import { alarmStatusCommandSchema, type AlarmStatusCommand } from '@fieldline/api-contract';
import { AlarmStatusSubscription } from '../alarms/alarm-status-subscription.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';

/** Whether an entity has an alarm that is not cleared, and each time that changes (websocket-api.md §8). */
export const alarmStatusKind: CommandKind<AlarmStatusCommand> = {
  type: 'ALARM_STATUS',
  schema: alarmStatusCommandSchema,
  version: 2,
  faultOf: ({ originatorId }) => (originatorId === undefined || originatorId === null ? 'Originator id is empty!' : undefined),
  open,
};

async function open(command: AlarmStatusCommand, context: CommandContext): Promise<OpenedCommand<AlarmStatusCommand> | undefined> {
  const { originatorId, typeList, severityList } = command;
  if (originatorId === undefined || originatorId === null) return undefined;
  const { tenantId, entity } = await context.require({ entityType: originatorId.entityType, id: originatorId.id.toLowerCase() }, 'read');
  if (context.isEnded) return undefined;
  const subscription = new AlarmStatusSubscription(context, {
    tenantId,
    originator: entity,
    types: typeList ?? [],
    severities: severityList ?? [],
  });
  await subscription.begin();
  return {};
}
