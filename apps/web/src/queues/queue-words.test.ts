// Goal: people read what a queue does without knowing the names of strategies. Method: the standard queues and odd ones, in words.
import { expect, it } from 'vitest';
import { processingText, submitText } from './queue-words.js';

const retrying = { type: 'RETRY_FAILED_AND_TIMED_OUT', retries: 3, failurePercentage: 0, pauseBetweenRetries: 5, maxPauseBetweenRetries: 5 } as const;

it.each([
  ['BURST', 'All at once'],
  ['BATCH', '1,000 at a time'],
  ['SEQUENTIAL_BY_ORIGINATOR', 'One after the other for each device'],
] as const)('%s is said as "%s"', (type, text) => {
  expect(submitText({ type, batchSize: 1_000 })).toBe(text);
});

it.each([
  [{ ...retrying, type: 'SKIP_ALL_FAILURES' }, 'Failed messages become dead letters'],
  [retrying, 'What failed or was late is retried up to 3 times, every 5 s'],
  [{ ...retrying, retries: 0, pauseBetweenRetries: 0, maxPauseBetweenRetries: 0 }, 'What failed or was late is retried until it succeeds, at once'],
  [{ ...retrying, retries: 1, maxPauseBetweenRetries: 60 }, 'What failed or was late is retried once, every 5 s, later every 60 s'],
  [
    { ...retrying, type: 'RETRY_ALL', failurePercentage: 0.125 },
    'The whole pack runs again up to 3 times, every 5 s, unless more than 12.5 % of the pack fail',
  ],
  // Above 1 no share is ever reached.
  [{ ...retrying, type: 'RETRY_FAILED', failurePercentage: 50 }, 'What failed is retried up to 3 times, every 5 s'],
] as const)('%j is said in words', (strategy, text) => {
  expect(processingText(strategy)).toBe(text);
});
