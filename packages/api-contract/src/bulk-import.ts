import * as z from 'zod';
import { queryFlag } from './query-flag.js';
import { API_IMPORT_COLUMNS_MAX, API_IMPORT_FILE_CHARACTERS_MAX, API_IMPORT_LINES_MAX } from './limits.js';

const assetColumns = [
  'NAME',
  'TYPE',
  'LABEL',
  'DESCRIPTION',
  'SERVER_ATTRIBUTE',
  'TIMESERIES',
  // Ours: a profile and a customer that there must be, by name, and a column that is passed over.
  'PROFILE',
  'CUSTOMER',
  'IGNORE',
] as const;
const deviceColumns = [
  ...assetColumns,
  'SHARED_ATTRIBUTE',
  'IS_GATEWAY',
  'ACCESS_TOKEN',
  'X509',
  'MQTT_CLIENT_ID',
  'MQTT_USER_NAME',
  'MQTT_PASSWORD',
] as const;
export type ImportColumnType = (typeof deviceColumns)[number];

/** Columns of values, of which there may be many, each with a key of its own. */
const keyed: readonly ImportColumnType[] = ['SERVER_ATTRIBUTE', 'SHARED_ATTRIBUTE', 'TIMESERIES'];

const columnSchema = <const T extends readonly ImportColumnType[]>(types: T) =>
  z
    .object({
      type: z.enum(types).describe('What the column holds.'),
      key: z.string().max(255).nullish().describe('Key of the attribute or time series.'),
    })
    .refine(({ type, key }) => !keyed.includes(type) || (key ?? '').trim() !== '', 'needs a key');

function distinctColumns(columns: readonly { readonly type: ImportColumnType }[]): boolean {
  const single = columns.map(({ type }) => type).filter((type) => type !== 'IGNORE' && !keyed.includes(type));
  return new Set(single).size === single.length;
}

const requestSchema = <const T extends readonly ImportColumnType[]>(types: T) =>
  z.object({
    file: z.string().max(API_IMPORT_FILE_CHARACTERS_MAX).describe(`Text of the table, at most ${API_IMPORT_LINES_MAX} lines.`),
    mapping: z
      .object({
        columns: z
          .array(columnSchema(types))
          .max(API_IMPORT_COLUMNS_MAX)
          .refine((columns) => columns.some(({ type }) => type === 'NAME'), 'needs a column of type NAME')
          .refine(distinctColumns, 'holds a type twice')
          .describe('What the columns hold, in their order.'),
        delimiter: z
          .string()
          .length(1)
          .regex(/[^"\r\n]/, 'must be neither a quote nor a line end')
          .nullish()
          .describe('Character between fields; a comma if absent.'),
        update: z.boolean().nullish().describe('Whether attributes and time series of what is there already are written too.'),
        header: z.boolean().nullish().describe('Whether the first line holds the titles of the columns.'),
      })
      .describe('How to read the table.'),
  });

/** Body of `POST /api/device/bulk_import`. */
export const deviceImportSchema = requestSchema(deviceColumns);
/** Body of `POST /api/asset/bulk_import`. */
export const assetImportSchema = requestSchema(assetColumns);
export type ImportRequest = z.output<typeof deviceImportSchema>;

export const importParametersSchema = z.object({
  dryRun: queryFlag().default(false).describe('Ours: true checks everything and writes nothing.'),
  from: z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .min(1, 'must be greater than zero')
    .default(1)
    .describe('Ours: line to begin with, to go on with an import that was interrupted.'),
});

/** What became of an import. Counts of a dry run are what would have become of it. */
export const importResultSchema = z.strictObject({
  created: z.int().describe('Entities created.'),
  updated: z.int().describe('Entities that were there, by name.'),
  errors: z.int().describe('Lines that were not taken over.'),
  errorsList: z.array(z.string()).describe('Why, as `Line 3: …`; the first thousand.'),
});
export type ImportResult = z.output<typeof importResultSchema>;
