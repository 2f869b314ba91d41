import { expect, test } from 'vitest';
import { CRASHES_MAX, HEALTHY_MS, QUARANTINE_MS } from '../limits.js';
import { CrashRecord } from './crash-record.js';

test('the first crash costs no pause, those after it ever longer ones, and the last a quarantine with one more try after it', () => {
  const record = new CrashRecord();
  const pauses = Array.from({ length: CRASHES_MAX }, () => {
    record.ended('it ended', 1_000, 5);
    return record.waitMs(1_000);
  });
  expect(pauses).toEqual([0, 1_000, 2_000, 4_000, QUARANTINE_MS]);
  expect(record.isQuarantined(1_000)).toBe(true);
  expect(record.isQuarantined(1_000 + QUARANTINE_MS)).toBe(false);
  record.ended('it ended', 2_000, 5);
  expect(record.waitMs(2_000)).toBe(QUARANTINE_MS);
});

test('a process that ran long enough starts the count anew', () => {
  const record = new CrashRecord();
  for (let crash = 0; crash < CRASHES_MAX; crash += 1) record.ended('it ended', 0, 5);
  record.ended('it ended', 0, HEALTHY_MS);
  expect([record.crashes, record.waitMs(0)]).toEqual([1, 0]);
});
