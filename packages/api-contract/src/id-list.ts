import * as z from 'zod';
import { API_IDS_MAX } from './limits.js';
import { uuidSchema } from './wire-id.js';

/** A query parameter with ids separated by commas; they arrive as an array. */
export const idListSchema = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(uuidSchema).max(API_IDS_MAX, `names at most ${API_IDS_MAX} ids`))
  .describe('UUIDs, separated by commas.');
