import type { Attribute, DataPoint } from '@fieldline/model';
import { aggregations, attributeScopes, valueText } from '@fieldline/model';
import * as z from 'zod';
import { queryFlag } from './query-flag.js';
import { queryInstant, queryNumber } from './query-number.js';
import { contractErrors } from './errors.js';
import { API_HISTORY_LIMIT_MAX, API_KEYS_MAX } from './limits.js';
import { valueJson } from './value-json.js';

/** Points by key. Values are text unless strict types were asked for; null where a requested key has no data. */
export const wireTimeSeriesSchema = z.record(
  z.string(),
  z.array(
    z.strictObject({
      ts: z.int().describe('When, in milliseconds since 1970.'),
      value: z.json().describe('Text, or with `useStrictDataTypes=true` JSON of the stored type.'),
    }),
  ),
);
export type WireTimeSeries = z.infer<typeof wireTimeSeriesSchema>;

/** One attribute; the value has its own JSON type. */
export const wireAttributeSchema = z.strictObject({
  lastUpdateTs: z.int().describe('When it was last written, in milliseconds since 1970.'),
  key: z.string().describe('Name.'),
  value: z.json().describe('Value.'),
});
export type WireAttribute = z.infer<typeof wireAttributeSchema>;

export const keyListSchema = z.array(z.string());

const flag = queryFlag();
const instant = queryInstant();
const keyParameters = {
  keys: z.string().optional().describe('Keys, separated by commas.'),
  key: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas.'),
};

/** Parameters of attribute reads, and of removals of attributes. */
export const attributeParametersSchema = z.object(keyParameters);

/** Parameters of `values/timeseries`: with both `startTs` and `endTs` history, else the latest values. */
export const timeSeriesParametersSchema = z.object({
  ...keyParameters,
  useStrictDataTypes: flag.default(false).describe('Values as JSON of their own type instead of text.'),
  startTs: instant.optional().describe('Begin of the history, included.'),
  endTs: instant.optional().describe('End of the history, excluded.'),
  limit: queryNumber(
    z.int('must be a whole number').min(1, 'must be greater than zero').max(API_HISTORY_LIMIT_MAX, `must be at most ${API_HISTORY_LIMIT_MAX}`),
  )
    .default(100)
    .describe('Points a key; raw data only.'),
  orderBy: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(['ASC', 'DESC']))
    .default('DESC')
    .describe('Order by time; raw data only.'),
  agg: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(aggregations))
    .default('NONE')
    .describe('How the points of an interval become one.'),
  interval: queryNumber(z.int('must be whole milliseconds')).default(0).describe('Length of an interval in milliseconds.'),
  intervalType: z
    .enum(['MILLISECONDS', 'WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER'])
    .default('MILLISECONDS')
    .describe('Intervals of fixed length or of the calendar.'),
  timeZone: z.string().max(64).optional().describe('IANA name of the time zone for calendar intervals.'),
});
export type TimeSeriesParameters = z.output<typeof timeSeriesParametersSchema>;

/** Parameters of a removal of time series: either all there is of the keys until now, or what lies in a range. */
export const seriesRemovalParametersSchema = z.object({
  ...keyParameters,
  deleteAllDataForKeys: flag.default(false).describe('Everything until now; `startTs` and `endTs` are then not looked at.'),
  startTs: instant.optional().describe('Begin of what is removed, included.'),
  endTs: instant.optional().describe('End of what is removed, excluded.'),
  deleteLatest: flag.default(true).describe('Removes the latest value as well, where its time is in the range.'),
  rewriteLatestIfDeleted: flag.default(false).describe('Makes the newest point before the range the latest value, where that is removed.'),
});
export type SeriesRemovalParameters = z.output<typeof seriesRemovalParametersSchema>;

export const attributeScopeSchema = z.enum(attributeScopes);

/** The keys a request names: `key` wins over `keys`, blank ones are none; none is an empty list. @throws CONTRACT_TOO_MANY_KEYS */
export function requestedKeys(parameters: { keys?: string | undefined; key?: string | string[] | undefined }): string[] {
  const { key = [], keys } = parameters;
  const named = [key].flat().filter((one) => one !== '');
  if (named.length > 0) return bounded(named);
  if (keys === undefined) return [];
  return bounded(
    keys
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}

function bounded(keys: readonly string[]): string[] {
  if (keys.length > API_KEYS_MAX) throw contractErrors.TOO_MANY_KEYS({ keysMax: API_KEYS_MAX });
  return [...new Set(keys)];
}

/** A point as an element of a series. */
export function pointToWire(point: DataPoint, isStrict: boolean): WireTimeSeries[string][number] {
  return { ts: point.tsMs, value: (isStrict ? valueJson(point) : valueText(point)) as WireTimeSeries[string][number]['value'] };
}

/** Latest values: each requested key that has no data answers null at `nowMs`. */
export function latestToWire(points: readonly DataPoint[], keys: readonly string[], options: { isStrict: boolean; nowMs: number }): WireTimeSeries {
  // A map, because keys come from devices and a plain object would treat `__proto__` specially.
  const answer = new Map<string, WireTimeSeries[string]>();
  for (const point of points) answer.set(point.key, [pointToWire(point, options.isStrict)]);
  for (const key of keys) if (!answer.has(key)) answer.set(key, [{ ts: options.nowMs, value: null }]);
  return Object.fromEntries(answer);
}

export function attributeToWire(attribute: Attribute): WireAttribute {
  return { lastUpdateTs: attribute.lastUpdateMs, key: attribute.key, value: valueJson(attribute) as WireAttribute['value'] };
}
