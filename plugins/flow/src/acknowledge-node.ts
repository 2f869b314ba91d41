import { defineRuleNode, fail, z } from '@fieldline/plugin-sdk';

/** Takes a message from the strategies of its queue: what fails behind it is not retried. */
export const acknowledgeNode = defineRuleNode({
  type: 'flow.acknowledge',
  version: 0,
  category: 'flow',
  title: 'Acknowledge',
  summary: 'Tells the queue that the message is done, then lets it go on.',
  docs: [
    'A queue that retries messages does not retry one that has come by here, whatever becomes of it afterwards. The device is told that its message was',
    'received only when everything that the message causes is stored, as without this node.',
  ].join('\n'),
  icon: 'circle-check',
  examples: [{ title: 'it goes on as it is', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Success' }],
  thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbAckNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  engine: 'acknowledge',
  onMessage: (message) => fail(new Error('The engine acknowledges messages by itself.'), message),
});
