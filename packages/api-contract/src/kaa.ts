import { kaaTimeSeriesSchema, parseIso8601 } from '@fieldline/model';
import * as z from 'zod';
import { API_KEYS_MAX } from './limits.js';

// Kaa's REST interfaces of time series (kaa.md §5.4, §10.3), in the forms that clients of Kaa know.

const instant = z
  .string()
  .max(64)
  .transform((text, context) => {
    const tsMs = parseIso8601(text);
    if (tsMs === undefined) context.addIssue({ code: 'custom', message: 'must be a time in ISO 8601, with + written as %2B in addresses' });
    return tsMs ?? z.NEVER;
  });
const names = z
  .union([z.string(), z.array(z.string())])
  .transform((told) =>
    [told]
      .flat()
      .flatMap((text) => text.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  .refine((list) => list.length <= API_KEYS_MAX, { message: `must not name more than ${API_KEYS_MAX}` });
const seriesNames = names.describe('Names of time series, separated by commas or repeated.');
const endpointIds = names.optional().describe('Ids of endpoints, separated by commas or repeated; absent: all.');
const appVersion = z.string().min(1).max(200);

export const kaaApplicationParametersSchema = z.object({ application: appVersion.describe('Name of the application.') });
export const kaaVersionParametersSchema = z.object({ appVersion: appVersion.describe('Name of the application version.') });

/** Parameters of `GET /epts/api/v1/time-series/config`. */
export const kaaDefinitionParametersSchema = z.object({ applicationNames: names.optional().describe('Applications; absent: all.') });

/** Answer to it: the time series of each application. */
export const kaaDefinitionsSchema = z.record(
  z.string(),
  z.array(z.strictObject({ name: z.string().describe('Name.'), values: z.array(z.string()).describe('Names of its values.') })),
);

/** Parameters of `GET …/time-series/last`. */
export const kaaLastParametersSchema = z.object({
  timeSeriesName: seriesNames.optional(),
  endpointId: endpointIds,
  beforeDate: instant.optional().describe('Only points before this time.'),
});

/** Body of `POST …/time-series/last`. */
export const kaaLastBodySchema = z.object({
  timeSeriesNames: z.array(z.string()).max(API_KEYS_MAX).nullish().describe('Names of time series; absent: all.'),
  beforeDate: instant.nullish().describe('Only points before this time.'),
  offset: z.int().min(0).nullish().describe('Endpoints that are left out at the beginning.'),
  limit: z.int().min(0).nullish().describe('Endpoints that are answered about.'),
  endpointIDs: z.array(z.string()).max(API_KEYS_MAX).nullish().describe('Ids of endpoints; absent: all.'),
});

const point = z.strictObject({
  timestamp: z.string().describe('When, in ISO 8601 and UTC.'),
  values: z.record(z.string(), z.json()).describe('Values by name.'),
});

/** Points by endpoint and time series. */
export const kaaPointsSchema = z.record(z.string(), z.record(z.string(), z.array(point)));
export type KaaPoints = z.infer<typeof kaaPointsSchema>;

/** Parameters of `GET …/time-series/data`. */
export const kaaHistoryParametersSchema = z.object({
  timeSeriesName: seriesNames,
  fromDate: instant.describe('Begin of the time.'),
  toDate: instant.describe('End of the time.'),
  endpointId: endpointIds,
  includeTime: z.enum(['from', 'to', 'both', 'none']).default('none').describe('Which of the two bounds belong to the time.'),
  sort: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(['ASC', 'DESC']))
    .default('ASC')
    .describe('Order by time.'),
});
export type KaaHistoryParameters = z.output<typeof kaaHistoryParametersSchema>;

/** Answer to it: elements that are merged by who reads them. */
export const kaaHistorySchema = z.array(kaaPointsSchema);

/** Body of `PUT …/time-series/data`. */
export const kaaPublishSchema = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.array(
        z.object({
          timestamp: instant.describe('When, in ISO 8601; without a zone it is UTC.'),
          values: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).describe('Values by name.'),
        }),
      ),
    ),
  )
  .refine((told) => Object.keys(told).length <= API_KEYS_MAX, { message: `must not name more than ${API_KEYS_MAX} endpoints` })
  .describe('Points by endpoint and time series.');

const settingsOf = <S extends z.ZodType>(ofApplication: S) =>
  z.object({ epts: z.object({ kaa: z.object({ applications: z.record(z.string(), ofApplication).describe('By the name of the application.') }) }) });
const timeSeries = kaaTimeSeriesSchema.optional().describe('Time series; absent: none of its own.');

/** Parameters of the configuration of services. */
export const kaaServiceParametersSchema = z.object({ serviceInstanceName: z.literal('epts').describe('Always epts: other services have none.') });
/** The configuration of time series of an application, and of one of its versions. */
export const kaaApplicationSettingsSchema = settingsOf(z.object({ 'time-series': timeSeries }));
export const kaaVersionSettingsSchema = settingsOf(
  z.object({ versions: z.record(z.string(), z.object({ 'time-series': timeSeries })).describe('By the name of the version.') }),
);
