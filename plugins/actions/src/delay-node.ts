import { defineRuleNode, emit, epochMs, fillTemplate, hold, z, type Message } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';
import { DELAYED_MESSAGES_MAX, PATTERN_LENGTH_MAX, PERIOD_MAX_SECONDS } from './limits.js';

const config = z.strictObject({
  periodInSeconds: z.int().min(0).max(PERIOD_MAX_SECONDS).default(60).describe('How long a message waits, in seconds.').meta({ title: 'Period' }),
  maxPendingMsgs: z
    .int()
    .min(1)
    .max(DELAYED_MESSAGES_MAX)
    .default(1_000)
    .describe('Messages that may wait in this node; more fail.')
    .meta({ title: 'Pending messages' }),
  useMetadataPeriodInSecondsPatterns: z
    .boolean()
    .default(false)
    .describe('Takes the period from the message, by the pattern below.')
    .meta({ title: 'Period from a pattern' }),
  periodInSecondsPattern: z
    .string()
    .max(PATTERN_LENGTH_MAX)
    .nullish()
    .describe('Gives a whole number of seconds: ${key} is a metadata value, $[key] one of the message.')
    .meta({ title: 'Period pattern' }),
});

const state = z.strictObject({ pending: z.int().nonnegative().describe('Messages that wait.') });

/** Lets messages go on after a while. */
export const delayNode = defineRuleNode({
  type: 'action.delay',
  version: 0,
  category: 'action',
  title: 'Delay',
  summary: 'Lets messages go on after a while.',
  docs: [
    'A message that comes is stored and counts as received; after the period it leaves by `Success` as a new message with the same content. It survives a',
    'restart: what fell due meanwhile leaves at once. Where as many messages wait as the settings allow, further ones fail.',
    '',
    'With *period from a pattern* each message says how long it waits, such as `${seconds}`; what is no whole number of seconds fails.',
  ].join('\n'),
  icon: 'hourglass',
  examples: [
    {
      title: 'the message waits, then leaves as a new one',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: [],
      emits: [{ to: 'Success', type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }],
      afterMs: 60_000,
    },
    {
      title: 'a pattern that gives no number',
      config: { useMetadataPeriodInSecondsPatterns: true, periodInSecondsPattern: '${seconds}' },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { seconds: 'soon' }, data: { temperature: 21.5 } },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.delay.TbMsgDelayNode', configurationVersion: 0 },
  deprecated: 'ThingsBoard does not offer it any more. Deduplication, and the durations of alarm rules, serve what it was mostly used for.',
  relationTypes: ['Success'],
  config,
  defaults: { periodInSeconds: 60, maxPendingMsgs: 1_000, useMetadataPeriodInSecondsPatterns: false, periodInSecondsPattern: null },
  state: { schema: state, keyedBy: 'node', maxEntries: 1 },
  onMessage(message, { config: settings, state: known, nowMs }) {
    const pending = known?.pending ?? 0;
    if (pending >= settings.maxPendingMsgs) throw actionErrors.DELAY_FULL({ limit: settings.maxPendingMsgs });
    return hold(epochMs(nowMs + periodOf(message, settings) * 1_000), { pending: pending + 1 });
  },
  onTimer({ type, originator, customerId, metadata, text }, { state: known }) {
    const pending = Math.max(0, (known?.pending ?? 0) - 1);
    return emit([{ to: 'Success', message: { type, originator, customerId, metadata, text } }], { state: { pending } });
  },
});

/** In seconds. */
function periodOf(message: Message, settings: z.infer<typeof config>): number {
  if (!settings.useMetadataPeriodInSecondsPatterns) return settings.periodInSeconds;
  const pattern = settings.periodInSecondsPattern ?? '';
  const period = fillTemplate(pattern, message);
  const seconds = /^\d{1,9}$/.test(period) ? Number(period) : undefined;
  if (seconds === undefined || seconds > PERIOD_MAX_SECONDS) throw actionErrors.DELAY_INVALID({ pattern, period });
  return seconds;
}
