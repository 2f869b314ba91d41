// Goal: what the server would refuse is said in the form, and nothing that is out of sight stands in the way.
import { expect, it } from 'vitest';
import { partsOf, partsToSend, queueErrorsOf } from './queue-form.js';

const parts = { ...partsOf(undefined), name: 'Fast' };
const retrying = { type: 'RETRY_FAILED', retries: 3, failurePercentage: 0, pauseBetweenRetries: 5, maxPauseBetweenRetries: 4 } as const;

it.each([
  ['nothing wrong', {}, {}],
  ['no name', { name: '' }, { name: 'A queue needs a name.' }],
  ['a space in the name', { name: 'a b' }, { name: expect.stringContaining('letters') as string }],
  ['no size of a batch', { submitStrategy: { type: 'BATCH', batchSize: 0 } }, { batchSize: 'At least 1.' }],
  ['no size where there are no batches', { submitStrategy: { type: 'BURST', batchSize: 0 } }, {}],
  ['a longest pause below the first', { processingStrategy: retrying }, { longestPause: 'At least as long as the first pause.' }],
  ['the same where nothing is retried', { processingStrategy: { ...retrying, type: 'SKIP_ALL_FAILURES' } }, {}],
] as const)('%s', (_what, changes, errors) => {
  expect(queueErrorsOf({ ...parts, ...changes })).toEqual(errors);
});

it('sends pauses that the server takes', () => {
  const sent = partsToSend({ ...parts, processingStrategy: { ...retrying, type: 'SKIP_ALL_FAILURES' } });
  expect(sent.processingStrategy.maxPauseBetweenRetries).toBe(5);
});
