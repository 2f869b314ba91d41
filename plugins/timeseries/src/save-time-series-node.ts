import { type BaseContext, defineRuleNode, fail, type Message, type Outcome, type TimeSeriesService, z } from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';
import { ORIGINATORS_REMEMBERED } from './limits.js';
import { intervalTsMs, Processing, processingSettings, remembering, SeenInBatch, seenIntervals, type SeenIntervals } from './processing.js';

const actions = ['timeseries', 'latest', 'webSockets', 'calculatedFields'] as const;

const config = z.strictObject({
  defaultTTL: z
    .int()
    .nonnegative()
    .default(0)
    .describe('How long values are kept, in seconds. 0 means as long as the profile of the originator says, else that of the tenant.')
    .meta({ title: 'Default TTL' }),
  useServerTs: z
    .boolean()
    .default(false)
    .describe('Values without a time of their own get the time of the server instead of the message.')
    .meta({ title: 'Use server timestamp' }),
  processingSettings: processingSettings(actions),
});

type Settings = z.infer<typeof config>;
type Saved = Outcome<'Success', SeenIntervals>;

/** Saves the values a telemetry message carries and passes the message on unchanged. */
export const saveTimeSeriesNode = defineRuleNode({
  type: 'action.save-time-series',
  version: 1,
  migrate: { 0: processingFromSkipLatest },
  category: 'action',
  title: 'Save time series',
  summary: 'Stores the values of a telemetry message.',
  docs: [
    'Takes messages of type `POST_TELEMETRY_REQUEST` whose body is an object of values, `{"ts", "values"}`, or a list of such objects. Values without',
    'a time of their own get the metadata key `ts`, else the time of the message. The metadata key `TTL` (seconds) overrides the default TTL.',
    '',
    'The message leaves by `Success` when its values are part of the commit; a device is told "received" only after that. Other message types,',
    'empty bodies and null values go to `Failure`, and then nothing of the message is saved.',
    '',
    'What is done with the values: kept in the history, made the latest values, pushed to web sockets, given to calculated fields.',
    '',
    '| processing | what it does |',
    '| --- | --- |',
    '| on every message | all of it, always |',
    '| web sockets only | only pushes; nothing is stored |',
    '| deduplicate | all of it for the first message of an originator in each interval; the others pass without being looked at |',
    '| advanced | says for each of the four: always, the first of an interval, or never |',
    '',
    'Intervals count from 1970 in the time of the message (with *use server timestamp*, in that of the server). The last 16 intervals of an originator',
    'are remembered, so a reading that comes later than that is the first of its interval again. There are no calculated fields yet.',
  ].join('\n'),
  examples: [
    {
      title: 'Values of a reading, and the message goes on as it came',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5, isOpen: false } },
      to: 'Success',
      result: { data: { temperature: 21.5, isOpen: false } },
    },
    {
      title: 'Several readings, each with its time',
      message: {
        type: 'POST_TELEMETRY_REQUEST',
        data: [
          { ts: 1_700_000_000_000, values: { temperature: 21.5 } },
          { ts: 1_700_000_060_000, values: { temperature: 21.7 } },
        ],
      },
      to: 'Success',
    },
    {
      title: 'Live values for dashboards, without keeping them',
      config: { processingSettings: { type: 'WEBSOCKETS_ONLY' } },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { vibration: 0.02 } },
      to: 'Success',
    },
    { title: 'Attributes are no time series', message: { type: 'POST_ATTRIBUTES_REQUEST', data: { model: 'T-1000' } }, to: 'Failure' },
  ],
  icon: 'database-import',
  thingsboard: { className: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config,
  defaults: { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
  state: { schema: seenIntervals, keyedBy: 'originator', maxEntries: ORIGINATORS_REMEMBERED },
  needs: ['timeSeries'],
  onMessage: (message, context) => new Saver(context, () => context.state).save(message),
  onBatch(messages, context) {
    const saver = new Saver(context, (message) => context.stateOf(message));
    const outcomes = new Array<Saved>(messages.length);
    for (let place = 0; place < messages.length; place += 1) outcomes[place] = saver.save(messages[place] as Message);
    return outcomes;
  },
});

/** Saves the messages of one batch. */
class Saver {
  readonly #timeSeries: TimeSeriesService;
  readonly #options: { readonly ttlMs: number; readonly useServerTime: boolean };
  readonly #nowMs: number;
  readonly #processing: Processing<(typeof actions)[number]>;
  readonly #seen: SeenInBatch;

  constructor(
    { config: settings, nowMs, timeSeries }: BaseContext<Settings> & { readonly timeSeries: TimeSeriesService },
    stateOf: (message: Message) => SeenIntervals | undefined,
  ) {
    this.#timeSeries = timeSeries;
    this.#options = { ttlMs: settings.defaultTTL * 1_000, useServerTime: settings.useServerTs };
    this.#nowMs = nowMs;
    this.#processing = new Processing(settings.processingSettings, actions);
    this.#seen = new SeenInBatch(stateOf);
  }

  save(message: Message): Saved {
    if (message.type !== 'POST_TELEMETRY_REQUEST') return fail(saveErrors.MESSAGE_TYPE_UNSUPPORTED({ type: message.type }), message);
    return this.#processing.isWhole ? this.#put(message, undefined) : this.#process(message);
  }

  #process(message: Message): Saved {
    const tsMs = intervalTsMs(message, { useServerTime: this.#options.useServerTime, nowMs: this.#nowMs });
    const { actions: on, seen } = this.#processing.actionsFor(tsMs, this.#seen.of(message));
    if (seen !== undefined) this.#seen.set(message, seen);
    const isOff = Object.values(on).every((isOn) => !isOn);
    const outcome = isOff ? passed(message) : this.#put(message, { history: on.timeseries, latest: on.latest, push: on.webSockets });
    return remembering(outcome, seen);
  }

  #put(message: Message, wanted: { readonly history: boolean; readonly latest: boolean; readonly push: boolean } | undefined): Saved {
    try {
      const ttl = message.metadata['TTL'];
      const options = ttl === undefined || ttl === '' ? this.#options : { ...this.#options, ttlMs: ttlMsOf(ttl) };
      const count = this.#timeSeries.save(message, wanted === undefined ? options : { ...options, actions: wanted });
      if (count === 0) return fail(saveErrors.BODY_EMPTY({ text: message.text.slice(0, 200) }), message);
      return passed(message);
    } catch (error) {
      return fail(error as Error, message);
    }
  }
}

const passed = (message: Message): Saved => ({ kind: 'routed', to: 'Success', message });

function ttlMsOf(ttl: string): number {
  if (!/^\d{1,10}$/.test(ttl)) throw saveErrors.TTL_INVALID({ ttl });
  return Number(ttl) * 1_000;
}

/** Version 0 could only leave out the latest values. */
function processingFromSkipLatest(old: unknown): unknown {
  const { skipLatestPersistence, ...rest } = old as { skipLatestPersistence?: unknown };
  const every = { type: 'ON_EVERY_MESSAGE' };
  const isSkipped = skipLatestPersistence === true || skipLatestPersistence === 'true';
  const advanced = { type: 'ADVANCED', timeseries: every, latest: { type: 'SKIP' }, webSockets: every, calculatedFields: every };
  return { ...rest, processingSettings: isSkipped ? advanced : every };
}
