const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Times that are offered, looking back from now. */
export const spans = [
  { value: '1', label: 'Last hour' },
  { value: '24', label: 'Last 24 hours' },
  { value: '168', label: 'Last 7 days' },
  { value: '720', label: 'Last 30 days' },
  { value: '8760', label: 'Last year' },
  { value: 'custom', label: 'From … to …' },
] as const;

/**
 * The bounds of a span, in milliseconds since 1970. Now is rounded to the minute, so that the question stays the same
 * while the page is drawn again.
 *
 * @param from of `custom`: as a field for date and time writes it, in the zone of the browser
 */
export function boundsOf(span: string, from: string, to: string): { startTime: number; endTime?: number } {
  if (span === 'custom') {
    const [startTime, endTime] = [Date.parse(from), Date.parse(to)];
    return { startTime: Number.isNaN(startTime) ? 0 : startTime, ...(Number.isNaN(endTime) ? {} : { endTime }) };
  }
  const hours = Number(spans.find(({ value }) => value === span)?.value ?? '168');
  return { startTime: Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - hours * HOUR_MS };
}
