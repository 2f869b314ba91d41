import { alarmStatus, allAtOnce, bodyObject, defineRuleNode, route, z, type AlarmsService, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { filterErrors } from './errors.js';

const statuses = ['ACTIVE_UNACK', 'ACTIVE_ACK', 'CLEARED_UNACK', 'CLEARED_ACK'] as const;
type Status = (typeof statuses)[number];

/** Sends a message that is an alarm by `True` where the alarm has one of the statuses listed now, not when the message was made. */
export const alarmStatusNode = defineRuleNode({
  type: 'filter.alarm-status',
  version: 0,
  category: 'filter',
  title: 'Alarm status filter',
  summary: 'Asks whether an alarm is active or cleared, acknowledged or not.',
  docs: [
    'The body of the message must be an alarm, as alarm nodes and alarm messages have it. The alarm is read anew by its id, so what the message says of',
    'its status does not count. A body that is no alarm, and an alarm that was deleted, leave by `Failure`.',
  ].join('\n'),
  icon: 'bell-question',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbCheckAlarmStatusNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    alarmStatusList: z
      .array(z.enum(statuses))
      .min(1)
      .describe('Statuses that leave by True: active or cleared, acknowledged or not.')
      .meta({ title: 'Alarm statuses' }),
  }),
  defaults: { alarmStatusList: ['ACTIVE_ACK', 'ACTIVE_UNACK'] },
  examples: [{ title: 'A reading is no alarm.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Failure' }],
  needs: ['alarms'],
  onMessage: (message, { config, alarms }) => byStatus(message, config.alarmStatusList, alarms),
  onBatch: (messages, { config, alarms }) => allAtOnce(messages, (message) => byStatus(message, config.alarmStatusList, alarms)),
});

const alarmBody = z.object({ id: z.object({ id: z.string().min(1) }) });

async function byStatus(message: Message, wanted: readonly Status[], alarms: AlarmsService): Promise<Outcome<'True' | 'False', never>> {
  const body = alarmBody.safeParse(bodyObject(message));
  if (!body.success) throw filterErrors.BODY_NOT_ALARM();
  const alarm = await alarms.byId(message, body.data.id.id);
  if (alarm === undefined) throw filterErrors.ALARM_NOT_FOUND();
  return route(wanted.includes(alarmStatus(alarm)) ? 'True' : 'False', message);
}
