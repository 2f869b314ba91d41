import { attributeScopes, defineRuleNode, fillTemplate, type NewMessage, route, z } from '@fieldline/plugin-sdk';
import { KEYS_MAX } from './limits.js';
import { scopeOf } from './scope.js';

/** Removes attributes of the originator by their keys. */
export const deleteAttributesNode = defineRuleNode({
  type: 'action.delete-attributes',
  version: 0,
  category: 'action',
  title: 'Delete attributes',
  summary: 'Removes attributes of the originator.',
  docs: [
    'Takes messages of any type. Keys may hold `${metadata}` and `$[data]`; what is blank then, or the same twice, is left out. The metadata key `scope`',
    'overrides the scope. A message that names no key leaves by `Success`, and so does one whose attributes are gone already.',
    '',
    '*Send attributes deleted notification* sends a message `ATTRIBUTES_DELETED` with the keys through the rule chain of the originator.',
    '',
    'Devices are not told about removed shared attributes yet: *Notify device* and the metadata key `notifyDevice` are kept for when they will be.',
  ].join('\n'),
  examples: [
    {
      title: 'A key that the message names',
      config: { keys: ['limit', '${alsoRemove}'] },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { alsoRemove: 'limitUnit' }, data: {} },
      to: 'Success',
    },
    {
      title: 'There is no such scope',
      config: { keys: ['limit'] },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { scope: 'ANY' }, data: {} },
      to: 'Failure',
    },
  ],
  icon: 'tags-off',
  thingsboard: { className: 'org.thingsboard.rule.engine.telemetry.TbMsgDeleteAttributesNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({
    scope: z
      .enum(attributeScopes)
      .default('SERVER_SCOPE')
      .describe('Scope of the attributes. The metadata key scope overrides it.')
      .meta({ title: 'Scope' }),
    keys: z.array(z.string()).max(KEYS_MAX).default([]).describe('Keys to remove. May hold ${metadata} and $[data].').meta({ title: 'Keys' }),
    sendAttributesDeletedNotification: z
      .boolean()
      .default(false)
      .describe('Sends a message of type ATTRIBUTES_DELETED through the rule chain of the originator.')
      .meta({ title: 'Send attributes deleted notification' }),
    notifyDevice: z
      .boolean()
      .default(false)
      .describe('Tells the device about removed shared attributes, whatever the message says. Devices are not told yet.')
      .meta({ title: 'Notify device' }),
  }),
  defaults: { scope: 'SERVER_SCOPE', keys: [], sendAttributesDeletedNotification: false, notifyDevice: false },
  needs: ['attributes'],
  async onMessage(message, { config, attributes, nodeId }) {
    const filled = config.keys.map((key) => fillTemplate(key, message));
    const keys = [...new Set(filled)].filter((key) => key.trim() !== '');
    if (keys.length === 0) return route('Success', message);
    const scope = scopeOf(message, config.scope);
    await attributes.remove(message.originator, scope, keys);
    if (!config.sendAttributesDeletedNotification) return route('Success', message);
    const { originator, customerId } = message;
    const told: NewMessage = {
      type: 'ATTRIBUTES_DELETED',
      originator,
      customerId,
      metadata: { scope, ruleNodeId: nodeId },
      data: { attributes: keys },
    };
    return route('Success', message, { spawns: [told] });
  },
});
