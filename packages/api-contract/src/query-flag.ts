import * as z from 'zod';

/** Yes or no in a query string or path: also as other languages print it (`True`), and as forms send it (`on`, `1`). */
export function queryFlag() {
  return z
    .string()
    .regex(/^(true|false|yes|no|on|off|1|0)$/i, 'must be true or false')
    .transform((text) => /^(true|yes|on|1)$/i.test(text));
}
