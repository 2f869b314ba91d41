import * as z from 'zod';

/** A number in a query string. Nothing is none: as 0 it would be 1970, and a removal would begin there. */
export function queryNumber<T extends z.ZodType<number, number>>(type: T, read: (text: string) => number = Number) {
  return z
    .string()
    .transform((text, context) => {
      const value = text.trim() === '' ? Number.NaN : read(text);
      if (!Number.isNaN(value)) return value;
      context.addIssue({ code: 'custom', message: 'must be a number' });
      return z.NEVER;
    })
    .pipe(type);
}

/** Milliseconds since 1970. The times of 64 bits beyond the exact numbers, with which clients say "ever", are the first and last exact ones. */
export function queryInstant() {
  return queryNumber(z.int('must be milliseconds since 1970'), (text) => {
    const value = Number(text);
    return Math.abs(value) > 2 ** 63 ? value : Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  });
}
