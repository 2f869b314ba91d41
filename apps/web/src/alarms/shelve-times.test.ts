// Goal: a shelving ends when it was said to, and never where the server would refuse it. Method: the bounds and just beyond.
import { expect, test } from 'vitest';
import { fieldTime, shelvedUntil } from './shelve-times.js';

const nowMs = Date.parse('2026-11-22T12:00');
const DAY_MS = 86_400_000;

test.each([
  { choice: '30m' as const, minutes: 30 },
  { choice: '2h' as const, minutes: 120 },
  { choice: '8h' as const, minutes: 480 },
  { choice: '24h' as const, minutes: 1_440 },
])('$choice', ({ choice, minutes }) => {
  expect(shelvedUntil(choice, 'ignored', nowMs)).toBe(nowMs + minutes * 60_000);
});

test.each([
  { until: fieldTime(nowMs + 60_000), end: nowMs + 60_000 },
  { until: fieldTime(nowMs), end: 'This time has passed.' },
  { until: fieldTime(nowMs + 30 * DAY_MS), end: nowMs + 30 * DAY_MS },
  { until: fieldTime(nowMs + 30 * DAY_MS + 60_000), end: 'At most 30 days ahead.' },
  { until: '', end: 'Say until when.' },
])('until $until', ({ until, end }) => {
  expect(shelvedUntil('until', until, nowMs)).toBe(end);
});
