import type { Message } from '@fieldline/model';
import type { BatchFailures, MessageBatch } from '@fieldline/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryQueue } from './memory-queue.js';

const none: BatchFailures = new Map();
const batch = (partition: number, count = 1): MessageBatch => ({
  queueName: 'Main',
  partition,
  messages: Array.from({ length: count }, () => ({ message: {} as Message, ruleChainId: undefined })),
});

/** A handler whose batches end when the test says so. */
function manual() {
  const open: { readonly batch: MessageBatch; end(error?: Error): void }[] = [];
  const handler = (taken: MessageBatch): Promise<BatchFailures> =>
    new Promise((resolve, reject) => open.push({ batch: taken, end: (error) => (error === undefined ? resolve(none) : reject(error)) }));
  return { open, handler };
}

test('a batch is handled at once, before anything is awaited', () => {
  const { open, handler } = manual();
  const queue = memoryQueue();
  void queue.consume(handler);
  void queue.enqueue(batch(0, 3));
  expect(open).toHaveLength(1);
  expect(queue.depth()).toBe(3);
});

test('batches that came before the consumer wait for it', async () => {
  const queue = memoryQueue();
  const done = queue.enqueue(batch(0));
  void queue.consume(() => Promise.resolve(none));
  expect(await done).toBe(none);
  expect(queue.depth()).toBe(0);
});

test('a partition has at most openBatchesMax batches open, others go on beside it', async () => {
  const { open, handler } = manual();
  const queue = memoryQueue({ openBatchesMax: 2 });
  void queue.consume(handler);
  const first = queue.enqueue(batch(0));
  for (const partition of [0, 0, 1]) void queue.enqueue(batch(partition));
  expect(open.map((taken) => taken.batch.partition)).toEqual([0, 0, 1]);
  open[0]?.end();
  await first;
  await Promise.resolve();
  expect(open.map((taken) => taken.batch.partition)).toEqual([0, 0, 1, 0]);
});

test('beyond the bound it refuses with QUEUE_FULL and takes again when there is room', async () => {
  const { open, handler } = manual();
  const queue = memoryQueue({ depthMax: 3 });
  void queue.consume(handler);
  const first = queue.enqueue(batch(0, 2));
  await expect(queue.enqueue(batch(1, 2))).rejects.toMatchObject({ code: 'QUEUE_FULL', retry: 'later' });
  open[0]?.end();
  await first;
  await Promise.resolve();
  void queue.enqueue(batch(1, 5));
  expect(queue.depth()).toBe(5);
});

test('a batch that the handler rejects goes back to its sender', async () => {
  const queue = memoryQueue();
  void queue.consume(() => Promise.reject(new Error('no disk')));
  await expect(queue.enqueue(batch(0))).rejects.toThrow('no disk');
  expect(queue.depth()).toBe(0);
});

test('closing refuses what is new and waits for what was taken', async () => {
  const { open, handler } = manual();
  const queue = memoryQueue({ openBatchesMax: 1 });
  void queue.consume(handler);
  const taken = [queue.enqueue(batch(0)), queue.enqueue(batch(0))];
  let isClosed = false;
  const closed = queue.close().then(() => (isClosed = true));
  await expect(queue.enqueue(batch(0))).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
  open[0]?.end();
  await taken[0];
  expect(isClosed).toBe(false);
  open[1]?.end();
  await closed;
  await Promise.all(taken);
});

test('closing without a consumer gives everything back', async () => {
  const queue = memoryQueue();
  const waiting = queue.enqueue(batch(0));
  const closed = queue.close();
  await expect(waiting).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
  await closed;
});

test('batches of a partition reach the handler in the order they were given, whenever they end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ partition: fc.nat(2), turns: fc.nat(4) }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 3 }),
      async (plan, openBatchesMax) => {
        const queue = memoryQueue({ openBatchesMax });
        const seen: MessageBatch[] = [];
        const turns = new Map<MessageBatch, number>();
        void queue.consume(async (taken) => {
          seen.push(taken);
          for (let turn = turns.get(taken) ?? 0; turn > 0; turn -= 1) await Promise.resolve();
          return none;
        });
        const given = plan.map(({ partition, turns: wait }) => {
          const made = batch(partition);
          turns.set(made, wait);
          return made;
        });
        await Promise.all(given.map((made) => queue.enqueue(made)));
        for (const partition of [0, 1, 2]) {
          const ofPartition = (list: readonly MessageBatch[]) => list.filter((made) => made.partition === partition);
          expect(ofPartition(seen)).toEqual(ofPartition(given));
          ofPartition(seen).forEach((made, place) => expect(made).toBe(ofPartition(given)[place]));
        }
      },
    ),
  );
});
