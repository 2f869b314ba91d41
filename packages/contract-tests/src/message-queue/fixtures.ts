import type { TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { BatchFailures, BatchHandler, MessageBatch, QueuePartition } from '@fieldline/ports';
import { afterEach } from 'vitest';
import type { OpenQueue, QueueUnderTest } from '../message-queue.js';

export const none: BatchFailures = new Map();
export const tenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;
let made = 0;
export const ids = { next: (): string => `00000000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}` };

/** A batch of one partition whose messages are named, so that a handler can tell them apart. */
export function batchOf(partition: number, names: readonly string[], more: Partial<QueuePartition> = {}): MessageBatch {
  const originator = { entityType: 'DEVICE', id: `device-${partition}` } as const;
  const messages = names.map((text) => ({
    message: new Message({ tenantId, type: 'T', originator, tsMs: 1, metadata: {}, text: JSON.stringify(text) }, ids),
    ruleChainId: undefined,
  }));
  return { queueName: 'Main', partition, ...more, messages };
}

export const namesOf = ({ messages }: MessageBatch): readonly string[] => messages.map(({ message }) => message.data as string);

/** A handler whose batches end when the test says so; `next` waits for the next one to be given. */
export function manual() {
  const open: { readonly batch: MessageBatch; end(error?: Error): void }[] = [];
  const waiting: (() => void)[] = [];
  const handler: BatchHandler = (batch) =>
    new Promise((resolve, reject) => {
      open.push({ batch, end: (error) => (error === undefined ? resolve(none) : reject(error)) });
      for (const told of waiting.splice(0)) told();
    });
  const until = async (count: number): Promise<void> => {
    while (open.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { open, handler, until };
}

/** A queue of its own for each test of a suite. */
export function freshQueue(open: OpenQueue): (depthMax?: number) => Promise<QueueUnderTest> {
  const opened: QueueUnderTest[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.dispose();
  });
  return async (depthMax = 1_000) => {
    const queue = await open({ depthMax });
    opened.push(queue);
    return queue;
  };
}
