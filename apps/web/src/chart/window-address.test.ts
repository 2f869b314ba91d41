import { expect, test } from 'vitest';
import { presets, type TimeWindow } from './time-window.js';
import { aggregationOfText, windowOfText, windowText } from './window-address.js';

test.each<TimeWindow>([
  ...presets.map(({ lengthMs }) => ({ kind: 'last' as const, lengthMs })),
  { kind: 'between', startMs: 0, endMs: 1 },
  { kind: 'between', startMs: 1_700_000_000_000, endMs: 8.64e15 },
])('a window comes back from its address: %j', (window) => {
  expect(windowOfText(windowText(window))).toEqual(window);
});

test.each([null, '', '2h', '5-5', '9-1', '1-', '-1-5', '1.5-2', '1e3-2e3', '0-8640000000000001', '1-99999999999999999999'])(
  '%j is no window',
  (text) => {
    expect(windowOfText(text)).toBeUndefined();
  },
);

test('what is no aggregation is the automatic one', () => {
  expect(['MAX', 'NONE', 'max', null].map(aggregationOfText)).toEqual(['MAX', 'NONE', 'AUTO', 'AUTO']);
});
