// Goal: the tables of rule-engine.md §10, row by row. Method: a pack of four with one failed and one timed-out message.
import { processingStrategies, type Queue } from '@fieldline/model';
import { expect, test } from 'vitest';
import { cancelsLateOnes, nextPauseMs, placesToRetry } from './processing.js';

const processing = (strategy: Queue['processing']['strategy'], more: Partial<Queue['processing']> = {}): Queue['processing'] => ({
  strategy,
  retries: 3,
  failurePercentage: 0,
  pauseMs: 3_000,
  pauseMaxMs: 3_000,
  ...more,
});
const verdict = (more: { failed?: readonly number[]; pending?: readonly number[]; acknowledged?: readonly number[] } = {}) => ({
  total: 4,
  places: [0, 1, 2, 3],
  failed: new Set(more.failed ?? [1]),
  pending: new Set(more.pending ?? [3]),
  acknowledged: new Set(more.acknowledged ?? []),
});

test.each([
  { strategy: 'SKIP_ALL_FAILURES', again: [] },
  { strategy: 'SKIP_ALL_FAILURES_AND_TIMED_OUT', again: [] },
  { strategy: 'RETRY_ALL', again: [0, 1, 2, 3] },
  { strategy: 'RETRY_FAILED', again: [1] },
  { strategy: 'RETRY_TIMED_OUT', again: [3] },
  { strategy: 'RETRY_FAILED_AND_TIMED_OUT', again: [1, 3] },
] as const)('$strategy runs $again again', ({ strategy, again }) => {
  expect(placesToRetry(processing(strategy), verdict(), 1)).toEqual(again);
});

test.each(processingStrategies)('%s is done when everything succeeded', (strategy) => {
  expect(placesToRetry(processing(strategy), verdict({ failed: [], pending: [] }), 1)).toEqual([]);
});

test('after the last retry the pack is given up; 0 retries are without end', () => {
  expect(placesToRetry(processing('RETRY_FAILED'), verdict(), 3)).toEqual([1]);
  expect(placesToRetry(processing('RETRY_FAILED'), verdict(), 4)).toEqual([]);
  expect(placesToRetry(processing('RETRY_FAILED', { retries: 0 }), verdict(), 1_000_000)).toEqual([1]);
});

test('a share of failed and timed-out messages above the failure percentage is given up, compared as the number is stored', () => {
  expect(placesToRetry(processing('RETRY_ALL', { failurePercentage: 0.5 }), verdict(), 1)).toEqual([0, 1, 2, 3]);
  expect(placesToRetry(processing('RETRY_ALL', { failurePercentage: 0.49 }), verdict(), 1)).toEqual([]);
  // As a percentage it would be exceeded; as the compatible engine compares it, nothing ever exceeds 1.
  expect(placesToRetry(processing('RETRY_ALL', { failurePercentage: 5 }), verdict(), 1)).toEqual([0, 1, 2, 3]);
});

test('an acknowledged message is never run again', () => {
  expect(placesToRetry(processing('RETRY_ALL'), verdict({ acknowledged: [0, 1] }), 1)).toEqual([2, 3]);
  expect(placesToRetry(processing('RETRY_FAILED'), verdict({ acknowledged: [1] }), 1)).toEqual([]);
});

test('the pause doubles up to the longest, and stays where that is not longer', () => {
  const growing = processing('RETRY_ALL', { pauseMs: 3, pauseMaxMs: 10 });
  expect([3, 6, 10].map((pauseMs) => nextPauseMs(growing, pauseMs))).toEqual([6, 10, 10]);
  expect(nextPauseMs(processing('RETRY_ALL'), 3_000)).toBe(3_000);
});

test('only SKIP_ALL_FAILURES lets late messages run on', () => {
  expect(processingStrategies.filter((strategy) => !cancelsLateOnes(processing(strategy)))).toEqual(['SKIP_ALL_FAILURES']);
});
