import { alarmNodeErrors } from '../errors.js';
import { TIME_ZONES_KEPT } from '../limits.js';
import { schedule, type Schedule } from './alarm-rules.js';
import type { DeviceValues } from './device-values.js';

/**
 * True where a rule counts at an instant. An attribute may hold another schedule of the same type as JSON.
 *
 * @throws ALARM_NODE_TIME_ZONE_UNKNOWN
 */
export function isActive(given: Schedule | null | undefined, tsMs: number, values: DeviceValues): boolean {
  if (given === null || given === undefined) return true;
  const now = dynamicSchedule(given, values) ?? given;
  if (now.type === 'ANY_TIME') return true;
  const { dayOfWeek, ofDayMs } = localTime(tsMs, now.timezone ?? 'UTC');
  if (now.type === 'SPECIFIC_TIME') {
    const days = now.daysOfWeek ?? [];
    return (days.length === 7 || days.includes(dayOfWeek)) && isWithin(now, ofDayMs);
  }
  const item = now.items.find((one) => one.dayOfWeek === dayOfWeek);
  return item?.enabled === true && isWithin(item, ofDayMs);
}

function dynamicSchedule(given: Schedule, values: DeviceValues): Schedule | undefined {
  const text = values.dynamic(given.dynamicValue)?.value;
  if (typeof text !== 'string') return undefined;
  try {
    const parsed = schedule.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.type === given.type ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const DAY_MS = 86_400_000;

/** An end of 0 is midnight. Where the end comes before the start, the time is over night, and counts for the day it is. */
function isWithin({ startsOn, endsOn }: { readonly startsOn: number; readonly endsOn: number }, ofDayMs: number): boolean {
  const end = endsOn === 0 ? DAY_MS : endsOn;
  if (startsOn <= end) return ofDayMs >= startsOn && ofDayMs < end;
  return ofDayMs > startsOn || (ofDayMs > 0 && ofDayMs < end);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Day of the week, 1 is Monday, and milliseconds since midnight as a clock on the wall shows them. */
export function localTime(tsMs: number, timeZone: string): { readonly dayOfWeek: number; readonly ofDayMs: number } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(tsMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const ofSecondMs = ((tsMs % 1_000) + 1_000) % 1_000;
  return {
    dayOfWeek: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    ofDayMs: ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000 + ofSecondMs,
  };
}

/** To make one takes longer than to use it a thousand times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    try {
      const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
      format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', ...time });
    } catch (cause) {
      throw alarmNodeErrors.TIME_ZONE_UNKNOWN({ timeZone }, { cause });
    }
    if (formats.size >= TIME_ZONES_KEPT) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}
