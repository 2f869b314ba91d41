import * as z from 'zod';
import { aggregations, entityTypes } from '@fieldline/model';

// Version 1 of the commands, about the values of one entity (websocket-api.md §4).

const target = {
  cmdId: z.number().int().describe('Chosen by the client; comes back as subscriptionId.'),
  entityType: z.enum(entityTypes).nullish().describe('Type of the entity.'),
  entityId: z.string().nullish().describe('Bare UUID of the entity.'),
  keys: z.string().nullish().describe('Comma separated; empty or absent means all.'),
  scope: z.string().nullish().describe('Attribute scope, or LATEST_TELEMETRY.'),
  unsubscribe: z.boolean().nullish().describe('True ends the subscription of this cmdId.'),
};
const time = z.number().int().nullish();
const aggregation = z
  .union([z.enum(aggregations), z.literal('')])
  .nullish()
  .describe('Empty means NONE.');
const window = {
  interval: time.describe('Length of an aggregation interval, ms.'),
  limit: z.number().int().nullish().describe('Points a key at most; 0 or absent means 100.'),
  agg: aggregation,
};

export const attributesCommandSchema = z.object(target);
export const seriesCommandSchema = z.object({
  ...target,
  ...window,
  startTs: time.describe('Start of the history, ms.'),
  timeWindow: time.describe('Length of the history, ms; 0 or absent means latest values only.'),
});
export const historyCommandSchema = z.object({
  ...target,
  ...window,
  startTs: time.describe('Inclusive, ms.'),
  endTs: time.describe('Exclusive, ms.'),
});
export type AttributesCommand = z.infer<typeof attributesCommandSchema>;
export type SeriesCommand = z.infer<typeof seriesCommandSchema>;
export type HistoryCommand = z.infer<typeof historyCommandSchema>;
