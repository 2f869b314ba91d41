import { defineRuleNode, fail, type Message, type Outcome, type TimeSeriesService, z } from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';
import { checkProcessing, processingSettings, skipsAll } from './processing.js';

const config = z.strictObject({
  defaultTTL: z
    .int()
    .nonnegative()
    .default(0)
    .describe('How long values are kept, in seconds. 0 means as long as the tenant says.')
    .meta({ title: 'Default TTL' }),
  useServerTs: z
    .boolean()
    .default(false)
    .describe('Values without a time of their own get the time of the server instead of the message.')
    .meta({ title: 'Use server timestamp' }),
  processingSettings: processingSettings(['timeseries', 'latest', 'webSockets', 'calculatedFields']),
});

interface SaveOptions {
  readonly ttlMs: number;
  readonly useServerTime: boolean;
}

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
  ].join('\n'),
  icon: 'database-import',
  thingsboard: { className: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config,
  defaults: { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
  needs: ['timeSeries'],
  onStart: ({ config: { processingSettings: processing } }) => checkProcessing(processing),
  onMessage: (message, { config: settings, timeSeries }) => saved(message, timeSeries, optionsOf(settings), skipsAll(settings.processingSettings)),
  onBatch(messages, { config: settings, timeSeries }) {
    const options = optionsOf(settings);
    const isOff = skipsAll(settings.processingSettings);
    const outcomes = new Array<Outcome<'Success', never>>(messages.length);
    for (let place = 0; place < messages.length; place += 1) {
      outcomes[place] = saved(messages[place] as Message, timeSeries, options, isOff);
    }
    return outcomes;
  },
});

function optionsOf(settings: z.infer<typeof config>): SaveOptions {
  return { ttlMs: settings.defaultTTL * 1_000, useServerTime: settings.useServerTs };
}

function saved(message: Message, timeSeries: TimeSeriesService, options: SaveOptions, isOff: boolean): Outcome<'Success', never> {
  if (message.type !== 'POST_TELEMETRY_REQUEST') return fail(saveErrors.MESSAGE_TYPE_UNSUPPORTED({ type: message.type }), message);
  if (!isOff) {
    try {
      const ttl = message.metadata['TTL'];
      const count = timeSeries.save(message, ttl === undefined || ttl === '' ? options : { ...options, ttlMs: ttlMsOf(ttl) });
      if (count === 0) return fail(saveErrors.BODY_EMPTY({ text: message.text.slice(0, 200) }), message);
    } catch (error) {
      return fail(error as Error, message);
    }
  }
  return { kind: 'routed', to: 'Success', message };
}

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
