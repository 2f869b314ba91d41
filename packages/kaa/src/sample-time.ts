import { parseIso8601, type JsonValue } from '@fieldline/model';

/** Furthest time, before and after 1970, that a date can show (ECMA-262 §21.4.1.1). */
const TIME_MAX_MS = 8.64e15;

/**
 * The time that a sample tells, in milliseconds since 1970; undefined where it is none in the format (kaa.md §5.2).
 */
export function parseSampleTime(value: JsonValue | undefined, format: 'iso8601' | 'millis-unix-epoch'): number | undefined {
  if (format === 'iso8601') return typeof value === 'string' ? parseIso8601(value) : undefined;
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,16}$/.test(value));
  if (!isNumber) return undefined;
  const tsMs = Math.trunc(Number(value)) + 0;
  return Math.abs(tsMs) <= TIME_MAX_MS ? tsMs : undefined;
}
