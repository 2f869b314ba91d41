import { TestClock } from '@fieldline/contract-tests';
import { ValueKind } from '@fieldline/model';
import { historyLimits } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { ReadCost } from './read-cost.js';

// Goal: a read ends at its bounds and when nobody wants it any more.
// Method: work that never ends, or ends when the test says so, on a clock that the test moves.

const never = new Promise<never>(() => undefined);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { readonly code: string }) => error.code,
  );

test('work of one read has a deadline, which the time between does not bring nearer', async () => {
  const clock = new TestClock();
  const cost = new ReadCost(clock, undefined);
  const work = Promise.withResolvers<number>();
  const first = cost.within(work.promise);
  clock.advanceMs(historyLimits.deadlineMs - 1);
  work.resolve(1);
  expect(await first).toBe(1);
  clock.advanceMs(historyLimits.deadlineMs);
  expect(await cost.within(Promise.resolve(2))).toBe(2);
  const last = codeOf(cost.within(never));
  clock.advanceMs(1);
  expect(await last).toBe('HISTORY_TOO_SLOW');
});

test('a read that is not wanted any more waits for nothing', async () => {
  const control = new AbortController();
  const cost = new ReadCost(new TestClock(), control.signal);
  const work = codeOf(cost.within(never));
  control.abort();
  expect(await work).toBe('HISTORY_ABANDONED');
  expect(await codeOf(cost.within(Promise.resolve(1)))).toBe('HISTORY_ABANDONED');
  expect(() => cost.check()).toThrow(expect.objectContaining({ code: 'HISTORY_ABANDONED' }));
});

test('texts of one read are bounded by their bytes', () => {
  const cost = new ReadCost(new TestClock(), undefined);
  const text = { ts: 1, kind: ValueKind.string, value: 'ü'.repeat(8 * 1024 * 1024) };
  for (let bytes = 16 * 1024 * 1024; bytes <= historyLimits.textBytesMax; bytes += 16 * 1024 * 1024) cost.add([text]);
  expect(() => cost.add([{ ...text, value: 'x' }])).toThrow(expect.objectContaining({ code: 'HISTORY_TOO_LARGE' }));
});
