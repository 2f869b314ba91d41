import { defineRuleNode, z, type Message, type Outcome } from '@fieldline/plugin-sdk';

/** Sends a message by `True` where its type is one of those listed, exactly as written. */
export const messageTypeNode = defineRuleNode({
  type: 'filter.message-type',
  version: 0,
  category: 'filter',
  title: 'Message type filter',
  summary: 'Lets messages of certain types pass.',
  docs: 'The type of the message is compared exactly, with its case. Types of your own, as scripts and other nodes set them, may be listed too.',
  icon: 'mail-check',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    messageTypes: z.array(z.string()).describe('Types that leave by True, for example POST_TELEMETRY_REQUEST.').meta({ title: 'Message types' }),
  }),
  defaults: { messageTypes: ['POST_ATTRIBUTES_REQUEST', 'POST_TELEMETRY_REQUEST', 'TO_SERVER_RPC_REQUEST'] },
  examples: [
    { title: 'A reading passes.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'True' },
    {
      title: 'A type of one’s own, listed.',
      config: { messageTypes: ['DOOR_OPENED'] },
      message: { type: 'DOOR_OPENED', data: {} },
      to: 'True',
    },
    { title: 'Case counts.', message: { type: 'post_telemetry_request', data: {} }, to: 'False' },
  ],
  onMessage: (message, { config }) => byType(message, config.messageTypes),
  onBatch: (messages, { config }) => messages.map((message) => byType(message, config.messageTypes)),
});

function byType(message: Message, types: readonly string[]): Outcome<'True' | 'False', never> {
  return { kind: 'routed', to: types.includes(message.type) ? 'True' : 'False', message };
}
