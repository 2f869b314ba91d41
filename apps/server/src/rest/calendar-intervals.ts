import { API_INTERVALS_MAX } from '@fieldline/api-contract';
import { restErrors } from './errors.js';

export type CalendarInterval = 'WEEK' | 'WEEK_ISO' | 'MONTH' | 'QUARTER';

/** Years that are written with three or four digits: before and after them the calendar functions mean something else. */
const CALENDAR_START_MS = Date.UTC(101, 0, 1);
const CALENDAR_END_MS = Date.UTC(9_999, 0, 1);

/** A half-open span of time. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A day of the calendar; `month` counts from 0. Values beyond the end of a month or year carry over. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Cuts a range at the weeks, months or quarters of a time zone: the first span runs from the start of the range to
 * the next boundary, the last ends with the range (rest-api.md §6.5). Weeks begin on Sunday, ISO weeks on Monday.
 *
 * @param timeZone IANA name
 * @throws REST_TIME_ZONE_UNKNOWN, REST_INTERVALS_TOO_MANY, REST_TIME_WITHOUT_CALENDAR
 */
export function calendarSpans({ startMs, endMs }: Span, type: CalendarInterval, timeZone: string): readonly Span[] {
  if (startMs < CALENDAR_START_MS || endMs > CALENDAR_END_MS) throw restErrors.TIME_WITHOUT_CALENDAR();
  const zone = zoneOf(timeZone);
  const spans: Span[] = [];
  for (let fromMs = startMs; fromMs < endMs;) {
    if (spans.length >= API_INTERVALS_MAX) throw restErrors.INTERVALS_TOO_MANY({ intervals: spans.length + 1 });
    const toMs = Math.min(endMs, midnightOf(nextBoundary(dayOf(fromMs, zone), type), zone));
    spans.push({ startMs: fromMs, endMs: toMs });
    fromMs = toMs;
  }
  return spans;
}

function nextBoundary({ year, month, day }: Day, type: CalendarInterval): Day {
  if (type === 'MONTH') return { year, month: month + 1, day: 1 };
  if (type === 'QUARTER') return { year, month: month - (month % 3) + 3, day: 1 };
  const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
  const sinceFirst = type === 'WEEK' ? weekday : (weekday + 6) % 7;
  return { year, month, day: day + 7 - sinceFirst };
}

function zoneOf(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', calendar: 'gregory', ...parts });
  } catch (error) {
    throw restErrors.TIME_ZONE_UNKNOWN({ timeZone }, { cause: error });
  }
}

/** What clocks in the zone show at an instant, as if it were UTC. */
function shownMs(instantMs: number, zone: Intl.DateTimeFormat): number {
  const parts = new Map(zone.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function dayOf(instantMs: number, zone: Intl.DateTimeFormat): Day {
  const shown = new Date(shownMs(instantMs, zone));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth(), day: shown.getUTCDate() };
}

/**
 * When the day begins in the zone. The offset is looked up at the guess and once more at the corrected guess, because
 * a change of the clocks may lie between the two; where midnight does not exist, the day begins right after the gap.
 */
function midnightOf({ year, month, day }: Day, zone: Intl.DateTimeFormat): number {
  const wanted = Date.UTC(year, month, day);
  const first = wanted - (shownMs(wanted, zone) - wanted);
  const second = wanted - (shownMs(first, zone) - first);
  return shownMs(second, zone) < wanted ? first : second;
}
