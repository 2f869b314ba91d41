import { defineRuleNode, membersOf, route, textOfMembers, z, type Message } from '@fieldline/plugin-sdk';
import { keyChoice, keyPatterns, type KeyChoice } from './key-patterns.js';

const config = z.strictObject({
  deleteFrom: z.enum(['DATA', 'METADATA']).describe('Where the keys are: in the message body or in its metadata.').meta({ title: 'Delete from' }),
  keys: keyPatterns('Keys to delete.'),
});

/** Removes keys of the body's top level or of the metadata. */
export const deleteKeysNode = defineRuleNode({
  type: 'transform.delete-keys',
  version: 2,
  migrate: { 0: deleteFromOf, 1: deleteFromOf },
  category: 'transformation',
  title: 'Delete key-value pairs',
  summary: 'Removes values from the message or its metadata.',
  docs: [
    'Every key that one of the patterns fits as a whole is removed; `temp.*` takes all keys that begin with `temp`. Look-around such as `(?!…)` and',
    'back references do not work. Only the top level of the body is looked at; a body that is no object passes as it is.',
  ].join('\n'),
  icon: 'eraser',
  examples: [
    {
      title: 'keys that a pattern fits go',
      config: { keys: ['debug.*'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5, debugHeap: 1, debug: 2 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbDeleteKeysNode', configurationVersion: 2 },
  relationTypes: ['Success'],
  config,
  defaults: { deleteFrom: 'DATA', keys: [] },
  onStart: ({ config: { keys } }) => void keyChoice(keys),
  onMessage(message, { config: { deleteFrom, keys } }) {
    const isGone = keyChoice(keys);
    return route('Success', deleteFrom === 'DATA' ? withoutMembers(message, isGone) : withoutMetadata(message, isGone));
  },
});

function withoutMembers(message: Message, isGone: KeyChoice): Message {
  const members = membersOf(message);
  const gone = [...(members?.keys() ?? [])].filter(isGone);
  if (members === undefined || gone.length === 0) return message;
  for (const key of gone) members.delete(key);
  return message.with({ text: textOfMembers(members) });
}

function withoutMetadata(message: Message, isGone: KeyChoice): Message {
  const entries = Object.entries(message.metadata);
  const kept = entries.filter(([key]) => !isGone(key));
  return kept.length === entries.length ? message : message.with({ metadata: Object.fromEntries(kept) });
}

/** Version 0 said `fromMetadata` with a boolean, version 1 `dataToFetch` with a word. */
function deleteFromOf(old: unknown): unknown {
  const { fromMetadata, dataToFetch, ...rest } = old as { fromMetadata?: unknown; dataToFetch?: unknown };
  if (fromMetadata !== undefined) return { ...rest, deleteFrom: fromMetadata === true ? 'METADATA' : 'DATA' };
  return dataToFetch === undefined ? old : { ...rest, deleteFrom: dataToFetch };
}
