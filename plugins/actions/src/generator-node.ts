import { defineRuleNode, emit, end, scriptFields, z, type EntityId, type NewMessage, type Outcome } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

const originatorTypes = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'TENANT', 'CUSTOMER', 'USER', 'DASHBOARD', 'EDGE', 'RULE_NODE'] as const;

const config = z.strictObject({
  msgCount: z.int().nonnegative().default(0).describe('How many messages to make; 0 means without end.').meta({ title: 'Number of messages' }),
  periodInSeconds: z.int().min(1).default(1).describe('Time between two messages, in seconds.').meta({ title: 'Period' }),
  originatorType: z.enum(originatorTypes).default('RULE_NODE').describe('What the messages are about.').meta({ title: 'Originator' }),
  originatorId: z.string().nullish().describe('Id of the originator; not needed for a rule node or the tenant.').meta({ title: 'Originator id' }),
  ...scriptFields('Generate(prevMsg, prevMetadata, prevMsgType) returns {msg, metadata, msgType}.'),
});

export type GeneratorSettings = z.infer<typeof config>;

const state = z.strictObject({
  generated: z.int().describe('Messages made so far, failed ones included.'),
  text: z.string().describe('Body of the last message.'),
  metadata: z.record(z.string(), z.string()).describe('Metadata of the last message.'),
  type: z.string().describe('Type of the last message.'),
});

const example = [
  'var msg = { temp: 42, humidity: 77 };',
  'var metadata = { data: 40 };',
  'var msgType = "POST_TELEMETRY_REQUEST";',
  '',
  'return { msg: msg, metadata: metadata, msgType: msgType };',
].join('\n');

/** Makes messages by itself, one each period, with a script that sees the message before. */
export const generatorNode = defineRuleNode({
  type: 'action.generator',
  version: 2,
  migrate: { 0: withoutQueue, 1: withOriginator },
  category: 'action',
  title: 'Generator',
  summary: 'Makes a message every few seconds.',
  docs: [
    'The script is the inside of a function `Generate(prevMsg, prevMetadata, prevMsgType)` and returns an object with any of the keys `msg`, `metadata`',
    'and `msgType`; what is absent stays as in the message before. For the first message these are `{}`, `{}` and an empty text. The first one comes a',
    'period after the chain was deployed. A script that fails makes a message at `Failure`, which counts as made.',
    '',
    'Nothing can lead into a generator, and it runs whether or not something leads out of it. Where it names a queue, its messages go on by the strategies',
    'of that queue.',
  ].join('\n'),
  icon: 'repeat',
  thingsboard: { className: 'org.thingsboard.rule.engine.debug.TbMsgGeneratorNode', configurationVersion: 2 },
  relationTypes: ['Success'],
  config,
  defaults: {
    msgCount: 0,
    periodInSeconds: 1,
    originatorType: 'RULE_NODE',
    originatorId: null,
    scriptLang: 'TBEL',
    jsScript: example,
    tbelScript: example,
  },
  state: { schema: state, keyedBy: 'node', maxEntries: 1 },
  needs: ['scripts', 'entities'],
  hasInput: false,
  hasQueue: true,
  async onStart(context) {
    const { entityType, id } = originatorOf(context);
    const isOwn = entityType === 'RULE_NODE' || entityType === 'TENANT';
    if (!isOwn && (await context.entities.find({ entityType, id })) === undefined) {
      throw actionErrors.GENERATOR_ORIGINATOR_UNKNOWN({ originatorType: entityType, id });
    }
    context.scripts.check(context.config, 'generate');
  },
  onMessage: () => end('generator-takes-no-input'),
  ticks: {
    periodMs: ({ periodInSeconds }) => periodInSeconds * 1_000,
    onTick(context): Outcome<'Success', z.infer<typeof state>> {
      const last = context.state ?? { generated: 0, text: '{}', metadata: {}, type: '' };
      const { msgCount } = context.config;
      if (msgCount > 0 && last.generated >= msgCount) return emit([]);
      const originator = originatorOf(context);
      const reply = context.scripts.generate(context.config, last);
      if ('problem' in reply) {
        const data = { error: reply.problem.message, code: reply.problem.code };
        const failed: NewMessage = { type: 'GENERATOR_NODE_SELF_MSG', originator, metadata: {}, data };
        return emit([{ to: 'Failure', message: failed }], { state: { ...last, generated: last.generated + 1 } });
      }
      const { text = last.text, metadata = last.metadata, type = last.type } = reply.value;
      const made: NewMessage = { type, originator, metadata, text };
      return emit([{ to: 'Success', message: made }], { state: { generated: last.generated + 1, text, metadata: { ...metadata }, type } });
    },
  },
});

function originatorOf({ config: settings, nodeId, tenantId }: { config: GeneratorSettings; nodeId: string; tenantId: string }): EntityId {
  const { originatorType: entityType, originatorId } = settings;
  if (entityType === 'RULE_NODE') return { entityType, id: nodeId };
  if (entityType === 'TENANT') return { entityType, id: tenantId };
  if (originatorId === undefined || originatorId === null || originatorId === '') {
    throw actionErrors.GENERATOR_ORIGINATOR_MISSING({ originatorType: entityType });
  }
  return { entityType, id: originatorId };
}

/** In version 0 the settings named a queue, which is a property of the node since. */
function withoutQueue(old: unknown): unknown {
  const { queueName: _queueName, ...rest } = old as { queueName?: unknown };
  return rest;
}

function withOriginator(old: unknown): unknown {
  const settings = old as { originatorType?: unknown; originatorId?: unknown };
  const isComplete = typeof settings.originatorType === 'string' && typeof settings.originatorId === 'string';
  return isComplete ? settings : { ...settings, originatorType: 'RULE_NODE', originatorId: null };
}
