import * as z from 'zod';

/** A number in a query string. Nothing is none: as 0 it would be 1970, and a removal would begin there. */
export function queryNumber<T extends z.ZodType<number, number>>(type: T) {
  return z
    .string()
    .transform((text, context) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isNaN(value)) return value;
      context.addIssue({ code: 'custom', message: 'must be a number' });
      return z.NEVER;
    })
    .pipe(type);
}
