import { messageQueueContract } from '@fieldline/contract-tests';
import { memoryQueue } from './memory-queue.js';

messageQueueContract('memory', ({ depthMax }) => Promise.resolve({ queue: memoryQueue({ depthMax }), dispose: () => Promise.resolve() }), {
  outlivesProcess: false,
});
