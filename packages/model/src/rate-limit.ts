/** At most `capacity` in any time of `windowMs`. */
export interface RateLimit {
  readonly capacity: number;
  readonly windowMs: number;
}

/** Limits that one text may hold; clients send two or three. */
const LIMITS_MAX = 8;
const CAPACITY_MAX = 1_000_000_000;
/** A year. */
const WINDOW_SECONDS_MAX = 31_536_000;

/**
 * Reads limits as ThingsBoard writes them: `capacity:seconds[,capacity:seconds]`. All of them hold at once.
 *
 * @returns no limit for an empty text; undefined where the text is not of that form
 */
export function parseRateLimits(text: string): readonly RateLimit[] | undefined {
  if (text.trim() === '') return [];
  const limits = text.split(',', LIMITS_MAX + 1).map(parseOne);
  return limits.length <= LIMITS_MAX && limits.every((limit) => limit !== undefined) ? limits : undefined;
}

function parseOne(text: string): RateLimit | undefined {
  const match = /^\s*(\d{1,10}):(\d{1,8})\s*$/.exec(text);
  const capacity = Number(match?.[1]);
  const seconds = Number(match?.[2]);
  const isUsable = match !== null && capacity > 0 && capacity <= CAPACITY_MAX && seconds > 0 && seconds <= WINDOW_SECONDS_MAX;
  return isUsable ? { capacity, windowMs: seconds * 1000 } : undefined;
}
