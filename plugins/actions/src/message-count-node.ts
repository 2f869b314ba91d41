import { defineRuleNode, emit, end, z } from '@fieldline/plugin-sdk';
import { PATTERN_LENGTH_MAX, PERIOD_MAX_SECONDS } from './limits.js';

/** ThingsBoard writes the name of the server here, of which each counts for itself; this node counts once for all. */
const SERVICE = 'fieldline';

const state = z.strictObject({
  count: z.int().nonnegative().describe('Messages since the last tick.'),
  countedSinceMs: z.int().optional().describe('When that was.'),
});

/** Counts messages, and says how many there were every interval. */
export const messageCountNode = defineRuleNode({
  type: 'action.message-count',
  version: 0,
  category: 'action',
  title: 'Message count',
  summary: 'Counts messages and makes telemetry of the count.',
  docs: [
    'Messages that come here are counted and end. Every interval a message of type `POST_TELEMETRY_REQUEST` about the tenant leaves by `Success`, also',
    `where nothing came: body \`{"messageCount_${SERVICE}": 12}\` with the prefix of the settings, metadata \`delta\` the milliseconds since the last one.`,
    'The count survives a restart.',
  ].join('\n'),
  icon: 'tallymarks',
  examples: [
    {
      title: 'a message is counted, and the count leaves at the end of the interval',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: [],
      emits: [{ to: 'Success', type: 'POST_TELEMETRY_REQUEST', metadata: { delta: '1000' }, data: { [`messageCount_${SERVICE}`]: 1 } }],
      afterMs: 1_000,
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbMsgCountNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({
    interval: z.int().min(1).max(PERIOD_MAX_SECONDS).default(1).describe('Time between two counts, in seconds.').meta({ title: 'Interval' }),
    telemetryPrefix: z
      .string()
      .min(1)
      .max(PATTERN_LENGTH_MAX)
      .default('messageCount')
      .describe('First part of the telemetry key.')
      .meta({ title: 'Telemetry prefix' }),
  }),
  defaults: { interval: 1, telemetryPrefix: 'messageCount' },
  state: { schema: state, keyedBy: 'node', maxEntries: 1 },
  onMessage: (_message, { state: known }) => end('counted', { state: { ...known, count: (known?.count ?? 0) + 1 } }),
  onBatch(messages, context) {
    const [first] = messages;
    const known = first === undefined ? undefined : context.stateOf(first);
    return messages.map((_, place) => end('counted', { state: { ...known, count: (known?.count ?? 0) + place + 1 } }));
  },
  ticks: {
    periodMs: ({ interval }) => interval * 1_000,
    onTick({ config, state: known, nowMs, tenantId }) {
      const { count = 0, countedSinceMs = nowMs - config.interval * 1_000 } = known ?? {};
      const made = {
        type: 'POST_TELEMETRY_REQUEST',
        originator: { entityType: 'TENANT', id: tenantId } as const,
        metadata: { delta: String(nowMs - countedSinceMs) },
        data: { [`${config.telemetryPrefix}_${SERVICE}`]: count },
      };
      return emit([{ to: 'Success', message: made }], { state: { count: 0, countedSinceMs: nowMs } });
    },
  },
});
