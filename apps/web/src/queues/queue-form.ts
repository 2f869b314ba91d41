import type { Queue, QueueParts } from '../api/engine-api.js';
import { neverRetries, queueDescription } from './queue-words.js';

/** Bounds of the API (packages/api-contract/src/limits.ts). */
export const queueBounds = {
  name: 255,
  partitions: 100,
  batchSize: 1_000_000,
  retries: 1_000_000,
  timeoutMs: 3_600_000,
  pauseSeconds: 3_600,
  share: 100,
} as const;

/** A queue that runs messages at once and keeps what fails, as Main does from the first start on. */
const usual: QueueParts = {
  name: '',
  partitions: 10,
  consumerPerPartition: true,
  packProcessingTimeout: 2_000,
  submitStrategy: { type: 'BURST', batchSize: 1_000 },
  processingStrategy: { type: 'SKIP_ALL_FAILURES', retries: 3, failurePercentage: 0, pauseBetweenRetries: 3, maxPauseBetweenRetries: 3 },
  description: '',
};

/** What the form begins with. */
export function partsOf(queue: Queue | undefined): QueueParts {
  if (queue === undefined) return usual;
  const { name, partitions, consumerPerPartition, packProcessingTimeout, submitStrategy, processingStrategy } = queue;
  return {
    ...{ name, partitions, consumerPerPartition, packProcessingTimeout },
    submitStrategy,
    processingStrategy,
    description: queueDescription(queue),
  };
}

export interface QueueErrors {
  readonly name?: string;
  readonly batchSize?: string;
  readonly longestPause?: string;
}

/** What is wrong with what was entered; the server checks the same. */
export function queueErrorsOf({ name, submitStrategy, processingStrategy }: QueueParts): QueueErrors {
  const { type, pauseBetweenRetries, maxPauseBetweenRetries } = processingStrategy;
  return {
    ...(name === '' ? { name: 'A queue needs a name.' } : {}),
    ...(/^[a-zA-Z0-9._-]*$/.test(name) ? {} : { name: 'Use letters without accents, digits, points, dashes and underscores.' }),
    ...(submitStrategy.type === 'BATCH' && submitStrategy.batchSize < 1 ? { batchSize: 'At least 1.' } : {}),
    ...(!neverRetries(type) && maxPauseBetweenRetries < pauseBetweenRetries ? { longestPause: 'At least as long as the first pause.' } : {}),
  };
}

/** What is sent: a bound that means nothing with these strategies must not make the server refuse the rest. */
export function partsToSend(parts: QueueParts): QueueParts {
  const { processingStrategy } = parts;
  const { pauseBetweenRetries, maxPauseBetweenRetries } = processingStrategy;
  return {
    ...parts,
    description: parts.description.trim(),
    processingStrategy: { ...processingStrategy, maxPauseBetweenRetries: Math.max(pauseBetweenRetries, maxPauseBetweenRetries) },
  };
}
