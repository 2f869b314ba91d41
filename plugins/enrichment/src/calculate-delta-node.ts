import { defineRuleNode, fail, membersOf, route, textOfMembers, z, type EntityId, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { decimalText } from './decimal.js';
import { reading, readingOf, storedOf, type Previous, type Reading } from './delta-reading.js';
import { enrichmentErrors } from './errors.js';

const config = z.strictObject({
  inputValueKey: z.string().regex(/\S/).describe('Key of the value, in the message and in the store.').meta({ title: 'Input value key' }),
  outputValueKey: z.string().regex(/\S/).describe('Key of the difference, in the message.').meta({ title: 'Output value key' }),
  useCache: z
    .boolean()
    .default(true)
    .describe('Remembers the last value of each originator; otherwise the latest stored one is read for each message.')
    .meta({ title: 'Use cache for latest value' }),
  addPeriodBetweenMsgs: z
    .boolean()
    .default(false)
    .describe('Adds the time between the two values, in milliseconds.')
    .meta({ title: 'Add the time between the values' }),
  periodValueKey: z.string().nullish().describe('Key of that time, in the message.').meta({ title: 'Period value key' }),
  round: z.int().min(0).max(15).nullish().describe('Digits after the point, rounded half up; empty does not round.').meta({ title: 'Decimals' }),
  tellFailureIfDeltaIsNegative: z
    .boolean()
    .default(true)
    .describe('Whether a message whose value is smaller than the one before leaves by Failure.')
    .meta({ title: 'Tell failure if delta is negative' }),
  excludeZeroDeltas: z
    .boolean()
    .default(false)
    .describe('Leaves a message as it is where the value has not changed.')
    .meta({ title: 'Exclude zero deltas' }),
});
type Settings = z.infer<typeof config>;

type DeltaOutcome = Outcome<'Success' | 'Other', Reading>;

/** Adds the difference between a value and the one before it of the same originator. */
export const calculateDeltaNode = defineRuleNode({
  type: 'enrichment.calculate-delta',
  version: 1,
  migrate: { 0: (old) => ({ excludeZeroDeltas: false, ...(old as object) }) },
  category: 'enrichment',
  title: 'Calculate delta',
  summary: 'Adds the difference to the value before, such as the pulses since the last reading.',
  docs: [
    'For telemetry that has the key at the top level of its body; other messages leave by `Other` as they came. The first value of an originator gives 0,',
    'unless one is stored under the key. A text that is a number counts as one, another text as 0.',
    '',
    'The last value is remembered also where the message leaves by `Failure` because its difference is negative: the next one is compared with it.',
    '',
    'Without the cache, the value before is the latest one *stored*. Place the node before the one that saves time series then, else it compares a value',
    'with itself; and messages that arrive at the same moment are all compared with what was stored before them.',
  ].join('\n'),
  icon: 'delta',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.CalculateDeltaNode', configurationVersion: 1 },
  relationTypes: ['Success', 'Other'],
  config,
  defaults: {
    inputValueKey: 'pulseCounter',
    outputValueKey: 'delta',
    useCache: true,
    addPeriodBetweenMsgs: false,
    periodValueKey: 'periodInMs',
    round: null,
    tellFailureIfDeltaIsNegative: true,
    excludeZeroDeltas: false,
  },
  examples: [
    {
      title: 'The stored value was 40, a minute ago.',
      config: { addPeriodBetweenMsgs: true },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { pulseCounter: 42.5 } },
      to: 'Success',
      result: { data: { pulseCounter: 42.5, delta: 2.5, periodInMs: 60_000 } },
    },
    { title: 'The counter was reset.', message: { type: 'POST_TELEMETRY_REQUEST', data: { pulseCounter: 1 } }, to: 'Failure' },
    { title: 'A message without the key.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Other' },
  ],
  state: { schema: reading, keyedBy: 'originator', maxEntries: 100_000 },
  needs: ['timeSeries'],
  async onMessage(message, { config: settings, state, timeSeries }) {
    const now = readingOf(message, settings.inputValueKey);
    if (now === undefined) return route('Other', message);
    return withDelta(message, settings, now, remembered(state, settings) ?? (await storedOf(message.originator, settings.inputValueKey, timeSeries)));
  },
  async onBatch(messages, context) {
    const { config: settings, timeSeries } = context;
    const latest = new Map<string, Previous>();
    const asked = new Map<string, EntityId>();
    const readings = messages.map((message) => readingOf(message, settings.inputValueKey));
    messages.forEach((message, place) => {
      if (readings[place] === undefined) return;
      const known = remembered(context.stateOf(message), settings);
      if (known === undefined) asked.set(keyOf(message.originator), message.originator);
      else latest.set(keyOf(message.originator), known);
    });
    const read = async ([key, entity]: [string, EntityId]): Promise<void> =>
      void latest.set(key, await storedOf(entity, settings.inputValueKey, timeSeries));
    await Promise.all(Array.from(asked, read));
    // One after the other: a message is compared with the one before it in the batch.
    return messages.map((message, place) => {
      const now = readings[place];
      if (now === undefined) return route('Other', message);
      const key = keyOf(message.originator);
      const outcome = withDelta(message, settings, now, latest.get(key) ?? {});
      if ('state' in outcome && outcome.state !== undefined) latest.set(key, { reading: outcome.state });
      return outcome;
    });
  },
});

function withDelta(message: Message, settings: Settings, now: Reading, previous: Previous): DeltaOutcome {
  if (previous.problem !== undefined) return fail(previous.problem, message);
  if (!Number.isFinite(now.value)) return fail(enrichmentErrors.DELTA_TOO_LARGE({ key: now.key }), message);
  const state = settings.useCache ? now : undefined;
  const delta = previous.reading === undefined ? 0 : now.value - previous.reading.value;
  if (delta < 0 && settings.tellFailureIfDeltaIsNegative) return failed(enrichmentErrors.DELTA_NEGATIVE(), message, state);
  if (delta === 0 && settings.excludeZeroDeltas) return route('Success', message, { state });
  const text = decimalText(delta, settings.round ?? undefined);
  const members = membersOf(message);
  if (text === undefined || members === undefined) return failed(enrichmentErrors.DELTA_TOO_LARGE({ key: now.key }), message, state);
  members.set(settings.outputValueKey, text);
  const { addPeriodBetweenMsgs, periodValueKey } = settings;
  if (addPeriodBetweenMsgs && periodValueKey) {
    members.set(periodValueKey, String(previous.reading === undefined ? 0 : now.tsMs - previous.reading.tsMs));
  }
  return route('Success', message.with({ text: textOfMembers(members) }), { state });
}

function failed(problem: Error, message: Message, state: Reading | undefined): DeltaOutcome {
  return state === undefined ? fail(problem, message) : fail(problem, message, { state });
}

function remembered(state: Reading | undefined, { useCache, inputValueKey }: Settings): Previous | undefined {
  return useCache && state?.key === inputValueKey ? { reading: state } : undefined;
}

const keyOf = ({ entityType, id }: EntityId): string => `${entityType} ${id}`;
