import {
  defineRuleNode,
  emit,
  route,
  scriptFields,
  scriptOutcome,
  scriptOutcomes,
  z,
  type Message,
  type Outcome,
  type ScriptedMessage,
} from '@fieldline/plugin-sdk';

const unchanged = 'return {msg: msg, metadata: metadata, msgType: msgType};';

/** Replaces body, metadata and type of a message by what the script returns; a list makes several messages. */
export const scriptNode = defineRuleNode({
  type: 'transform.script',
  version: 0,
  category: 'transformation',
  title: 'Script',
  summary: 'Changes the message with a script, or makes several of it.',
  docs: [
    'The script is the inside of a function `Transform(msg, metadata, msgType)` and returns an object with any of the keys `msg`, `metadata` and',
    '`msgType`. A key that is absent leaves that part as it is; `metadata` replaces all metadata, its values become texts.',
    '',
    '```js',
    'msg.fahrenheit = msg.temperature * 1.8 + 32;',
    'return {msg: msg, metadata: metadata, msgType: msgType};',
    '```',
    '',
    'A list of such objects makes one new message of each. An empty list fails. Originator, time and id cannot be changed.',
    'Numbers pass through JavaScript where the script returns `msg`: `42.0` becomes `42`. TBEL keeps it, and drops members that are null.',
  ].join('\n'),
  icon: 'code',
  examples: [
    {
      title: 'the script of a fresh node passes the message as it is',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject(scriptFields('Transform(msg, metadata, msgType) returns {msg, metadata, msgType} or a list of them.')),
  defaults: { scriptLang: 'TBEL', jsScript: unchanged, tbelScript: unchanged },
  needs: ['scripts'],
  onStart: ({ config, scripts }) => scripts.check(config, 'update'),
  onMessage: (message, { config, scripts }) => scriptOutcome(message, scripts.update(config, [message]), transformed),
  onBatch: (messages, { config, scripts }) => scriptOutcomes(messages, scripts.update(config, messages), transformed),
});

function transformed(made: readonly ScriptedMessage[], message: Message): Outcome<'Success', never> {
  const [only] = made;
  if (made.length === 1 && only !== undefined) return route('Success', changed(message, only));
  const { originator, customerId } = message;
  return emit(
    made.map(({ text, metadata, type }) => ({
      to: 'Success' as const,
      message: { type: type ?? message.type, originator, customerId, metadata: metadata ?? message.metadata, text: text ?? message.text },
    })),
  );
}

function changed(message: Message, { text, metadata, type }: ScriptedMessage): Message {
  return text === undefined && metadata === undefined && type === undefined ? message : message.with({ text, metadata, type });
}
