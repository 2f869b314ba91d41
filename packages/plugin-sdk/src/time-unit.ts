/** Units of time in settings, as ThingsBoard names them. */
export const timeUnits = ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const;
export type TimeUnit = (typeof timeUnits)[number];

const unitMs: Readonly<Record<TimeUnit, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};

/** A length of time in whole milliseconds; what is left of one is dropped. */
export function millisecondsOf(count: number, unit: TimeUnit): number {
  const ms = unitMs[unit];
  // Dividing is exact where multiplying by 1e-6 is not.
  return Math.trunc(ms >= 1 ? count * ms : count / Math.round(1 / ms));
}
