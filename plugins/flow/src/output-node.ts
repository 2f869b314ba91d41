import { defineRuleNode, fail, z } from '@fieldline/plugin-sdk';

/** Returns a message to the rule chain that called this one; the name of the node is the relation type it leaves by there. */
export const outputNode = defineRuleNode({
  type: 'flow.output',
  version: 0,
  category: 'flow',
  title: 'Output',
  summary: 'Returns the message to the rule chain that called this one.',
  docs: [
    'The message goes on behind the *rule chain* node that led here, by the connection with the name of this output node. In a chain that was',
    'entered directly, without a caller, the message ends.',
  ].join('\n'),
  icon: 'arrow-bar-right',
  examples: [{ title: 'the message leaves this rule chain', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: [] }],
  thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode', configurationVersion: 0 },
  relationTypes: [],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: { version: 0 },
  engine: 'output',
  onMessage: (message) => fail(new Error('The engine returns messages to the calling chain by itself.'), message),
});
