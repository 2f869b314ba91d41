import { attributeScopes, z } from '@fieldline/plugin-sdk';
import { EXPRESSION_LENGTH_MAX } from './expression.js';
import { operations } from './operations.js';

/** Arguments of one node, as in ThingsBoard. */
export const ARGUMENTS_MAX = 16;
const KEY_LENGTH_MAX = 1_000;
/** Digits behind the point; a double has no more than 17 in all. */
const PRECISION_MAX = 20;

const scope = z.enum(attributeScopes).nullish().describe('For attributes: their scope; absent means SERVER_SCOPE.');
const key = z.string().min(1).max(KEY_LENGTH_MAX);

const argument = z.strictObject({
  name: z.string().max(KEY_LENGTH_MAX).nullish().describe('Name in a custom function.'),
  type: z.enum(['MESSAGE_BODY', 'MESSAGE_METADATA', 'ATTRIBUTE', 'TIME_SERIES', 'CONSTANT']).describe('Where the value comes from.'),
  key: key.describe('Key of the value, in which ${key} and $[key] are filled in; of a constant the number itself.'),
  attributeScope: scope,
  defaultValue: z.number().nullish().describe('Taken where there is no value.'),
});
export type Argument = z.infer<typeof argument>;

const result = z.strictObject({
  type: z.enum(['MESSAGE_BODY', 'MESSAGE_METADATA', 'ATTRIBUTE', 'TIME_SERIES']).describe('Where the result goes.'),
  key: key.describe('Its key. In the message and its metadata ${key} and $[key] are filled in.'),
  resultValuePrecision: z
    .int()
    .min(0)
    .max(PRECISION_MAX)
    .nullish()
    .transform((digits) => digits ?? 0)
    .describe('Digits behind the point; 0 makes a whole number.'),
  addToBody: z.boolean().nullish().transform(Boolean).describe('Writes what is stored to the message as well.'),
  addToMetadata: z.boolean().nullish().transform(Boolean).describe('Writes what is stored to the metadata as well.'),
  attributeScope: scope,
});

export const mathSettings = z.strictObject({
  operation: z
    .enum(['CUSTOM', ...operations])
    .default('CUSTOM')
    .describe('What is computed: a function of your own, or one operation of one or two arguments.')
    .meta({ title: 'Operation' }),
  arguments: z.array(argument).max(ARGUMENTS_MAX).describe('Values that are computed with, in their order.').meta({ title: 'Arguments' }),
  customFunction: z
    .string()
    .max(EXPRESSION_LENGTH_MAX)
    .nullish()
    .describe('For CUSTOM: the function, for example (x - 32) / 1.8.')
    .meta({ title: 'Function' }),
  result: result.describe('Where the result goes, and how exact it is.').meta({ title: 'Result' }),
});
export type MathSettings = z.infer<typeof mathSettings>;
