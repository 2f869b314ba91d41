import { aggregations } from '@fieldline/model';
import * as z from 'zod';
import { entityCountQuerySchema, entityDataQuerySchema, queryKeysSchema } from '../entity-query.js';
import { API_KEYS_MAX } from '../limits.js';

// Commands about many entities (websocket-api.md §5 and §6).

const cmdId = z.number().int().describe('Chosen by the client; comes back as cmdId.');
const time = z.number().int().nullish();
const keys = z
  .array(z.string().max(255))
  .max(API_KEYS_MAX)
  .transform((list) => [...new Set(list)])
  .nullish()
  .describe('Keys of time series.');

const series = {
  keys,
  startTs: time.describe('Inclusive, ms.'),
  intervalType: z.enum(['MILLISECONDS', 'WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER']).nullish().describe('Intervals of fixed length or of the calendar.'),
  interval: time.describe('Length of an aggregation interval, ms; 0 or absent: one interval.'),
  timeZoneId: z.string().max(64).nullish().describe('IANA name of the time zone for calendar intervals.'),
  limit: z.number().int().nullish().describe('Points a key and entity at most; 0 or absent means 100; raw data only.'),
  agg: z
    .union([z.enum(aggregations), z.literal('')])
    .nullish()
    .describe('Empty means NONE.'),
  fetchLatestPreviousPoint: z.boolean().nullish().describe('Adds the newest point before the start, of the last 365 days.'),
};
const endTs = time.describe('Exclusive, ms.');
const timeWindow = time.describe('Length of the window from startTs on, ms.');

const aggregateKey = z.object({
  id: z.number().int().describe('Comes back as the name of its values.'),
  key: z.string().max(255).describe('Key of a time series.'),
  agg: z.enum(aggregations).describe('How its points become one value.'),
  previousStartTs: time.describe('Start of the time to compare with, ms.'),
  previousEndTs: time.describe('Its end, ms.'),
  previousValueOnly: z.boolean().nullish().describe('Leaves out the value of the time itself.'),
});
const aggregateKeys = z.array(aggregateKey).max(API_KEYS_MAX).nullish();

export const entityDataCommandSchema = z.object({
  cmdId,
  query: entityDataQuerySchema.nullish().describe('Which entities, with which of their values.'),
  historyCmd: z
    .object({ ...series, endTs })
    .nullish()
    .describe('Time series once.'),
  latestCmd: z.object({ keys: queryKeysSchema }).nullish().describe('Latest values as they change.'),
  tsCmd: z
    .object({ ...series, timeWindow })
    .nullish()
    .describe('Time series, and points as they come.'),
  aggHistoryCmd: z.object({ keys: aggregateKeys, startTs: time, endTs }).nullish().describe('One value of a time for each key.'),
  aggTsCmd: z
    .object({ keys: aggregateKeys, startTs: time, timeWindow })
    .nullish()
    .describe('The same of a window, and latest values as they change.'),
});
export type EntityDataCommand = z.output<typeof entityDataCommandSchema>;
export type SeriesPart = Pick<NonNullable<EntityDataCommand['historyCmd']>, keyof typeof series>;
export type AggregateKey = z.output<typeof aggregateKey>;

export const entityCountCommandSchema = z.object({ cmdId, query: entityCountQuerySchema.nullish().describe('Which entities.') });
export type EntityCountCommand = z.output<typeof entityCountCommandSchema>;
