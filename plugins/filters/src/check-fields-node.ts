import { bodyObject, defineRuleNode, route, z, type Message } from '@fieldline/plugin-sdk';
import { filterErrors } from './errors.js';

/**
 * Sends a message by `True` where it has the fields listed, at the top level of its body and in its metadata.
 * A field whose value is null is there.
 */
export const checkFieldsNode = defineRuleNode({
  type: 'filter.check-fields',
  version: 0,
  category: 'filter',
  title: 'Check fields presence',
  summary: 'Asks whether the message has certain fields.',
  docs: [
    'Only the top level of the body is looked at, and a field with the value `null` counts as present.',
    '',
    'With *all keys*, every field and every metadata key listed must be there; an empty list asks for nothing. Without it, one of them is enough,',
    'and two empty lists give `False`. The body is only read where fields of it are listed; then it must be an object.',
  ].join('\n'),
  icon: 'list-check',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbCheckMessageNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    messageNames: z.array(z.string()).default([]).describe('Fields of the message body.').meta({ title: 'Message fields' }),
    metadataNames: z.array(z.string()).default([]).describe('Keys of the metadata.').meta({ title: 'Metadata keys' }),
    checkAllKeys: z
      .boolean()
      .default(true)
      .describe('Whether all of them must be there, or one is enough.')
      .meta({ title: 'Check that all keys are present' }),
  }),
  defaults: { messageNames: [], metadataNames: [], checkAllKeys: true },
  examples: [
    {
      title: 'A field with null is there.',
      config: { messageNames: ['temperature'], metadataNames: ['deviceName'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: null } },
      to: 'True',
    },
    {
      title: 'One of several is missing.',
      config: { messageNames: ['temperature', 'humidity'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'False',
    },
    {
      title: 'One of several is enough.',
      config: { messageNames: ['temperature', 'humidity'], checkAllKeys: false },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'True',
    },
  ],
  onMessage(message, { config: { messageNames, metadataNames, checkAllKeys } }) {
    const hasField = messageNames.length === 0 ? () => false : fieldsOf(message);
    const hasKey = (key: string): boolean => Object.hasOwn(message.metadata, key);
    const isTrue = checkAllKeys
      ? messageNames.every(hasField) && metadataNames.every(hasKey)
      : messageNames.some(hasField) || metadataNames.some(hasKey);
    return route(isTrue ? 'True' : 'False', message);
  },
});

function fieldsOf(message: Message): (name: string) => boolean {
  const body = bodyObject(message);
  if (body === undefined) throw filterErrors.BODY_NOT_OBJECT();
  return (name) => Object.hasOwn(body, name);
}
