// Goal: the schedules of rule-nodes.md §5.4 in any time zone. Method: instants at and beside each border.
import { ValueKind } from '@fieldline/plugin-sdk';
import { describe, expect, test } from 'vitest';
import type { Schedule } from './alarm-rules.js';
import { DeviceValues } from './device-values.js';
import { isActive, localTime } from './schedules.js';

const nobody = { customer: new Map(), tenant: new Map() };
const none = new DeviceValues({}, nobody);
const hour = 3_600_000;
/** Monday, 15 January 2024, midnight in UTC. */
const monday = 1_705_276_800_000;
const active = (schedule: Schedule, ...hours: readonly number[]): boolean[] => hours.map((at) => isActive(schedule, monday + at * hour, none));
const specific = (startsOn: number, endsOn: number, daysOfWeek = [1], timezone = 'UTC'): Schedule => ({
  type: 'SPECIFIC_TIME',
  timezone,
  daysOfWeek,
  startsOn: startsOn * hour,
  endsOn: endsOn * hour,
});

test('without a schedule, and at any time, a rule always counts', () => {
  expect(isActive(undefined, monday, none)).toBe(true);
  expect(active({ type: 'ANY_TIME' }, 0, 13)).toEqual([true, true]);
});

describe('a specific time', () => {
  const ms = 1 / hour;

  test('includes its start and not its end, on its days', () => {
    expect(active(specific(9, 17), 9 - ms, 9, 17 - ms, 17, 24 + 10)).toEqual([false, true, true, false, false]);
  });

  test('that ends at 0 ends at midnight', () => expect(active(specific(9, 0), 9, 24 - ms, 24)).toEqual([true, true, false]));

  test('over night counts for the day it is, without its very start and midnight', () => {
    expect(active(specific(22, 6), 0, ms, 6 - ms, 6, 22, 22 + ms, 24 + ms)).toEqual([false, true, true, false, false, true, false]);
  });

  test('on all days asks for no day', () =>
    expect(active(specific(9, 17, [1, 2, 3, 4, 5, 6, 7]), 10, 34, 58, 82, 106, 130, 154)).not.toContain(false));
});

test('a custom schedule has its own time for each day, and none where there is no item', () => {
  const items = [
    { enabled: true, dayOfWeek: 1, startsOn: 9 * hour, endsOn: 10 * hour },
    { enabled: false, dayOfWeek: 2, startsOn: 0, endsOn: 0 },
  ];
  expect(active({ type: 'CUSTOM', timezone: 'UTC', items }, 9, 10, 24 + 9, 48 + 9)).toEqual([true, false, false, false]);
});

describe('time zones', () => {
  test.each([
    ['UTC', 1, 0],
    ['Europe/Berlin', 1, 1],
    ['America/New_York', 7, 19],
    ['Asia/Kathmandu', 1, 5.75],
  ])('midnight of a Monday is in %s on day %i at %d', (timeZone, dayOfWeek, hours) => {
    expect(localTime(monday, timeZone)).toEqual({ dayOfWeek, ofDayMs: hours * hour });
  });

  test('the clock on the wall counts when summer time begins', () => {
    // 31 March 2024, 02:00 in Berlin does not exist.
    const beginsMs = 1_711_846_800_000;
    expect([beginsMs - 1, beginsMs].map((tsMs) => localTime(tsMs, 'Europe/Berlin').ofDayMs / hour)).toEqual([2 - 1 / hour, 3]);
  });

  test('one that does not exist is named', () => {
    expect(() => active(specific(9, 17, [1], 'Mars/Base'), 10)).toThrow(expect.objectContaining({ code: 'ALARM_NODE_TIME_ZONE_UNKNOWN' }));
  });

  test('times before 1970 have milliseconds too', () => expect(localTime(-1, 'UTC')).toEqual({ dayOfWeek: 3, ofDayMs: 24 * hour - 1 }));
});

test.each([
  [JSON.stringify(specific(20, 21)), [false, true]],
  [JSON.stringify({ type: 'ANY_TIME' }), [true, false]],
  ['{', [true, false]],
  ['42', [true, false]],
])('an attribute with the schedule %s counts where it is one of the same type', (value, expected) => {
  const dynamicValue = { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'hours' };
  const values = new DeviceValues({ 'a:hours': { kind: ValueKind.json, value } }, nobody);
  const schedule = { ...specific(9, 17), dynamicValue } as Schedule;
  expect([10, 20].map((at) => isActive(schedule, monday + at * hour, values))).toEqual(expected);
});
