import { expect, test } from 'vitest';
import { parseSampleTime } from './sample-time.js';

test.each([
  [1555230312868, 1555230312868],
  [1.9, 1],
  ['1555230312868', 1555230312868],
  ['-5', undefined],
  [true, undefined],
  [undefined, undefined],
  [9e15, undefined],
])('%j as milliseconds is %j', (value, expected) => expect(parseSampleTime(value, 'millis-unix-epoch')).toBe(expected));

test.each([
  ['2019-04-26T15:41:07Z', 1556293267000],
  ['1555230312868', undefined],
  [1555230312868, undefined],
])('%j as ISO 8601 is %j', (value, expected) => expect(parseSampleTime(value, 'iso8601')).toBe(expected));
