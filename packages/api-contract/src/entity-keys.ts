import { attributeScopes } from '@fieldline/model';
import * as z from 'zod';
import { queryFlag } from './query-flag.js';
import { entityTypeSchema } from './wire-id.js';

const flag = (byDefault: boolean) => queryFlag().default(byDefault);
const scope = z.enum(attributeScopes);

export const entityKeysParametersSchema = z.object({
  timeseries: flag(true).describe('Whether keys of time series are answered.'),
  attributes: flag(true).describe('Whether keys of attributes are answered.'),
  scope: scope.optional().describe('Scope of the attributes; all if absent.'),
});

export const entityKeysV2ParametersSchema = z.object({
  includeTimeseries: flag(true).describe('Whether keys of time series are answered.'),
  includeAttributes: flag(true).describe('Whether keys of attributes are answered.'),
  includeSamples: flag(false).describe('Whether each key comes with a value of it.'),
  scopes: z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .filter((text) => text !== ''),
    )
    .pipe(z.array(scope))
    .optional()
    .describe('Scopes of the attributes, with commas; all if absent.'),
});

const foundTypes = z.array(entityTypeSchema).describe('Types of the entities found.');

export const wireEntityKeysSchema = z.strictObject({
  entityTypes: foundTypes,
  timeseries: z.array(z.string()).describe('Keys of time series.'),
  attribute: z.array(z.string()).describe('Keys of attributes.'),
});

const keyWithSample = z.strictObject({
  key: z.string().describe('The key.'),
  sample: z
    .strictObject({ ts: z.int().describe('Its time.'), value: z.json().describe('The value.') })
    .optional()
    .describe('A value of it.'),
});

export const wireEntityKeysV2Schema = z.strictObject({
  entityTypes: foundTypes,
  timeseries: z.array(keyWithSample).optional().describe('Keys of time series.'),
  attributes: z.partialRecord(scope, z.array(keyWithSample)).optional().describe('Keys of attributes, by scope.'),
});
