import { parseIso8601, TIME_MAX_MS, type JsonValue } from '@fieldline/model';

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
