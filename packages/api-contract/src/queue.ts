import type { Queue } from '@fieldline/model';
import { processingStrategies, queueNamePattern, submitStrategies } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import {
  QUEUE_BATCH_MAX,
  QUEUE_PACK_TIMEOUT_MS_MAX,
  QUEUE_PARTITIONS_MAX,
  QUEUE_PAUSE_SECONDS_MAX,
  QUEUE_POLL_INTERVAL_MS_MAX,
  QUEUE_RETRIES_MAX,
} from './limits.js';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const type = { submit: z.enum(submitStrategies), processing: z.enum(processingStrategies) };

/** A queue as the API shows it. */
export const wireQueueSchema = z.strictObject({
  id: wireIdSchema('QUEUE').describe('Id of the queue.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant that made it, or the system.'),
  name: z.string().describe('Name, unique among the queues of its owner.'),
  topic: z.string().describe('Kept for the client.'),
  pollInterval: z.int().describe('Kept for the client.'),
  partitions: z.int().describe('Messages of one partition keep their order.'),
  consumerPerPartition: z.boolean().describe('False: all partitions are one.'),
  packProcessingTimeout: z.int().describe('Milliseconds that a pack of messages may run.'),
  submitStrategy: z
    .strictObject({ type: type.submit.describe('Which messages wait for which.'), batchSize: z.int().describe('Messages at once; of BATCH.') })
    .describe('How messages are handed to rule chains.'),
  processingStrategy: z
    .strictObject({
      type: type.processing.describe('What becomes of messages that failed or timed out.'),
      retries: z.int().describe('Retries of a pack; 0 is without end.'),
      failurePercentage: z.number().describe('Above this share of a pack it is not retried; 0 is no bound.'),
      pauseBetweenRetries: z.number().describe('Seconds before the first retry.'),
      maxPauseBetweenRetries: z.number().describe('Longest pause: it doubles up to this.'),
    })
    .describe('What is retried.'),
  additionalInfo: freeJson.nullable().describe('Kept for the client.'),
});
export type WireQueue = z.infer<typeof wireQueueSchema>;

const whole = (min: number, max: number) => z.int().min(min).max(max);

/** Body of `POST /api/queues`. Members that are absent take the values of Main. */
export const queueSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Queue to change; absent creates one.'),
  name: z
    .string()
    .max(255, 'length must be equal or less than 255')
    .regex(queueNamePattern, "must be of ASCII letters, digits, '.', '_' and '-'")
    .describe('Name, unique among the queues of its owner; never changes.'),
  topic: z.string().min(1).max(255).nullish().describe('Kept for the client.'),
  pollInterval: whole(1, QUEUE_POLL_INTERVAL_MS_MAX).nullish().describe('Kept for the client.'),
  partitions: whole(1, QUEUE_PARTITIONS_MAX).nullish().describe('Messages of one partition keep their order.'),
  consumerPerPartition: z.boolean().nullish().describe('False: all partitions are one.'),
  packProcessingTimeout: whole(1, QUEUE_PACK_TIMEOUT_MS_MAX).nullish().describe('Milliseconds that a pack of messages may run.'),
  submitStrategy: z
    .object({
      type: type.submit.describe('Which messages wait for which.'),
      batchSize: whole(0, QUEUE_BATCH_MAX).nullish().describe('Messages at once; of BATCH, where it is at least 1.'),
    })
    .refine((given) => given.type !== 'BATCH' || (given.batchSize ?? 0) > 0, { error: 'must be at least 1', path: ['batchSize'] })
    .describe('How messages are handed to rule chains.'),
  processingStrategy: z
    .object({
      type: type.processing.describe('What becomes of messages that failed or timed out.'),
      retries: whole(0, QUEUE_RETRIES_MAX).nullish().describe('Retries of a pack; 0 is without end.'),
      failurePercentage: z.number().min(0).max(100).nullish().describe('Above this share of a pack it is not retried; 0 is no bound.'),
      pauseBetweenRetries: whole(0, QUEUE_PAUSE_SECONDS_MAX).nullish().describe('Seconds before the first retry.'),
      maxPauseBetweenRetries: whole(0, QUEUE_PAUSE_SECONDS_MAX).nullish().describe('Longest pause in seconds.'),
    })
    .refine((given) => (given.maxPauseBetweenRetries ?? Infinity) >= (given.pauseBetweenRetries ?? 0), {
      error: 'must not be less than pauseBetweenRetries',
      path: ['maxPauseBetweenRetries'],
    })
    .describe('What is retried.'),
  additionalInfo: freeJson.nullish().describe('Kept for the client.'),
});
export type QueueSave = z.output<typeof queueSaveSchema>;

export function queueToWire(queue: Queue): WireQueue {
  const { submit, processing } = queue;
  return {
    id: wireId('QUEUE', queue.id),
    createdTime: queue.createdAtMs,
    tenantId: wireId('TENANT', queue.tenantId),
    name: queue.name,
    topic: queue.topic,
    pollInterval: queue.pollIntervalMs,
    partitions: queue.partitions,
    consumerPerPartition: queue.isConsumedByPartition,
    packProcessingTimeout: queue.packTimeoutMs,
    submitStrategy: { type: submit.strategy, batchSize: submit.batchSize },
    processingStrategy: {
      type: processing.strategy,
      retries: processing.retries,
      failurePercentage: processing.failurePercentage,
      pauseBetweenRetries: processing.pauseMs / 1_000,
      maxPauseBetweenRetries: processing.pauseMaxMs / 1_000,
    },
    additionalInfo: queue.additionalInfo ?? null,
  };
}

/** What a request says about a queue. */
export function queueDraftOf(save: QueueSave) {
  const { submitStrategy, processingStrategy } = save;
  const pauseSeconds = processingStrategy.pauseBetweenRetries ?? 3;
  const pauseSecondsMax = Math.max(processingStrategy.maxPauseBetweenRetries ?? pauseSeconds, pauseSeconds);
  return {
    id: idOf(save.id),
    name: save.name,
    topic: save.topic ?? `tb_rule_engine.${save.name.toLowerCase()}`,
    pollIntervalMs: save.pollInterval ?? 25,
    partitions: save.partitions ?? 10,
    isConsumedByPartition: save.consumerPerPartition ?? true,
    packTimeoutMs: save.packProcessingTimeout ?? 2_000,
    submit: { strategy: submitStrategy.type, batchSize: submitStrategy.batchSize ?? 0 },
    processing: {
      strategy: processingStrategy.type,
      retries: processingStrategy.retries ?? 3,
      failurePercentage: processingStrategy.failurePercentage ?? 0,
      pauseMs: pauseSeconds * 1_000,
      pauseMaxMs: pauseSecondsMax * 1_000,
    },
    additionalInfo: save.additionalInfo ?? undefined,
  };
}
