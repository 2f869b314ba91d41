import { describe, expect, test } from 'vitest';
import { alignSeries, gapOf, withLive } from './align.js';
import { BUCKETS_MAX } from './limits.js';
import { describeResolution, firstWindow, isDrawnRaw, presets, resolutionFor } from './time-window.js';

const at = (...times: number[]) => times.map((tsMs) => ({ tsMs, value: tsMs / 10 }));

describe('aligning series', () => {
  test('a time that only the other series has does not break the line', () => {
    expect(alignSeries([at(10, 30), at(20)], [100, 100])).toEqual([
      [10, 20, 30],
      [1, undefined, 3],
      [undefined, 2, undefined],
    ]);
  });

  test('the line breaks where points are missing, only for the series that misses them', () => {
    expect(alignSeries([at(0, 1000), at(0, 500, 1000)], [600, 600])).toEqual([
      [0, 1, 500, 1000],
      [0, null, undefined, 100],
      [0, undefined, 50, 100],
    ]);
  });

  test('a distance equal to the gap does not break it', () => {
    expect(alignSeries([at(0, 600)], [600])[1]).toEqual([0, 60]);
  });

  test('no series and no points are an empty chart', () => {
    expect(alignSeries([], [])).toEqual([[]]);
    expect(alignSeries([[]], [1])).toEqual([[], []]);
  });

  test('raw lines break at five times the usual distance, at least a minute', () => {
    expect(gapOf(at(0, 60_000, 120_000, 180_000), 0)).toBe(300_000);
    expect(gapOf(at(0, 1_000), 0)).toBe(60_000);
    expect(gapOf([], 0)).toBe(60_000);
  });

  test('lines of buckets break where one is missing; a series with fewer points than buckets is drawn as a line all the same', () => {
    expect(gapOf(at(0, 60_000, 120_000), 60_000)).toBe(90_000);
    expect(gapOf(at(0, 300_000, 600_000), 60_000)).toBe(1_500_000);
  });

  test('a live point replaces the loaded one of its time, late ones find their place', () => {
    expect(
      withLive(at(10, 30), [
        { tsMs: 30, value: 9 },
        { tsMs: 20, value: 8 },
      ]),
    ).toEqual([
      { tsMs: 10, value: 1 },
      { tsMs: 20, value: 8 },
      { tsMs: 30, value: 9 },
    ]);
  });
});

describe('the resolution of a window', () => {
  test.each(presets)('$id needs no more buckets than allowed', ({ lengthMs }) => {
    const resolution = resolutionFor(lengthMs, 'AVG');
    expect('intervalMs' in resolution && lengthMs / resolution.intervalMs).toBeLessThanOrEqual(BUCKETS_MAX);
  });

  test.each([
    { lengthMs: 3_600_000, chosen: 'AUTO', text: 'every point' },
    { lengthMs: 3_600_001, chosen: 'AUTO', text: 'average of 10 s' },
    { lengthMs: 86_400_000, chosen: 'AUTO', text: 'average of 5 min' },
    { lengthMs: 300_000, chosen: 'MAX', text: 'highest of 1 s' },
    { lengthMs: 365 * 86_400_000, chosen: 'SUM', text: 'sum of 1 d' },
    { lengthMs: 3650 * 86_400_000, chosen: 'SUM', text: 'sum of 8 d' },
  ] as const)('$lengthMs ms, $chosen: $text', ({ lengthMs, chosen, text }) => {
    expect(describeResolution(resolutionFor(lengthMs, chosen))).toBe(text);
  });

  test.each([
    { chosen: 'AUTO', lengthMs: 86_400_000, raw: ['open'] },
    { chosen: 'MAX', lengthMs: 86_400_000, raw: ['open'] },
    { chosen: 'COUNT', lengthMs: 86_400_000, raw: [] },
    { chosen: 'AUTO', lengthMs: 3_600_000, raw: ['level', 'open'] },
  ] as const)('of $chosen over $lengthMs ms, booleans are drawn one by one where the server has no sense of them', ({ chosen, lengthMs, raw }) => {
    const resolution = resolutionFor(lengthMs, chosen);
    expect(['level', 'open'].filter((key) => isDrawnRaw(key, new Set(['open']), resolution))).toEqual(raw);
  });
});

test.each([
  { ageMs: -5_000, lengthMs: 900_000, why: 'what came just now, by a clock that is ahead' },
  { ageMs: 450_000, lengthMs: 900_000, why: 'what came in the second half of the usual time' },
  { ageMs: 450_001, lengthMs: 3_600_000, why: 'what is a little older' },
  { ageMs: 86_400_000, lengthMs: 604_800_000, why: 'what came yesterday' },
  { ageMs: 1e12, lengthMs: 2_592_000_000, why: 'what is older than any time to choose' },
])('a chart opens with $lengthMs ms for $why', ({ ageMs, lengthMs }) => {
  expect(firstWindow(2e12 - ageMs, 2e12)).toEqual({ kind: 'last', lengthMs });
});
