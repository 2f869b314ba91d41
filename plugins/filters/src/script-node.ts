import { defineRuleNode, scriptFields, scriptOutcome, scriptOutcomes, z, type Message, type Outcome } from '@fieldline/plugin-sdk';

/** Sends a message by `True` or `False`, as the script says. Anything but a boolean fails it. */
export const scriptNode = defineRuleNode({
  type: 'filter.script',
  version: 0,
  category: 'filter',
  title: 'Script filter',
  summary: 'Asks a script whether the message is true or false.',
  docs: [
    'The script is the inside of a function `Filter(msg, metadata, msgType)`. It must return `true` or `false`; `1`, `"true"` and nothing at all',
    'are errors and send the message to `Failure`.',
    '',
    '```js',
    'return msg.temperature > 20;',
    '```',
  ].join('\n'),
  icon: 'filter-code',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbJsFilterNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject(scriptFields('Filter(msg, metadata, msgType) returns true or false.')),
  defaults: { scriptLang: 'TBEL', jsScript: 'return msg.temperature > 20;', tbelScript: 'return msg.temperature > 20;' },
  examples: [
    { title: 'Warmer than 20 degrees.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'True' },
    { title: 'Just 20 degrees.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 20 } }, to: 'False' },
  ],
  needs: ['scripts'],
  onStart: ({ config, scripts }) => scripts.check(config, 'filter'),
  onMessage: (message, { config, scripts }) => scriptOutcome(message, scripts.filter(config, [message]), byAnswer),
  onBatch: (messages, { config, scripts }) => scriptOutcomes(messages, scripts.filter(config, messages), byAnswer),
});

function byAnswer(isTrue: boolean, message: Message): Outcome<'True' | 'False', never> {
  return { kind: 'routed', to: isTrue ? 'True' : 'False', message };
}
