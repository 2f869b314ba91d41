import {
  aggregations,
  allAtOnce,
  defineRuleNode,
  fillTemplate,
  route,
  timeUnits,
  valueJsonText,
  valueText,
  z,
  type DataPoint,
  type EntityId,
  type Message,
  type Outcome,
  type TimeSeriesService,
} from '@fieldline/plugin-sdk';
import { intervalOf, type Interval } from './interval.js';
import { telemetryMigrations } from './telemetry-migrations.js';

const count = z.int().min(0).max(2_147_483_647).nullish();
const unit = z.enum(timeUnits).nullish();
const pattern = z.string().nullish();

const config = z.strictObject({
  latestTsKeyNames: z.array(z.string()).min(1).describe('Telemetry keys. May hold ${metadata} and $[data].').meta({ title: 'Telemetry keys' }),
  fetchMode: z.enum(['FIRST', 'LAST', 'ALL']).describe('The oldest value in the interval, the newest, or all.').meta({ title: 'Fetch mode' }),
  orderBy: z
    .enum(['ASC', 'DESC'])
    .nullish()
    .describe('Order of all values, and at which end they begin where there are too many.')
    .meta({ title: 'Order by' }),
  aggregation: z.enum(aggregations).nullish().describe('Makes one value of all in the interval.').meta({ title: 'Aggregation' }),
  limit: z.int().nullish().describe('How many values of each key at most, 2 to 1000; counts only for all.').meta({ title: 'Limit' }),
  startInterval: count.describe('How long ago the interval begins.').meta({ title: 'Interval start' }),
  startIntervalTimeUnit: unit.describe('Unit of the interval start.').meta({ title: 'Interval start unit' }),
  endInterval: count.describe('How long ago the interval ends.').meta({ title: 'Interval end' }),
  endIntervalTimeUnit: unit.describe('Unit of the interval end.').meta({ title: 'Interval end unit' }),
  useMetadataIntervalPatterns: z
    .boolean()
    .default(false)
    .describe('Takes begin and end from the message, by the patterns below.')
    .meta({ title: 'Use dynamic interval' }),
  startIntervalPattern: pattern
    .describe('Gives the begin, in milliseconds since 1970; for example ${startTs}.')
    .meta({ title: 'Start interval pattern' }),
  endIntervalPattern: pattern.describe('Gives the end, in milliseconds since 1970; for example $[endTs].').meta({ title: 'End interval pattern' }),
});
type Settings = z.infer<typeof config>;

const checked = config.superRefine((settings, context) => {
  const say = (field: string, message: string): void => context.addIssue({ code: 'custom', path: [field], message });
  if (settings.fetchMode === 'ALL') {
    if (!settings.orderBy) say('orderBy', 'choose an order');
    if (!settings.aggregation) say('aggregation', 'choose an aggregation, or NONE');
    if (!settings.limit || settings.limit < 2 || settings.limit > 1_000) say('limit', 'Limit should be in a range from 2 to 1000.');
  }
  const parts = settings.useMetadataIntervalPatterns
    ? (['startIntervalPattern', 'endIntervalPattern'] as const)
    : (['startInterval', 'startIntervalTimeUnit', 'endInterval', 'endIntervalTimeUnit'] as const);
  for (const part of parts) if (settings[part] === null || settings[part] === undefined) say(part, 'is missing');
});

/** Adds values from the history of the entity the message is about to the metadata. */
export const originatorTelemetryNode = defineRuleNode({
  type: 'enrichment.originator-telemetry',
  version: 2,
  migrate: telemetryMigrations,
  category: 'enrichment',
  title: 'Originator telemetry',
  summary: "Adds values of an interval from the originator's history.",
  docs: [
    'Values go into the metadata under their key. *First* and *last* add one value as a JSON text, in quotes: `"22.4"`. *All* adds a list',
    '`[{"ts": 1700000000000, "value": 22.4}, …]`, or one such value where an aggregation makes it of the whole interval. Keys without values in the interval',
    'are passed over.',
    '',
    'The interval holds its start and not its end. Values that messages before this one save in the same moment may not be in it yet.',
  ].join('\n'),
  icon: 'history',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetTelemetryNode', configurationVersion: 2 },
  relationTypes: ['Success'],
  config: checked,
  defaults: {
    latestTsKeyNames: [],
    fetchMode: 'FIRST',
    orderBy: 'ASC',
    aggregation: 'NONE',
    limit: 1_000,
    startInterval: 2,
    startIntervalTimeUnit: 'MINUTES',
    endInterval: 1,
    endIntervalTimeUnit: 'MINUTES',
    useMetadataIntervalPatterns: false,
    startIntervalPattern: '',
    endIntervalPattern: '',
  },
  examples: [
    {
      title: 'The newest value of the last hour, but for the last minute.',
      config: { latestTsKeyNames: ['temperature'], fetchMode: 'LAST', startInterval: 1, startIntervalTimeUnit: 'HOURS' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { temperature: '"22.4"' } },
    },
    {
      title: 'All values, oldest first.',
      config: { latestTsKeyNames: ['temperature'], fetchMode: 'ALL' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { temperature: '[{"ts":1699999880000,"value":20},{"ts":1699999910000,"value":22.4}]' } },
    },
    {
      title: 'A message that does not tell where the interval begins.',
      config: {
        latestTsKeyNames: ['temperature'],
        useMetadataIntervalPatterns: true,
        startIntervalPattern: '${startTs}',
        endIntervalPattern: '${endTs}',
      },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Failure',
    },
  ],
  needs: ['timeSeries'],
  onMessage: (message, { config: settings, timeSeries, nowMs }) => withHistory(message, settings, timeSeries, nowMs),
  onBatch: (messages, { config: settings, timeSeries, nowMs }) => allAtOnce(messages, (message) => withHistory(message, settings, timeSeries, nowMs)),
});

async function withHistory(message: Message, settings: Settings, timeSeries: TimeSeriesService, nowMs: number): Promise<Outcome<'Success', never>> {
  const interval = intervalOf(message, settings, nowMs);
  const keys = [...new Set(settings.latestTsKeyNames.map((template) => fillTemplate(template, message)))];
  const values = await Promise.all(keys.map((key) => valueOf(message.originator, key, { settings, interval, timeSeries })));
  const added = keys.flatMap((key, place) => {
    const value = values[place];
    return value === undefined ? [] : [[key, value] as const];
  });
  return route('Success', message.with({ metadata: Object.fromEntries([...Object.entries(message.metadata), ...added]) }));
}

interface Question {
  readonly settings: Settings;
  readonly interval: Interval;
  readonly timeSeries: TimeSeriesService;
}

/** What gets into the metadata; undefined where there is no value. */
async function valueOf(entity: EntityId, key: string, { settings, interval, timeSeries }: Question): Promise<string | undefined> {
  const range = { key, ...interval };
  if (settings.fetchMode !== 'ALL') {
    const [point] = await timeSeries.range(entity, range, settings.fetchMode === 'FIRST' ? 'ASC' : 'DESC', 1);
    return point && JSON.stringify(valueText(point));
  }
  const { aggregation, orderBy, limit } = settings;
  if (!aggregation || aggregation === 'NONE') return listed(await timeSeries.range(entity, range, orderBy ?? 'ASC', limit ?? 0));
  const point = await timeSeries.aggregate(entity, range, aggregation);
  return point && listed([point]);
}

function listed(points: readonly DataPoint[]): string | undefined {
  if (points.length === 0) return undefined;
  return `[${points.map((point) => `{"ts":${point.tsMs},"value":${valueJsonText(point)}}`).join(',')}]`;
}
