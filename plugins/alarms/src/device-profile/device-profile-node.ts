import { defineRuleNode, emit, type Emission, end, epochMs, type Message, type NewMessage, route, z } from '@fieldline/plugin-sdk';
import { platformMessage } from '../alarm-message.js';
import { DEVICES_REMEMBERED } from '../limits.js';
import type { AlarmEvent } from './alarm-life.js';
import { deviceState } from './device-state.js';
import { deviceUpdates, valueMessages } from './device-updates.js';
import { DeviceVisit, type EndedAlarm, type VisitContext } from './device-visit.js';

type Relation = AlarmEvent['to'] | 'Success';

/** Runs the alarm rules of the originator's device profile. */
export const deviceProfileNode = defineRuleNode({
  type: 'action.device-profile',
  version: 1,
  migrate: { 0: withoutFetchOnStart },
  category: 'action',
  title: 'Device profile',
  summary: 'Raises and clears alarms by the rules of the device profile.',
  docs: [
    'Evaluates the alarm rules of the device profile for telemetry, attributes and activity of a device. The message always leaves by `Success` as it',
    'came; messages about alarms are new ones, with the alarm as their body, the type `ALARM`, and the metadata of the message with flags:',
    '',
    '| way out | when | flags |',
    '| --- | --- | --- |',
    '| `Alarm Created` | a rule holds and no alarm of the type is active | `isNewAlarm` |',
    '| `Alarm Updated` | it holds again, with the same severity | `isExistingAlarm` |',
    '| `Alarm Severity Updated` | a rule of a higher severity holds | `isExistingAlarm`, `isSeverityUpdated` |',
    '| `Alarm Cleared` | no rule holds and the clear rule does | `isClearedAlarm` |',
    '',
    'A repeating rule adds `alarmConditionRepeats`, one that must hold for some time `alarmConditionDuration` in milliseconds. The rule chain of the',
    'device gets `ENTITY_CREATED`, `ENTITY_UPDATED` or `ALARM_CLEAR` besides.',
    '',
    'Rules are looked at from CRITICAL down, and only those that use a value which changed; the first that holds decides. Values without a new time',
    'that are the same as before change nothing. A rule that must hold for some time also fires without new data, at the very instant when that',
    'time is over.',
    '',
    'What rules remember is always kept with the messages that led to it, and outlives a restart: *persist* and *fetch on start* are taken and change',
    'nothing. It begins anew where the device gets another profile.',
  ].join('\n'),
  examples: [
    {
      title: 'Without alarm rules the message passes',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
    { title: 'Other messages pass as well', message: { type: 'CUSTOM', data: {} }, to: 'Success' },
  ],
  icon: 'device-heart-monitor',
  deprecated: 'Alarm rules as calculated fields take its place in newer ThingsBoard; chains that have it run on.',
  thingsboard: { className: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode', configurationVersion: 1 },
  relationTypes: ['Alarm Created', 'Alarm Updated', 'Alarm Severity Updated', 'Alarm Cleared', 'Success'],
  config: z.object({
    persistAlarmRulesState: z
      .boolean()
      .default(false)
      .describe('Taken for compatibility: what rules remember is always kept.')
      .meta({ title: 'Persist state of alarm rules' }),
    fetchAlarmRulesStateOnStart: z
      .boolean()
      .default(false)
      .describe('Taken for compatibility: what rules remember is always there at the start.')
      .meta({ title: 'Fetch state of alarm rules' }),
  }),
  defaults: { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: false },
  state: { schema: deviceState, keyedBy: 'originator', maxEntries: DEVICES_REMEMBERED },
  needs: ['alarms', 'attributes', 'entities', 'timeSeries'],
  async onMessage(message, context) {
    if (message.originator.entityType !== 'DEVICE') return route('Success', message);
    const ended = endedAlarm(message, context.nodeId);
    if (ended === undefined && !valueMessages.has(message.type)) return route('Success', message);
    const visit = await visitOf(message, context);
    if (visit === undefined) return end('unknown device');
    if (!visit.hasRules) return route('Success', message);
    if (ended !== undefined) visit.forgetAlarm(ended);
    for (const update of deviceUpdates(message, context.nowMs)) await visit.update(update);
    return route('Success', message, { ...extrasOf('message', message, visit, context), emits: emissionsOf(message, visit, context) });
  },
  async onTimer(message, context) {
    const visit = await visitOf(message, context);
    if (visit === undefined) return end('unknown device');
    await visit.timer();
    return emit(emissionsOf(message, visit, context), extrasOf('timer', message, visit, context));
  },
});

type NodeContext = VisitContext & { readonly nodeId: string };

async function visitOf(message: Message, context: NodeContext): Promise<DeviceVisit | undefined> {
  const profile = await context.entities.profileOf(message.originator);
  return profile && DeviceVisit.begin(message, context, profile);
}

/** The alarm that a message says is over, or gone. What the node itself cleared it knows. */
function endedAlarm(message: Message, nodeId: string): EndedAlarm | undefined {
  if (message.type !== 'ALARM_CLEAR' && message.type !== 'ALARM_DELETE') return undefined;
  if (message.metadata['ruleNodeId'] === nodeId) return undefined;
  const alarm = alarmBody.safeParse(message.data);
  return alarm.success ? { id: alarm.data.id.id, type: alarm.data.type } : undefined;
}

const alarmBody = z.object({ id: z.object({ id: z.string() }), type: z.string() });

function emissionsOf(message: Message, { events }: DeviceVisit, { alarms }: NodeContext): readonly Emission<Relation>[] {
  return events.map(({ to, alarm, flags }) => ({
    to,
    message: {
      type: 'ALARM',
      originator: message.originator,
      customerId: message.customerId,
      metadata: { ...message.metadata, ...flags },
      data: alarms.toJson(alarm),
    },
  }));
}

function extrasOf(occasion: 'message' | 'timer', message: Message, visit: DeviceVisit, { alarms, nodeId }: NodeContext) {
  const { state, wakeAtMs } = visit.end(occasion);
  const spawns: NewMessage[] = visit.events.map(({ to, alarm }) => platformMessage(platformTypes[to], message, alarms, alarm, nodeId));
  return {
    ...(state === undefined ? {} : { state }),
    ...(spawns.length === 0 ? {} : { spawns }),
    ...(wakeAtMs === undefined ? {} : { wakeAtMs: epochMs(wakeAtMs) }),
  };
}

const platformTypes = {
  'Alarm Created': 'ENTITY_CREATED',
  'Alarm Updated': 'ENTITY_UPDATED',
  'Alarm Severity Updated': 'ENTITY_UPDATED',
  'Alarm Cleared': 'ALARM_CLEAR',
} as const;

/** Version 0 could not say "do not fetch" where nothing was kept. */
function withoutFetchOnStart(old: unknown): unknown {
  const settings = old as { readonly persistAlarmRulesState?: unknown };
  return settings.persistAlarmRulesState === false ? { ...settings, fetchAlarmRulesStateOnStart: false } : settings;
}
