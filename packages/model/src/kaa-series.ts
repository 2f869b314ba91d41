import * as z from 'zod';
import { parseJsonPath } from './json-path.js';

/** Configured series of an application or version, and values of all of them. Each is looked for in every sample, so there are few. */
export const KAA_SERIES_MAX = 100;
export const KAA_VALUES_MAX = 500;
/** Characters of the name of a series or value: both together are less than a telemetry key may have. */
export const KAA_NAME_LENGTH_MAX = 100;
/** Characters of a path into a sample. */
export const KAA_PATH_LENGTH_MAX = 255;

/** Names that mean something else to the store that Kaa itself uses. */
const reservedNames: readonly string[] = ['time', 'kaaEndpointID', 'kaaEmpty', '_field', '_measurement'];
/** Characters that Kaa does not take in the name of a value, and those that no telemetry key of ours has. */
const VALUE_NAME = /^[^\\^$'"=,<>{}]+$/;
const SERIES_NAME = /^[A-Za-z0-9_-]+$/;

/** Whether a value of a series may have this name. */
export function isKaaValueName(name: string): boolean {
  return name.length <= KAA_NAME_LENGTH_MAX && VALUE_NAME.test(name) && !reservedNames.includes(name);
}

/** Whether a series may be configured under this name; those of auto-extraction have another form. */
export function isKaaSeriesName(name: string): boolean {
  // What JavaScript takes for something else than a member is no name either.
  return name.length <= KAA_NAME_LENGTH_MAX && SERIES_NAME.test(name) && name !== '__proto__';
}

const path = z
  .string()
  .max(KAA_PATH_LENGTH_MAX)
  .refine((text) => text !== '' && parseJsonPath(text) !== undefined, { message: 'must be a path such as location.lat or $.values[0]' });
const valueSchema = z.strictObject({
  path: path.describe('Where the value is in a sample.'),
  name: z
    .string()
    .default('value')
    .refine(isKaaValueName, { message: 'must be free of \\ ^ $ \' " = , < > { } and no reserved name' })
    .describe('Name of the value.'),
  type: z
    .string()
    .transform((type) => type.toLowerCase())
    .pipe(z.enum(['number', 'string', 'boolean']))
    .describe('Type the value must have; one of another type is left out.'),
});
const seriesSchema = z.strictObject({
  values: z
    .array(valueSchema)
    .min(1)
    .max(KAA_VALUES_MAX)
    .refine((values) => new Set(values.map(({ name }) => name)).size === values.length, { message: 'must not hold two values of one name' })
    .describe('Values of a point.'),
});
const timestampSchema = z.strictObject({
  path: z
    .union([z.literal(''), path])
    .default('')
    .describe('Where the time of a sample is; empty is the time of receipt.'),
  format: z.enum(['iso8601', 'millis-unix-epoch']).default('iso8601').describe('How the time is written.'),
  'fallback-strategy': z
    .enum(['server-timestamp', 'fail'])
    .default('fail')
    .describe('A sample without a readable time gets that of receipt, or is refused.'),
});

/** Series that are taken from data samples besides those of auto-extraction, and the time of their points. */
export const kaaSeriesSchema = z.strictObject({
  names: z
    .record(z.string().refine(isKaaSeriesName, { message: 'must be made of letters, digits, - and _' }), seriesSchema)
    .default({})
    .refine((names) => Object.keys(names).length <= KAA_SERIES_MAX, { message: `must not hold more than ${KAA_SERIES_MAX} series` })
    .refine((names) => Object.values(names).reduce((sum, { values }) => sum + values.length, 0) <= KAA_VALUES_MAX, {
      message: `must not hold more than ${KAA_VALUES_MAX} values`,
    })
    .describe('Series by name.'),
  timestamp: timestampSchema.default({ path: '', format: 'iso8601', 'fallback-strategy': 'fail' }).describe('Where points get their time from.'),
});
export type KaaSeries = z.infer<typeof kaaSeriesSchema>;

/** The time series of a Kaa application or of one of its versions, in the form of Kaa's own configuration (kaa.md §5.1). */
export const kaaTimeSeriesSchema = kaaSeriesSchema.extend({
  'auto-extract': z.boolean().default(false).describe('Store each numeric field of a sample as `auto~<name>`.'),
});
export type KaaTimeSeries = z.infer<typeof kaaTimeSeriesSchema>;

/** What holds while nothing was configured. */
export const unconfiguredKaaSeries: KaaTimeSeries = kaaTimeSeriesSchema.parse({});

/** The application version that a device profile stands for. */
export function kaaAppVersionOf(profile: { readonly name: string; readonly kaaAppVersion?: string | undefined }): string {
  return profile.kaaAppVersion ?? profile.name;
}

/**
 * The application that a version belongs to: `<application>-<suffix>` as Kaa names versions (kaa.md §1). A name of another
 * form is an application with that one version.
 */
export function kaaApplicationOf(appVersion: string): string {
  return /^(.+)-[a-z0-9]+$/.exec(appVersion)?.[1] ?? appVersion;
}
