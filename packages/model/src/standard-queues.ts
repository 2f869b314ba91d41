import type { Queue } from './entities/queue.js';

type StandardQueue = Omit<Queue, 'id' | 'tenantId' | 'createdAtMs' | 'version'>;

/** The queue of messages whose profile or node names none, or one that does not exist. */
export const mainQueueName = 'Main';

const rest = {
  pollIntervalMs: 25,
  partitions: 10,
  isConsumedByPartition: true,
  packTimeoutMs: 2_000,
  additionalInfo: { description: '', duplicateMsgToAllPartitions: false, customProperties: '' },
} as const;

/** The queues every system has from its first start on, with the values of rule-engine.md §10. */
export const standardQueues: readonly [StandardQueue, StandardQueue, StandardQueue] = [
  {
    ...rest,
    name: mainQueueName,
    topic: 'tb_rule_engine.main',
    submit: { strategy: 'BURST', batchSize: 1_000 },
    processing: { strategy: 'SKIP_ALL_FAILURES', retries: 3, failurePercentage: 0, pauseMs: 3_000, pauseMaxMs: 3_000 },
  },
  {
    ...rest,
    name: 'HighPriority',
    topic: 'tb_rule_engine.hp',
    submit: { strategy: 'BURST', batchSize: 100 },
    processing: { strategy: 'RETRY_FAILED_AND_TIMED_OUT', retries: 0, failurePercentage: 0, pauseMs: 5_000, pauseMaxMs: 5_000 },
  },
  {
    ...rest,
    name: 'SequentialByOriginator',
    topic: 'tb_rule_engine.sq',
    submit: { strategy: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 100 },
    processing: { strategy: 'RETRY_FAILED_AND_TIMED_OUT', retries: 3, failurePercentage: 0, pauseMs: 5_000, pauseMaxMs: 5_000 },
  },
];
