// Goal: percentiles are exact to about an eighth, whatever the times and however many. Method: against sorted lists.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIME_MAX_US } from '../limits.js';
import { bucketOf, TimeHistogram } from './time-histogram.js';

/** Times of all magnitudes alike. */
const durations = fc.double({ min: 0, max: Math.log2(TIME_MAX_US), noNaN: true }).map((power) => Math.round(2 ** power));

test('percentiles are those of the sorted times, to an eighth', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(durations, fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 200 }), (times) => {
      const histogram = new TimeHistogram();
      for (const [durationUs, count] of times) histogram.add(bucketOf(durationUs), count);
      const sorted = times.flatMap(([durationUs, count]) => Array<number>(count).fill(durationUs)).sort((a, b) => a - b);
      const { count, p50Us = 0, p95Us = 0 } = histogram.figures();
      expect(count).toBe(sorted.length);
      for (const [share, found] of [
        [0.5, p50Us],
        [0.95, p95Us],
      ] as const) {
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(1, exact / 8));
      }
    }),
  );
});

test.each([
  { durationUs: 0, p50Us: 1, why: 'nothing takes less than a microsecond' },
  { durationUs: 0.4, p50Us: 1, why: 'nor does a part of one' },
  { durationUs: 7, p50Us: 7, why: 'small ones are exact' },
])('$durationUs µs count as $p50Us: $why', ({ durationUs, p50Us }) => {
  const histogram = new TimeHistogram();
  histogram.add(bucketOf(durationUs), 1);
  expect(histogram.figures()).toEqual({ count: 1, p50Us, p95Us: p50Us });
});

test('what takes longer than the longest time counts as that', () => {
  const histogram = new TimeHistogram();
  histogram.add(bucketOf(TIME_MAX_US * 100), 1);
  expect(histogram.figures().p50Us).toBeGreaterThan(TIME_MAX_US * 0.85);
});

test('nothing counted has no percentiles', () => {
  expect(new TimeHistogram().figures()).toEqual({ count: 0 });
});

test('more than fits in a bucket halves all of them, and the shares stay', () => {
  const histogram = new TimeHistogram();
  for (let n = 0; n < 3; n += 1) {
    histogram.add(bucketOf(10), 4_000_000_000);
    histogram.add(bucketOf(1_000), 400_000_000);
  }
  const { count, p50Us, p95Us } = histogram.figures();
  expect([count, p50Us]).toEqual([13_200_000_000, 10]);
  expect(p95Us).toBeGreaterThan(900);
});
