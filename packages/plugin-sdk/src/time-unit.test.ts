import { expect, test } from 'vitest';
import { millisecondsOf } from './time-unit.js';

test.each([
  [3, 'DAYS', 259_200_000],
  [2, 'HOURS', 7_200_000],
  [2, 'MINUTES', 120_000],
  [2, 'SECONDS', 2_000],
  [2, 'MILLISECONDS', 2],
  [1_999, 'MICROSECONDS', 1],
  [3_000_000, 'NANOSECONDS', 3],
  [2_999_999, 'NANOSECONDS', 2],
] as const)('%d %s are %d ms', (count, unit, ms) => expect(millisecondsOf(count, unit)).toBe(ms));
