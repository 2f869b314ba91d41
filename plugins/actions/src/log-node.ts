import { defineRuleNode, fail, scriptFields, scriptOutcomes, z, type Message, type Outcome, type ScriptSettings } from '@fieldline/plugin-sdk';

const whole = "return '\\nIncoming message:\\n' + JSON.stringify(msg) + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);";

/** Writes what the script makes of a message to the server's log and passes the message on. */
export const logNode = defineRuleNode({
  type: 'action.log',
  version: 0,
  category: 'action',
  title: 'Log',
  summary: 'Writes the message to the log of the server.',
  docs: [
    'The script is the inside of a function `ToString(msg, metadata, msgType)` and must return a text, which is logged at level `info`. A script that',
    'fails, or returns something else, sends the message to `Failure`. The script of a fresh node is not run at all: body and metadata are logged',
    'as they are.',
  ].join('\n'),
  icon: 'file-text',
  examples: [
    {
      title: 'the message goes on as it is',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbLogNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject(scriptFields('ToString(msg, metadata, msgType) returns the text to log.')),
  defaults: { scriptLang: 'TBEL', jsScript: whole, tbelScript: whole },
  needs: ['scripts', 'log'],
  onStart({ config, scripts }) {
    if (!isWhole(config)) scripts.check(config, 'string');
  },
  onMessage(message, { config, scripts, log }) {
    const [outcome] = logged([message], config, scripts.text.bind(scripts), (text) => log.info(text));
    return outcome ?? fail(new Error('A message has one outcome.'), message);
  },
  onBatch: (messages, { config, scripts, log }) => logged(messages, config, scripts.text.bind(scripts), (text) => log.info(text)),
});

type Texts = (settings: ScriptSettings, messages: readonly Message[]) => Parameters<typeof scriptOutcomes<string, 'Success'>>[1];

function logged(messages: readonly Message[], config: ScriptSettings, texts: Texts, write: (text: string) => void): Outcome<'Success', never>[] {
  const replies = isWhole(config) ? messages.map((message) => ({ value: wholeText(message) })) : texts(config, messages);
  return scriptOutcomes(messages, replies, (text, message) => {
    write(text);
    return { kind: 'routed', to: 'Success', message };
  });
}

/** The script of a fresh node, in either language: what it says is known without running it. */
function isWhole(config: ScriptSettings): boolean {
  return ((config.scriptLang === 'TBEL' ? config.tbelScript : config.jsScript) ?? '').trim() === whole;
}

function wholeText({ text, metadata }: Message): string {
  return `\nIncoming message:\n${text}\nIncoming metadata:\n${JSON.stringify(metadata)}`;
}
