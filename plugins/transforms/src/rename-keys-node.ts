import { defineRuleNode, membersOf, route, textOfMembers, z } from '@fieldline/plugin-sdk';

const config = z.strictObject({
  renameIn: z.enum(['DATA', 'METADATA']).describe('Where the keys are: in the message body or in its metadata.').meta({ title: 'Rename keys in' }),
  renameKeysMapping: z
    .record(z.string(), z.string())
    .refine((mapping) => Object.keys(mapping).length > 0, 'name at least one key')
    .describe('From the old name of a key to its new one.')
    .meta({ title: 'Keys mapping' }),
});

/** Renames keys of the body's top level or of the metadata. */
export const renameKeysNode = defineRuleNode({
  type: 'transform.rename-keys',
  version: 2,
  migrate: { 0: renameInFrom, 1: renameInFrom },
  category: 'transformation',
  title: 'Rename keys',
  summary: 'Gives keys of the message or its metadata other names.',
  docs: [
    'Keys are compared exactly and only at the top level. A renamed key goes to the end; where the new name exists already, its value is replaced.',
    'Keys that are missing are skipped, a body that is no object passes as it is. Numbers stay as they were written.',
    'A key that is mapped to itself is removed.',
  ].join('\n'),
  icon: 'cursor-text',
  examples: [
    {
      title: 'the value stays, its key is another one',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperatureCelsius: 21.5, humidity: 40 } },
      to: 'Success',
      result: { data: { humidity: 40, temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbRenameKeysNode', configurationVersion: 2 },
  relationTypes: ['Success'],
  config,
  defaults: { renameIn: 'DATA', renameKeysMapping: { temperatureCelsius: 'temperature' } },
  onMessage(message, { config: { renameIn, renameKeysMapping } }) {
    const mapping = Object.entries(renameKeysMapping);
    if (renameIn === 'METADATA') {
      const metadata = renamed(new Map(Object.entries(message.metadata)), mapping);
      return route('Success', metadata === undefined ? message : message.with({ metadata: Object.fromEntries(metadata) }));
    }
    const members = membersOf(message);
    const body = members === undefined ? undefined : renamed(members, mapping);
    return route('Success', body === undefined ? message : message.with({ text: textOfMembers(body) }));
  },
});

/** The members under their new names; undefined where none of the keys is there. */
function renamed(members: Map<string, string>, mapping: readonly [string, string][]): Map<string, string> | undefined {
  let isChanged = false;
  for (const [from, to] of mapping) {
    const value = members.get(from);
    if (value === undefined) continue;
    members.set(to, value);
    members.delete(from);
    isChanged = true;
  }
  return isChanged ? members : undefined;
}

/** Version 0 said `fromMetadata` with a boolean, version 1 with a word. */
function renameInFrom(old: unknown): unknown {
  const { fromMetadata, ...rest } = old as { fromMetadata?: unknown };
  if (fromMetadata === undefined) return old;
  return { ...rest, renameIn: fromMetadata === true || fromMetadata === 'METADATA' ? 'METADATA' : 'DATA' };
}
