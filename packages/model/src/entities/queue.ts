import * as z from 'zod';
import { additionalInfo, head } from './head.js';

/** How many messages of a pack run at once, and which wait for which (rule-engine.md §10). */
export const submitStrategies = ['BURST', 'BATCH', 'SEQUENTIAL_BY_ORIGINATOR', 'SEQUENTIAL_BY_TENANT', 'SEQUENTIAL'] as const;
export type SubmitStrategy = (typeof submitStrategies)[number];

/** What becomes of messages of a pack that failed, or did not end in time. */
export const processingStrategies = [
  'SKIP_ALL_FAILURES',
  'SKIP_ALL_FAILURES_AND_TIMED_OUT',
  'RETRY_ALL',
  'RETRY_FAILED',
  'RETRY_TIMED_OUT',
  'RETRY_FAILED_AND_TIMED_OUT',
] as const;
export type ProcessingStrategy = (typeof processingStrategies)[number];

/** Letters of the name of a queue, so that it can be part of keys and topics. */
export const queueNamePattern = /^[a-zA-Z0-9._-]+$/;

/** A queue of messages and its strategies. Owned by the system tenant, or by the tenant that made it. */
export const queueSchema = z.strictObject({
  ...head,
  name: z.string().min(1).max(255).regex(queueNamePattern).describe('Name, unique among the queues of its owner; never changes.'),
  topic: z.string().min(1).max(255).describe('Kept for the client.'),
  pollIntervalMs: z.int().positive().describe('Kept for the client: nothing is polled here.'),
  partitions: z.int().positive().describe('Messages of one partition keep their order; a pack that is retried holds its partition.'),
  isConsumedByPartition: z.boolean().describe('False: all partitions are one.'),
  packTimeoutMs: z.int().positive().describe('How long a pack may run before what did not end in it has timed out.'),
  submit: z.strictObject({
    strategy: z.enum(submitStrategies).describe('Which messages wait for which.'),
    batchSize: z.int().nonnegative().describe('Messages that run at once; of BATCH only.'),
  }),
  processing: z.strictObject({
    strategy: z.enum(processingStrategies).describe('What becomes of messages that failed or timed out.'),
    retries: z.int().nonnegative().describe('Retries of a pack; 0 is without end.'),
    failurePercentage: z.number().min(0).max(100).describe('Above this share of a pack it is not retried; 0 is no bound.'),
    pauseMs: z.int().nonnegative().describe('Pause before the first retry.'),
    pauseMaxMs: z.int().nonnegative().describe('Longest pause: it doubles with each retry up to this.'),
  }),
  additionalInfo,
});
export type Queue = z.infer<typeof queueSchema>;

/** What the processing of a queue depends on. */
export type QueueStrategies = Pick<Queue, 'name' | 'partitions' | 'isConsumedByPartition' | 'packTimeoutMs' | 'submit' | 'processing'>;
