import { defineRuleNode, fail, z } from '@fieldline/plugin-sdk';

/** Continues in another rule chain, and leaves by the name of the output node the message reaches there. */
export const ruleChainNode = defineRuleNode({
  type: 'flow.rule-chain',
  version: 1,
  migrate: { 0: (old) => ({ forwardMsgToDefaultRuleChain: false, ...(old as object) }) },
  category: 'flow',
  title: 'Rule chain',
  summary: 'Runs the message through another rule chain.',
  docs: [
    'The message enters the other chain at its first node. Where it reaches an output node there, it comes back here and leaves by the name of',
    'that node; connections from here carry those names. Where it ends in the other chain without reaching one, it has ended.',
    '',
    'A message fails here where the chain would call itself, directly or through others.',
  ].join('\n'),
  icon: 'sitemap',
  examples: [
    {
      title: 'the other chain has an output node with the name Success, and the message reaches it',
      config: { ruleChainId: '01890a5d-ac96-774b-bcce-b302099a8057' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode', configurationVersion: 1 },
  relationTypes: 'custom',
  suggestedRelationTypes: ['Success'],
  config: z.strictObject({
    ruleChainId: z
      .guid('choose a rule chain')
      .describe('Rule chain the message continues in.')
      .meta({ title: 'Rule chain', reference: 'RULE_CHAIN' }),
    forwardMsgToDefaultRuleChain: z
      .boolean()
      .default(false)
      .describe("Takes the default rule chain of the originator's profile instead, where it has one.")
      .meta({ title: 'Forward to the default rule chain of the originator' }),
  }),
  defaults: { ruleChainId: '', forwardMsgToDefaultRuleChain: false },
  engine: 'rule-chain',
  onMessage: (message) => fail(new Error('The engine leads messages into rule chains by itself.'), message),
});
