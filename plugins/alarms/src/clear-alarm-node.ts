import { defineRuleNode, detailsScript, fail, fillTemplate, route, z } from '@fieldline/plugin-sdk';
import { alarmMessage, platformMessage } from './alarm-message.js';
import { checkDetails, detailsOf, keepDetails } from './details.js';

/** Clears the active alarm of a type, or the alarm the message is about. */
export const clearAlarmNode = defineRuleNode({
  type: 'action.clear-alarm',
  version: 0,
  category: 'action',
  title: 'Clear alarm',
  summary: 'Clears the active alarm of a type.',
  docs: [
    "Takes the alarm the message is about where its originator is an alarm, else the originator's active alarm of the type. Where there is none, or it",
    'was cleared before, the message leaves by `False` as it came. Else the alarm is cleared now and leaves by `Cleared`: the body is the alarm, the',
    'type `ALARM`, and the metadata holds `isClearedAlarm`.',
    '',
    'The details script is the inside of a function `Details(msg, metadata, msgType)` and returns any JSON. It sees the details the alarm had as text in',
    "`metadata.prevAlarmDetails`. The rule chain of the alarm's originator gets a message of type `ALARM_CLEAR` besides.",
  ].join('\n'),
  examples: [
    {
      title: 'No alarm of the type is active',
      config: { alarmType: 'High temperature' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'False',
      result: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
    },
    {
      title: 'An active alarm is cleared',
      config: { alarmType: 'Leak' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { isDry: true } },
      to: 'Cleared',
      result: { type: 'ALARM', metadata: { isClearedAlarm: 'true' } },
    },
  ],
  icon: 'bell-check',
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbClearAlarmNode', configurationVersion: 0 },
  relationTypes: ['Cleared', 'False'],
  config: z.strictObject({
    alarmType: z.string().default('General Alarm').describe('Type of the alarm. May hold ${metadata} and $[data].').meta({ title: 'Alarm type' }),
    ...detailsScript.fields,
  }),
  defaults: { alarmType: 'General Alarm', scriptLang: 'TBEL', alarmDetailsBuildJs: keepDetails.js, alarmDetailsBuildTbel: keepDetails.tbel },
  needs: ['alarms', 'scripts'],
  onStart: ({ config, scripts }) => checkDetails(config, scripts),
  async onMessage(message, { config, alarms, scripts, nodeId }) {
    const { originator } = message;
    const isAboutAlarm = originator.entityType === 'ALARM';
    const alarm = await (isAboutAlarm ? alarms.byId(message, originator.id) : alarms.active(message, fillTemplate(config.alarmType, message)));
    if (alarm === undefined || alarm.clearedAtMs !== undefined) return route('False', message);
    const details = detailsOf(config, scripts, message, alarm);
    if ('problem' in details) return fail(details.problem, message);
    const cleared = await alarms.clear(message, alarm, details.value);
    if (cleared === undefined) return route('False', message);
    const told = platformMessage('ALARM_CLEAR', message, alarms, cleared, nodeId);
    return route('Cleared', alarmMessage(message, alarms, cleared, 'isClearedAlarm'), { spawns: [told] });
  },
});
