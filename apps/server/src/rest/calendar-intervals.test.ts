import { describe, expect, it } from 'vitest';
import { type CalendarInterval, calendarSpans } from './calendar-intervals.js';

const at = (text: string): number => Date.parse(text);
const cuts = (start: string, end: string, type: CalendarInterval, zone: string) =>
  calendarSpans({ startMs: at(start), endMs: at(end) }, type, zone).map(({ startMs }) => new Date(startMs).toISOString());

describe('calendar intervals', () => {
  it('begin where the range does and go on at the boundaries of the zone', () => {
    expect(cuts('2024-01-15T10:00:00Z', '2024-04-02T00:00:00Z', 'MONTH', 'UTC')).toEqual([
      '2024-01-15T10:00:00.000Z',
      '2024-02-01T00:00:00.000Z',
      '2024-03-01T00:00:00.000Z',
      '2024-04-01T00:00:00.000Z',
    ]);
    // Kyiv is two hours ahead in winter and three in summer.
    expect(cuts('2024-03-15T00:00:00Z', '2024-05-15T00:00:00Z', 'MONTH', 'Europe/Kyiv')).toEqual([
      '2024-03-15T00:00:00.000Z',
      '2024-03-31T21:00:00.000Z',
      '2024-04-30T21:00:00.000Z',
    ]);
    expect(cuts('2023-11-20T00:00:00Z', '2024-02-01T00:00:00Z', 'QUARTER', 'UTC')).toEqual(['2023-11-20T00:00:00.000Z', '2024-01-01T00:00:00.000Z']);
  });

  it('of a week begin on Sunday, of an ISO week on Monday', () => {
    // 2024-05-15 is a Wednesday.
    expect(cuts('2024-05-15T12:00:00Z', '2024-05-21T00:00:00Z', 'WEEK', 'UTC')[1]).toBe('2024-05-19T00:00:00.000Z');
    expect(cuts('2024-05-15T12:00:00Z', '2024-05-21T00:00:00Z', 'WEEK_ISO', 'UTC')[1]).toBe('2024-05-20T00:00:00.000Z');
    expect(cuts('2024-05-20T00:00:00Z', '2024-05-28T00:00:00Z', 'WEEK_ISO', 'UTC')).toEqual(['2024-05-20T00:00:00.000Z', '2024-05-27T00:00:00.000Z']);
  });

  it('leave nothing out and nothing twice, also where clocks change at midnight', () => {
    // In Santiago the clocks go from 24:00 to 01:00, so 2024-09-08, a Sunday, has no midnight.
    const spans = calendarSpans({ startMs: at('2024-08-20T00:00:00Z'), endMs: at('2024-10-20T00:00:00Z') }, 'WEEK', 'America/Santiago');
    for (const [n, span] of spans.entries()) {
      expect(span.endMs).toBeGreaterThan(span.startMs);
      expect(spans[n + 1]?.startMs ?? span.endMs).toBe(span.endMs);
    }
    expect(spans.map(({ startMs }) => new Date(startMs).toISOString())).toContain('2024-09-08T04:00:00.000Z');
  });

  it('are refused in an unknown zone, and beyond their bound', () => {
    expect(() => cuts('2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z', 'WEEK', 'Mars/Olympus')).toThrow(/Mars/);
    expect(() => cuts('1990-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 'WEEK', 'UTC')).toThrow(/Number of intervals/);
  });
});
