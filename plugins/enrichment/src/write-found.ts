import { membersOf, textOfMembers, valueJsonText, valueText, z, type Message, type TypedValue } from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';

/** A value a node found: as text for the metadata, as JSON text for the body. */
export interface Found {
  readonly text: string;
  readonly json: string;
}

export const foundValue = (value: TypedValue): Found => ({ text: valueText(value), json: valueJsonText(value) });
export const foundText = (text: string): Found => ({ text, json: JSON.stringify(text) });
export const foundJson = (json: string): Found => ({ text: json, json });

export const fetchTo = z
  .enum(['DATA', 'METADATA'])
  .describe('Where the values go: into the body of the message, with their types, or into its metadata, as texts.')
  .meta({ title: 'Add to' });
export type FetchTo = z.infer<typeof fetchTo>;

/**
 * How values get into a message, by the keys they get there. Call it before anything is read: a body that cannot take
 * them fails first.
 *
 * @throws ENRICHMENT_BODY_NOT_OBJECT
 */
export function writerInto(message: Message, target: FetchTo): (found: ReadonlyMap<string, Found>) => Message {
  if (target === 'METADATA') {
    return (found) => {
      const added = Array.from(found, ([key, { text }]): [string, string] => [key, text]);
      return message.with({ metadata: Object.fromEntries([...Object.entries(message.metadata), ...added]) });
    };
  }
  const members = membersOf(message);
  if (members === undefined) throw enrichmentErrors.BODY_NOT_OBJECT();
  return (found) => {
    for (const [key, { json }] of found) members.set(key, json);
    return message.with({ text: textOfMembers(members) });
  };
}

/** Version 0 of several nodes had a switch that said whether values go to one of the two. */
export function withFetchTo(name: string, whenOn: FetchTo): (old: unknown) => unknown {
  return (old) => {
    const { [name]: isOn, ...rest } = old as Readonly<Record<string, unknown>>;
    return { ...rest, fetchTo: isOn === true ? whenOn : whenOn === 'DATA' ? 'METADATA' : 'DATA' };
  };
}
