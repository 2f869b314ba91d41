import { defineRuleNode, end, route, scriptFields, scriptOutcome, scriptOutcomes, z, type Message, type Outcome } from '@fieldline/plugin-sdk';

const example = [
  'function nextRelation(metadata, msg) {',
  "  return ['one', 'nine'];",
  '}',
  "if (msgType === 'POST_TELEMETRY_REQUEST') {",
  "  return ['two'];",
  '}',
  'return nextRelation(metadata, msg);',
].join('\n');

/** Sends a message by the relation types the script names; an empty list ends it. */
export const switchNode = defineRuleNode({
  type: 'filter.switch',
  version: 0,
  category: 'filter',
  title: 'Script switch',
  summary: 'Asks a script by which relation types the message leaves.',
  docs: [
    'The script is the inside of a function `Switch(msg, metadata, msgType)`. It returns a text or a list of texts: the message leaves by every',
    'connection with one of these labels, whatever their case. A label named twice counts once. An empty list ends the message. Anything else,',
    'also one element that is no text, sends it to `Failure`.',
  ].join('\n'),
  icon: 'route-alt-left',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbJsSwitchNode', configurationVersion: 0 },
  relationTypes: 'custom',
  suggestedRelationTypes: ['one', 'two', 'nine'],
  config: z.strictObject(scriptFields('Switch(msg, metadata, msgType) returns a label or a list of labels.')),
  defaults: { scriptLang: 'TBEL', jsScript: example, tbelScript: example.replace('===', '==') },
  examples: [
    { title: 'One label.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'two' },
    { title: 'Several labels.', message: { type: 'POST_ATTRIBUTES_REQUEST', data: { firmware: '1.2' } }, to: ['one', 'nine'] },
  ],
  needs: ['scripts'],
  onStart: ({ config, scripts }) => scripts.check(config, 'switch'),
  onMessage: (message, { config, scripts }) => scriptOutcome(message, scripts.switch(config, [message]), byLabels),
  onBatch: (messages, { config, scripts }) => scriptOutcomes(messages, scripts.switch(config, messages), byLabels),
});

function byLabels(labels: readonly string[], message: Message): Outcome<string, never> {
  return labels.length === 0 ? end('switch-empty') : route(labels, message);
}
