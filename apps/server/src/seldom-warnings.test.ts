// Goal: a flood of the same warning is one line now and then, and nothing of it is uncounted. Method: a clock that is moved by hand.
import { epochMs, silentLog } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { SeldomWarnings, WARNINGS_EVERY_MS } from './seldom-warnings.js';

test('the first of each event and code at once, then how many there were', () => {
  let nowMs = 0;
  const logged: unknown[] = [];
  const clock = { nowMs: () => epochMs(0), monotonicMs: () => nowMs, after: () => () => undefined };
  const warnings = new SeldomWarnings({ clock, log: { ...silentLog, warn: (event, fields) => void logged.push([event, fields]) } });
  for (const n of [1, 2, 3]) warnings.warn('refused', 'BUSY', { n });
  warnings.warn('refused', 'SLOW', {});
  warnings.warn('other', 'BUSY', {});
  nowMs = WARNINGS_EVERY_MS - 1;
  warnings.warn('refused', 'BUSY', { n: 4 });
  nowMs += 1;
  warnings.warn('refused', 'BUSY', { n: 5 });
  expect(logged).toEqual([
    ['refused', { code: 'BUSY', n: 1, times: 1 }],
    ['refused', { code: 'SLOW', times: 1 }],
    ['other', { code: 'BUSY', times: 1 }],
    ['refused', { code: 'BUSY', n: 5, times: 4 }],
  ]);
});
