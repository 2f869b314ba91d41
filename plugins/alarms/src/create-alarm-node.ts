import {
  alarmSeverities,
  type AlarmSeverity,
  type AlarmSpecification,
  defineRuleNode,
  detailsScript,
  fail,
  fillTemplate,
  type JsonValue,
  type Message,
  readingTsMs,
  route,
  z,
} from '@fieldline/plugin-sdk';
import { alarmMessage, platformMessage } from './alarm-message.js';
import { checkDetails, detailsOf, keepDetails } from './details.js';
import { alarmNodeErrors } from './errors.js';
import { messageAlarm } from './message-alarm.js';

const config = z.strictObject({
  alarmType: z.string().default('General Alarm').describe('What is wrong. May hold ${metadata} and $[data].').meta({ title: 'Alarm type' }),
  severity: z.string().default('CRITICAL').describe('How bad it is; a template where the severity is dynamic.').meta({ title: 'Severity' }),
  dynamicSeverity: z
    .boolean()
    .default(false)
    .describe('Takes the severity from the message by a template.')
    .meta({ title: 'Use alarm severity pattern' }),
  propagate: z
    .boolean()
    .default(false)
    .describe('Shows the alarm at entities related to the originator.')
    .meta({ title: 'Propagate to related entities' }),
  propagateToOwner: z.boolean().default(false).describe('Shows the alarm at the owner of the originator.').meta({ title: 'Propagate to owner' }),
  propagateToTenant: z.boolean().default(false).describe('Shows the alarm at the tenant.').meta({ title: 'Propagate to tenant' }),
  relationTypes: z.array(z.string()).default([]).describe('Entity relations to propagate along; empty means all.').meta({ title: 'Relation types' }),
  useMessageAlarmData: z.boolean().default(false).describe('Takes the alarm from the body of the message.').meta({ title: 'Use message alarm data' }),
  overwriteAlarmDetails: z
    .boolean()
    .default(true)
    .describe('Runs the details script although the body is the alarm.')
    .meta({ title: 'Overwrite alarm details' }),
  ...detailsScript.fields,
});
export type CreateAlarmSettings = z.infer<typeof config>;

/** Raises an alarm about the originator, or confirms the one that is active. */
export const createAlarmNode = defineRuleNode({
  type: 'action.create-alarm',
  version: 0,
  category: 'action',
  title: 'Create alarm',
  summary: 'Raises an alarm, or updates the active one of the same type.',
  docs: [
    'At most one alarm of a type is active for an originator. Where there is none, a new one starts at the time of the reading and leaves by',
    '`Created`, with `isNewAlarm` in the metadata. Where one is active, severity, propagation and details are replaced, its end moves to now, and it',
    'leaves by `Updated` with `isExistingAlarm`; acknowledgement and start stay. The body of the message is then the alarm, its type `ALARM`. Where',
    'nothing at all changed, the message leaves by `Success` as it came.',
    '',
    'The details script is the inside of a function `Details(msg, metadata, msgType)` and returns any JSON. It sees the details of the active alarm as',
    'text in `metadata.prevAlarmDetails`.',
    '',
    "The rule chain of the alarm's originator gets a message of type `ENTITY_CREATED` or `ENTITY_UPDATED` besides.",
  ].join('\n'),
  examples: [
    {
      title: 'The first reading of a fault raises the alarm',
      config: { alarmType: 'High temperature', severity: 'MAJOR' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 60 } },
      to: 'Created',
      result: { type: 'ALARM', metadata: { isNewAlarm: 'true' } },
    },
    {
      title: 'Type and severity come from the message',
      config: { alarmType: 'Fault of ${deviceName}', severity: '$[level]', dynamicSeverity: true },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { level: 'WARNING' } },
      to: 'Created',
    },
    {
      title: 'The message names a severity that there is not',
      config: { severity: '$[level]', dynamicSeverity: true },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { level: 'BAD' } },
      to: 'Failure',
    },
  ],
  icon: 'bell-plus',
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbCreateAlarmNode', configurationVersion: 0 },
  relationTypes: ['Created', 'Updated', 'False', 'Success'],
  config,
  defaults: {
    alarmType: 'General Alarm',
    severity: 'CRITICAL',
    dynamicSeverity: false,
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    relationTypes: [],
    useMessageAlarmData: false,
    overwriteAlarmDetails: false,
    scriptLang: 'TBEL',
    alarmDetailsBuildJs: keepDetails.js,
    alarmDetailsBuildTbel: keepDetails.tbel,
  },
  needs: ['alarms', 'scripts'],
  onStart({ config: settings, scripts }) {
    if (!settings.useMessageAlarmData && !settings.dynamicSeverity) severityOf(settings.severity);
    if (runsScript(settings)) checkDetails(settings, scripts);
  },
  async onMessage(message, { config: settings, alarms, scripts, nodeId }) {
    const wanted = settings.useMessageAlarmData ? fromMessage(message) : fromSettings(message, settings);
    const about = wanted.originator === undefined ? message : message.with({ originator: wanted.originator });
    const existing = await alarms.active(about, wanted.type);
    let { details } = wanted;
    if (runsScript(settings)) {
      const reply = detailsOf(settings, scripts, message, existing);
      if ('problem' in reply) return fail(reply.problem, message);
      details = reply.value;
    }
    const { alarm, change } = await alarms.raise(about, { ...wanted, details });
    if (change === 'unchanged') return route('Success', message);
    const isNew = change === 'created';
    const told = platformMessage(isNew ? 'ENTITY_CREATED' : 'ENTITY_UPDATED', message, alarms, alarm, nodeId);
    const next = alarmMessage(message, alarms, alarm, isNew ? 'isNewAlarm' : 'isExistingAlarm');
    return route(isNew ? 'Created' : 'Updated', next, { spawns: [told] });
  },
});

function runsScript({ useMessageAlarmData, overwriteAlarmDetails }: CreateAlarmSettings): boolean {
  return !useMessageAlarmData || overwriteAlarmDetails;
}

function fromSettings(message: Message, settings: CreateAlarmSettings): AlarmSpecification {
  const { propagate, propagateToOwner, propagateToTenant, relationTypes: propagateRelationTypes } = settings;
  const severity = severityOf(settings.dynamicSeverity ? fillTemplate(settings.severity, message) : settings.severity);
  const type = fillTemplate(settings.alarmType, message);
  return { type, severity, startMs: readingTsMs(message), details: null, propagate, propagateToOwner, propagateToTenant, propagateRelationTypes };
}

function fromMessage(message: Message): AlarmSpecification {
  const { details = null as JsonValue, ...alarm } = messageAlarm(message);
  return { ...alarm, details, startMs: readingTsMs(message) };
}

/** @throws ALARM_NODE_SEVERITY_INVALID */
function severityOf(severity: string): AlarmSeverity {
  const known = alarmSeverities.find((name) => name === severity);
  if (known === undefined) throw alarmNodeErrors.SEVERITY_INVALID({ severity });
  return known;
}
