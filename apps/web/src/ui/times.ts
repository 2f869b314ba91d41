const toTheSecond = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const absolute = new Intl.DateTimeFormat(undefined, { ...toTheSecond, timeZoneName: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { ...toTheSecond, fractionalSecondDigits: 3 });
const short = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** Date, time and zone: for a tooltip, where nothing may be left open. */
export function fullTime(tsMs: number): string {
  return absolute.format(tsMs);
}

export function shortTime(tsMs: number): string {
  return short.format(tsMs);
}

/** To the millisecond, for a table of readings, and the same for programs. */
export function exactTime(tsMs: number): { readonly text: string; readonly iso: string } {
  return { text: exact.format(tsMs), iso: new Date(tsMs).toISOString() };
}

/** How long ago, in the largest unit that fits, such as "3 min. ago". */
export function timeAgo(tsMs: number, nowMs: number): string {
  const distance = tsMs - nowMs;
  for (const { unit, ms } of steps) if (Math.abs(distance) >= ms) return relative.format(Math.trunc(distance / ms), unit);
  return 'just now';
}
