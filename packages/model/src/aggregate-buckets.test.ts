import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AggregateBuckets } from './aggregate-buckets.js';

// Goal: every time of a range is in exactly one bucket, whichever way the buckets are given.
// Method: a bucket by hand for each way, then any range cut evenly and at any times.

test('even buckets begin at the start of the range, and the last is cut at its end', () => {
  const buckets = new AggregateBuckets({ startMs: 7, endMs: 30, intervalMs: 10 });
  expect([7, 16, 17, 29].map((tsMs) => buckets.numberAt(tsMs))).toEqual([0, 0, 1, 2]);
  expect([buckets.startMs(2), buckets.endMs(2), buckets.middleMs(2)]).toEqual([27, 30, 28]);
});

test('buckets that are given end where the next begins', () => {
  const buckets = new AggregateBuckets({ startMs: 7, endMs: 30, intervalMs: 0, startsMs: [9, 20] });
  expect([7, 8, 9, 19, 20, 29].map((tsMs) => buckets.numberAt(tsMs))).toEqual([0, 0, 1, 1, 2, 2]);
  expect([0, 1, 2].map((number) => buckets.middleMs(number))).toEqual([8, 14, 25]);
});

test('the bucket of a time holds it', () => {
  const given = fc.record({
    startMs: fc.integer({ min: -50, max: 50 }),
    length: fc.integer({ min: 1, max: 90 }),
    intervalMs: fc.integer({ min: 1, max: 100 }),
    cuts: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 89 })), { nil: undefined }),
  });
  fc.assert(
    fc.property(given, ({ startMs, length, intervalMs, cuts }) => {
      const endMs = startMs + length;
      const startsMs = cuts
        ?.filter((cut) => cut < length)
        .sort((a, b) => a - b)
        .map((cut) => startMs + cut);
      const buckets = new AggregateBuckets({ startMs, endMs, intervalMs, startsMs });
      for (let tsMs = startMs; tsMs < endMs; tsMs += 1) {
        const number = buckets.numberAt(tsMs);
        expect(buckets.startMs(number)).toBeLessThanOrEqual(tsMs);
        expect(buckets.endMs(number)).toBeGreaterThan(tsMs);
        expect(buckets.endMs(number)).toBeLessThanOrEqual(endMs);
      }
    }),
  );
});
