import { detailsScript, type Alarm, type JsonValue, type Message, type ScriptReply, type ScriptsService } from '@fieldline/plugin-sdk';

/** The details script of a fresh node: keeps the details an alarm has. */
export const keepDetails = {
  js: ['var details = {};', 'if (metadata.prevAlarmDetails) {', '  details = JSON.parse(metadata.prevAlarmDetails);', '}', 'return details;'].join(
    '\n',
  ),
  tbel: [
    'var details = {};',
    'if (metadata.prevAlarmDetails != null) {',
    '  details = JSON.parse(metadata.prevAlarmDetails);',
    '}',
    'return details;',
  ].join('\n'),
};

type DetailsSettings = Parameters<typeof detailsScript.settingsOf>[0];

/** @throws where the script does not compile */
export function checkDetails(config: DetailsSettings, scripts: ScriptsService): void {
  scripts.check(detailsScript.settingsOf(config), 'json');
}

/** Asks the script for the details; it sees those of the alarm that exists already as metadata `prevAlarmDetails`. */
export function detailsOf(config: DetailsSettings, scripts: ScriptsService, message: Message, existing: Alarm | undefined): ScriptReply<JsonValue> {
  const hasDetails = existing !== undefined && existing.details !== null;
  const extra = hasDetails ? { prevAlarmDetails: JSON.stringify(existing.details) } : {};
  const [reply] = scripts.json(detailsScript.settingsOf(config), [message], [extra]);
  if (reply === undefined) throw new Error('A script gives one reply for each message.');
  return reply;
}
