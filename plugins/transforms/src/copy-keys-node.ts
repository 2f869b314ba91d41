import { defineRuleNode, membersOf, route, textOfMembers, z, type Message } from '@fieldline/plugin-sdk';
import { keyChoice, keyPatterns, type KeyChoice } from './key-patterns.js';

const config = z.strictObject({
  copyFrom: z
    .enum(['DATA', 'METADATA'])
    .describe('Where the keys are: in the message body, which are copied to its metadata, or the other way round.')
    .meta({ title: 'Copy from' }),
  keys: keyPatterns('Keys to copy.'),
});

/** Copies keys of the body to the metadata, or of the metadata to the body. */
export const copyKeysNode = defineRuleNode({
  type: 'transform.copy-keys',
  version: 2,
  migrate: { 0: copyFromOf, 1: copyFromOf },
  category: 'transformation',
  title: 'Copy key-value pairs',
  summary: 'Copies values between the message and its metadata.',
  docs: [
    'Every key that one of the patterns fits as a whole is copied; `temp.*` takes all keys that begin with `temp`. Look-around such as `(?!…)` and',
    'back references do not work. A value that is there already under the key is replaced.',
    '',
    'To the metadata, texts are copied without quotes and everything else as JSON text: `42.0` stays `42.0`, null becomes `null`. To the body, all',
    'values are texts. Only the top level of the body is looked at; a body that is no object passes as it is.',
  ].join('\n'),
  icon: 'copy',
  examples: [
    {
      title: 'a value of the message goes to its metadata',
      config: { keys: ['unit', 'temp.*'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5, unit: 'C', humidity: 40 } },
      to: 'Success',
      result: { metadata: { temperature: '21.5', unit: 'C' }, data: { temperature: 21.5, unit: 'C', humidity: 40 } },
    },
    {
      title: 'the name of the device goes into the message',
      config: { copyFrom: 'METADATA', keys: ['deviceName'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5, deviceName: 'device-a' } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbCopyKeysNode', configurationVersion: 2 },
  relationTypes: ['Success'],
  config,
  defaults: { copyFrom: 'DATA', keys: [] },
  onStart: ({ config: { keys } }) => void keyChoice(keys),
  onMessage(message, { config: { copyFrom, keys } }) {
    const isWanted = keyChoice(keys);
    return route('Success', copyFrom === 'DATA' ? toMetadata(message, isWanted) : toData(message, isWanted));
  },
});

function toMetadata(message: Message, isWanted: KeyChoice): Message {
  const wanted = [...(membersOf(message) ?? [])].filter(([key]) => isWanted(key));
  if (wanted.length === 0) return message;
  const copies = wanted.map(([key, json]) => [key, json.startsWith('"') ? (JSON.parse(json) as string) : json]);
  return message.with({ metadata: { ...message.metadata, ...(Object.fromEntries(copies) as Record<string, string>) } });
}

function toData(message: Message, isWanted: KeyChoice): Message {
  const members = membersOf(message);
  const wanted = Object.entries(message.metadata).filter(([key]) => isWanted(key));
  if (members === undefined || wanted.length === 0) return message;
  for (const [key, value] of wanted) members.set(key, JSON.stringify(value));
  return message.with({ text: textOfMembers(members) });
}

/** Version 0 said `fromMetadata` with a boolean, version 1 with a word. */
function copyFromOf(old: unknown): unknown {
  const { fromMetadata, ...rest } = old as { fromMetadata?: unknown };
  if (fromMetadata === undefined) return old;
  return { ...rest, copyFrom: fromMetadata === true || fromMetadata === 'METADATA' ? 'METADATA' : 'DATA' };
}
