import { SHELVE_DAYS_MAX } from './limits.js';

const HOUR_MS = 3_600_000;

export const shelveChoices = [
  { value: '30m', label: '30 min', lengthMs: HOUR_MS / 2 },
  { value: '2h', label: '2 h', lengthMs: 2 * HOUR_MS },
  { value: '8h', label: '8 h', lengthMs: 8 * HOUR_MS },
  { value: '24h', label: '24 h', lengthMs: 24 * HOUR_MS },
  { value: 'until', label: 'Until…', lengthMs: undefined },
] as const;
export type ShelveChoice = (typeof shelveChoices)[number]['value'];

/** When a shelving that begins now ends; a text where that cannot be. `until` is local time as a date field gives it. */
export function shelvedUntil(choice: ShelveChoice, until: string, nowMs: number): number | string {
  const lengthMs = shelveChoices.find(({ value }) => value === choice)?.lengthMs;
  if (lengthMs !== undefined) return nowMs + lengthMs;
  const untilMs = Date.parse(until);
  if (Number.isNaN(untilMs)) return 'Say until when.';
  if (untilMs <= nowMs) return 'This time has passed.';
  if (untilMs > nowMs + SHELVE_DAYS_MAX * 24 * HOUR_MS) return `At most ${SHELVE_DAYS_MAX} days ahead.`;
  return untilMs;
}

/** An instant in the form of a date and time field, in local time. */
export function fieldTime(tsMs: number): string {
  const local = new Date(tsMs - new Date(tsMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
