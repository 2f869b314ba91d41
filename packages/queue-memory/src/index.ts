export type { MemoryQueueOptions } from './memory-queue.js';
export { memoryQueue } from './memory-queue.js';
export { DEPTH_MAX, OPEN_BATCHES_MAX } from './limits.js';
