import type { MessageQueue } from '@fieldline/ports';
import { contentContract } from './message-queue/content.js';
import { crashContract } from './message-queue/crash.js';
import { orderContract } from './message-queue/order.js';
import { describe } from 'vitest';

/** A queue that a contract suite may do with as it likes. */
export interface QueueUnderTest {
  readonly queue: MessageQueue;
  /** Ends the queue without a word, as a killed process does, and opens what it left. Absent where nothing outlives a queue. */
  readonly crash?: (() => Promise<MessageQueue>) | undefined;
  /** Closes what is open and removes every trace. */
  readonly dispose: () => Promise<void>;
}

/** Opens an empty queue that takes at most `depthMax` messages; called for each test. */
export type OpenQueue = (options: { readonly depthMax: number }) => Promise<QueueUnderTest>;

/** What every adapter of `MessageQueue` promises. */
export function messageQueueContract(name: string, open: OpenQueue, options: { readonly outlivesProcess: boolean }): void {
  describe(`message queue ${name}`, () => {
    orderContract(open);
    contentContract(open);
    if (options.outlivesProcess) crashContract(open);
  });
}
