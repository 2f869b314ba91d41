export type { BullmqQueue, BullmqQueueOptions } from './bullmq-queue.js';
export { openBullmqQueue } from './bullmq-queue.js';
export { BATCH_FORMAT, decodeMessages, encodeMessages } from './batch-codec.js';
export { DEPTH_MAX, OPEN_BATCHES_MAX } from './limits.js';
