import { defineRuleNode, emit, end, epochMs, z, type CustomerId, type EntityId, type NewMessage } from '@fieldline/plugin-sdk';
import { allOf, chosenOf, completePacks, pendingMessage, pendingOf, type PendingMessage } from './deduplication-packs.js';
import { transformErrors } from './errors.js';
import { BUFFER_LENGTH_MAX, BUFFERS_MAX, INTERVAL_MAX_SECONDS, PENDING_MESSAGES_MAX } from './limits.js';

const config = z
  .strictObject({
    interval: z
      .int()
      .min(1)
      .max(INTERVAL_MAX_SECONDS)
      .default(60)
      .describe('Time that a pack of messages spans, in seconds.')
      .meta({ title: 'Interval' }),
    strategy: z
      .enum(['FIRST', 'LAST', 'ALL'])
      .default('FIRST')
      .describe('What leaves for a pack: its first message, its last, or one new message with all of them.')
      .meta({ title: 'Strategy' }),
    outMsgType: z.string().max(255).nullish().describe('Type of the message with all of them.').meta({ title: 'Output message type' }),
    maxPendingMsgs: z
      .int()
      .min(1)
      .max(PENDING_MESSAGES_MAX)
      .default(100)
      .describe('Messages of one originator that may wait; more fail.')
      .meta({ title: 'Pending messages' }),
    maxRetries: z
      .int()
      .nonnegative()
      .default(3)
      .describe('Kept for import and export: packs leave in the commit that empties the buffer, so there is nothing to retry.')
      .meta({ hidden: true }),
  })
  .refine(({ strategy, outMsgType }) => strategy !== 'ALL' || Boolean(outMsgType), { path: ['outMsgType'], message: 'name the type of the message' });
type Settings = z.infer<typeof config>;

const state = z.strictObject({ pending: z.array(pendingMessage).describe('Messages that wait, in the order in which they arrived.') });

/** Lets one message through for all that an originator sends within an interval. */
export const deduplicationNode = defineRuleNode({
  type: 'transform.deduplication',
  version: 1,
  migrate: { 0: withoutQueue },
  category: 'transformation',
  title: 'Deduplication',
  summary: 'Makes one message of all that an originator sends within an interval.',
  docs: [
    'Messages wait here, for each originator by itself. A pack begins at the smallest time of reading (metadata `ts`, else the time of the message)',
    'and spans the interval; when its end has passed, one message leaves for it by `Success`:',
    '',
    '| strategy | what leaves |',
    '|---|---|',
    '| FIRST | the message with the smallest time, as a new one |',
    '| LAST | the message with the largest time, as a new one |',
    '| ALL | a message of the type you name, with the metadata `ts` and the body `[{"msg": …, "metadata": …}, …]` in the order of arrival |',
    '',
    'The node looks for complete packs an interval after the first message came, and every interval as long as messages wait. What waits is stored',
    'with the rest that a message causes: it counts as received, and survives a restart.',
    '',
    'Where as many messages of an originator wait as the settings allow, further ones fail. Where the node names a queue, what leaves goes on by the',
    'strategies of that queue. The setting *retries* of ThingsBoard is kept and means nothing here: a pack leaves in the commit that removes it from the',
    'buffer.',
  ].join('\n'),
  icon: 'filter-2',
  examples: [
    {
      title: 'a message waits for the end of its interval',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: [],
      emits: [{ to: 'Success', type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }],
      afterMs: 60_001,
    },
    {
      title: 'one message with all of an interval',
      config: { interval: 10, strategy: 'ALL', outMsgType: 'PACK' },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { deviceName: 'Boiler', deviceType: 'default' }, data: { temperature: 21.5 } },
      to: [],
      emits: [{ to: 'Success', type: 'PACK', data: [{ msg: { temperature: 21.5 }, metadata: { deviceName: 'Boiler', deviceType: 'default' } }] }],
      afterMs: 10_001,
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.deduplication.TbMsgDeduplicationNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config,
  defaults: { interval: 60, strategy: 'FIRST', outMsgType: null, maxPendingMsgs: 100, maxRetries: 3 },
  state: { schema: state, keyedBy: 'originator', maxEntries: BUFFERS_MAX },
  hasQueue: true,
  onMessage(message, { config: settings, state: known, nowMs }) {
    const pending = known?.pending ?? [];
    const { entityType, id } = message.originator;
    const originator = `${entityType} ${id}`;
    const { maxPendingMsgs } = settings;
    if (pending.length >= maxPendingMsgs) throw transformErrors.BUFFER_FULL({ originator, limit: `${maxPendingMsgs} messages` });
    const length = pending.reduce((sum, { text }) => sum + text.length, message.text.length);
    if (length > BUFFER_LENGTH_MAX) throw transformErrors.BUFFER_FULL({ originator, limit: `${BUFFER_LENGTH_MAX} characters` });
    const next = { pending: [...pending, pendingOf(message)] };
    return end('deduplication-waits', { state: next, ...(pending.length === 0 ? { wakeAtMs: wakeAtMs(settings, nowMs) } : {}) });
  },
  onTimer(message, { config: settings, state: known, nowMs }) {
    // The node is woken only for a buffer that is not empty, so one that is not there was forgotten for others.
    if (known === undefined) throw transformErrors.BUFFER_FORGOTTEN({ limit: BUFFERS_MAX });
    const { packs, rest } = completePacks(known.pending, { intervalMs: settings.interval * 1_000, nowMs });
    const leaving = packs.flatMap((pack) => outputOf(pack, settings, message.originator, nowMs) ?? []);
    return emit(
      leaving.map((output) => ({ to: 'Success' as const, message: output })),
      { state: { pending: [...rest] }, ...(rest.length > 0 ? { wakeAtMs: wakeAtMs(settings, nowMs) } : {}) },
    );
  },
});

const wakeAtMs = ({ interval }: Settings, nowMs: number) => epochMs(nowMs + interval * 1_000 + 1);

function outputOf(pack: readonly PendingMessage[], settings: Settings, originator: EntityId, nowMs: number): NewMessage | undefined {
  const { strategy, outMsgType } = settings;
  if (strategy === 'ALL') return allOf(pack, { originator, type: outMsgType ?? '', nowMs });
  const chosen = chosenOf(pack, strategy);
  if (chosen === undefined) return undefined;
  const { type, customerId, metadata, text } = chosen;
  return { type, originator, customerId: customerId as CustomerId | undefined, metadata, text };
}

/** In version 0 the settings named a queue, which is a property of the node since. */
function withoutQueue(old: unknown): unknown {
  const { queueName: _queueName, ...rest } = old as { queueName?: unknown };
  return rest;
}
