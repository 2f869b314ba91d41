import { kaaTimeSeriesSchema, TELEMETRY_TEXT_LENGTH_MAX } from '@fieldline/model';
import * as z from 'zod';
import { kaaInstantSchema, kaaTimeSchema } from './kaa-times.js';
import { API_KEYS_MAX } from './limits.js';

// Kaa's REST interfaces of time series (kaa.md §5.4, §10.3), in the forms that clients of Kaa know.

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
/** A list without a name says as little as an absent one. */
const anyNames = names.optional().transform((list) => (list?.length === 0 ? undefined : list));
const endpointIds = anyNames.describe('Ids of endpoints, separated by commas or repeated; absent: all.');
const appVersion = z.string().min(1).max(255);

export const kaaApplicationParametersSchema = z.object({ application: appVersion.describe('Name of the application.') });
export const kaaVersionParametersSchema = z.object({ appVersion: appVersion.describe('Name of the application version.') });

/** Parameters of `GET /epts/api/v1/time-series/config`. */
export const kaaDefinitionParametersSchema = z.object({
  applicationNames: anyNames.describe('Applications, separated by commas or repeated; absent: all.'),
});

/** Answer to it: the time series of each application. */
export const kaaDefinitionsSchema = z.record(
  z.string(),
  z.array(z.strictObject({ name: z.string().describe('Name.'), values: z.array(z.string()).describe('Names of its values.') })),
);

/** Parameters of `GET …/time-series/last`. */
export const kaaLastParametersSchema = z.object({
  timeSeriesName: anyNames.describe('Names of time series, separated by commas or repeated; absent: all.'),
  endpointId: endpointIds,
  beforeDate: kaaTimeSchema.optional().describe('Only points before this time.'),
});

/** Body of `POST …/time-series/last`. */
export const kaaLastBodySchema = z.object({
  timeSeriesNames: z.array(z.string()).max(API_KEYS_MAX).nullish().describe('Names of time series; absent: all.'),
  beforeDate: kaaTimeSchema.nullish().describe('Only points before this time.'),
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
  timeSeriesName: names
    .refine((list) => list.length > 0, { message: 'must name a time series' })
    .describe('Names of time series, separated by commas or repeated.'),
  fromDate: kaaTimeSchema.describe('Begin of the time; now-7d is seven days ago.'),
  toDate: kaaTimeSchema.describe('End of the time.'),
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
          timestamp: kaaInstantSchema.describe('When, in ISO 8601; without a zone it is UTC.'),
          values: z
            .record(z.string(), z.union([z.number(), z.string().max(TELEMETRY_TEXT_LENGTH_MAX), z.boolean(), z.null()]))
            .describe('Values by name.'),
        }),
      ),
    ),
  )
  .refine((told) => Object.keys(told).length <= API_KEYS_MAX, { message: `must not name more than ${API_KEYS_MAX} endpoints` })
  .describe('Points by endpoint and time series.');

// Strict: who saves settings that we do not have must not be told that they were saved.
const ofApplications = <S extends z.ZodType>(part: S) =>
  z.strictObject({
    epts: z.strictObject({ kaa: z.strictObject({ applications: z.record(z.string(), part).describe('By the name of the application.') }) }),
  });
const ofVersions = <S extends z.ZodType>(part: S) =>
  ofApplications(z.strictObject({ versions: z.record(z.string(), part).describe('By the name of the version.') }));
const patch = z.strictObject({
  'time-series': z.record(z.string(), z.json()).nullable().describe('Merge patch (RFC 7396) of the time series; null takes them away.'),
});

/** Parameters of the configuration of services. */
export const kaaServiceParametersSchema = z.object({
  serviceInstanceName: z.literal('epts').default('epts').describe('Always epts: other services have none.'),
});
/** What is configured for an application, or for one of its versions. */
export const kaaSettingsSchema = z.strictObject({
  'time-series': kaaTimeSeriesSchema.optional().describe('Time series; absent: none of its own.'),
});
/** The configuration of time series of an application, and of one of its versions; then what changes them in part. */
export const kaaApplicationSettingsSchema = ofApplications(kaaSettingsSchema);
export const kaaVersionSettingsSchema = ofVersions(kaaSettingsSchema);
export const kaaApplicationPatchSchema = ofApplications(patch);
export const kaaVersionPatchSchema = ofVersions(patch);
