// Goal: every promise of the port, and what only the queue over Redis can meet: a Redis that evicts, is killed or holds what
// cannot be read, and another owner. Method: real Redis of dev/services (REDIS_URL, REDIS_EVICTING_URL, SERVICES_URL; skipped
// without them). In one file, because the last tests kill the Redis that the others need.
import { messageQueueContract } from '@fieldline/contract-tests';
import type { TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { BatchFailures, MessageBatch } from '@fieldline/ports';
import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { openBullmqQueue, type BullmqQueue, type BullmqQueueOptions } from './bullmq-queue.js';
import { evictingUrl, options, redisUrl, removeKeys, servicesUrl, withRedis } from './redis.fixture.js';

const none: BatchFailures = new Map();
const ids = { next: () => randomUUID() };
const batchOf = (name: string): MessageBatch => {
  const fields = { tenantId: 't' as TenantId, type: 'T', originator: { entityType: 'DEVICE', id: 'd' } as const, tsMs: 1, metadata: {} };
  return { queueName: 'Main', partition: 0, messages: [{ message: new Message({ ...fields, data: name }, ids), ruleChainId: undefined }] };
};
const nameOf = ({ messages }: MessageBatch): string => messages[0]?.message.data as string;

const openings: { readonly queue: BullmqQueue; readonly prefix: string }[] = [];
async function open(changes: Partial<BullmqQueueOptions> = {}): Promise<BullmqQueue> {
  const own = options(changes);
  const queue = await openBullmqQueue(own);
  openings.push({ queue, prefix: own.prefix });
  return queue;
}
afterEach(async () => {
  for (const { queue, prefix } of openings.splice(0)) {
    queue.abandon();
    await removeKeys(prefix);
  }
});

/** A handler that notes what it is given. */
function noting() {
  const seen: string[] = [];
  const handler = (batch: MessageBatch): Promise<BatchFailures> => {
    seen.push(nameOf(batch));
    return Promise.resolve(none);
  };
  return { seen, handler };
}

test('a Redis that does not answer is told apart from one that evicts', async () => {
  await expect(openBullmqQueue(options({ url: 'redis://127.0.0.1:1' }))).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE', retry: 'later' });
});

test.skipIf(evictingUrl === '')('a Redis that evicts is refused', async () => {
  await expect(openBullmqQueue(options({ url: evictingUrl }))).rejects.toMatchObject({ code: 'QUEUE_EVICTS', retry: 'never' });
});

describe.skipIf(redisUrl === '')(withRedis, () => {
  messageQueueContract(
    'bullmq',
    async ({ depthMax }) => {
      const own = options({ depthMax, prefix: `test:${randomUUID()}` });
      const opened: BullmqQueue[] = [];
      const open = async (): Promise<BullmqQueue> => {
        const queue = await openBullmqQueue(own);
        opened.push(queue);
        return queue;
      };
      return {
        queue: await open(),
        async crash() {
          opened.at(-1)?.abandon();
          return open();
        },
        async dispose() {
          for (const queue of opened) queue.abandon();
          await removeKeys(own.prefix);
        },
      };
    },
    { outlivesProcess: true },
  );

  test('how Redis keeps what waits is told', async () => {
    expect((await open()).durability).toBe('interval');
  });

  test('a partition belongs to one owner: another waits until the owner is gone', async () => {
    const prefix = `test:${randomUUID()}`;
    const [first, second] = [await open({ prefix }), await open({ prefix })];
    const [one, two] = [noting(), noting()];
    await first.consume(one.handler);
    await first.enqueue(batchOf('1'));
    void second.consume(two.handler);
    const waiting = second.enqueue(batchOf('2'));
    await first.enqueue(batchOf('3'));
    await expect.poll(() => [...one.seen].sort(), { timeout: 5_000 }).toEqual(['1', '2', '3']);
    await first.close();
    const last = second.enqueue(batchOf('4'));
    await last;
    expect(two.seen).toEqual(['4']);
    waiting.catch(() => undefined);
  }, 15_000);

  test('a batch of a version that is not known is put aside and kept, and holds nothing up', async () => {
    const prefix = `test:${randomUUID()}`;
    const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const raw = new Queue<string>('system~Main~0', { connection: client, prefix });
    await raw.add('batch', '{"v":99,"m":[]}', { jobId: 'later-version', removeOnComplete: true });
    const queue = await open({ prefix });
    const { seen, handler } = noting();
    await queue.consume(handler);
    await queue.enqueue(batchOf('1'));
    expect(seen).toEqual(['1']);
    await expect.poll(() => raw.getFailedCount()).toBe(1);
    expect((await raw.getFailed())[0]?.data).toBe('{"v":99,"m":[]}');
    await raw.close();
    client.disconnect();
  });

  test('a batch whose handing out was lost on the way is found again, before those behind it', async () => {
    const prefix = `test:${randomUUID()}`;
    const first = await open({ prefix, ownerId: 'me' });
    void first.enqueue(batchOf('1')).catch(() => undefined);
    void first.enqueue(batchOf('2')).catch(() => undefined);
    const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const raw = new Queue<string>('system~Main~0', { connection: client, prefix });
    await expect.poll(() => raw.getWaitingCount()).toBe(2);
    first.abandon();
    // As where Redis gave the batch out and its answer never came.
    await client.rpoplpush(`${prefix}:system~Main~0:wait`, `${prefix}:system~Main~0:active`);
    await client.set(`${prefix}:system~Main~0:${(await raw.getRanges(['active'], 0, 0, true))[0]}:lock`, 'partition-owner');
    const { seen, handler } = noting();
    await (await open({ prefix, ownerId: 'me' })).consume(handler);
    expect(seen).toEqual(['1', '2']);
    await raw.close();
    client.disconnect();
  });

  describe.skipIf(servicesUrl === '')('that is killed', () => {
    const service = async (what: 'kill' | 'restart'): Promise<void> => {
      const { status } = await fetch(`${servicesUrl}/redis/${what}`, { method: 'POST' });
      expect(status).toBe(204);
    };

    test('the queue refuses with QUEUE_UNAVAILABLE while it is away, and goes on by itself, in order and without a gap', async () => {
      const queue = await open();
      const { seen, handler } = noting();
      await queue.consume(handler);
      await queue.enqueue(batchOf('0'));
      let count = 0;
      const accepted: string[] = [];
      const sent: Promise<unknown>[] = [];
      const send = (): void => {
        const name = String((count += 1));
        sent.push(queue.enqueue(batchOf(name)).then(() => accepted.push(name)));
      };
      for (let n = 0; n < 50; n += 1) send();
      await service('kill');
      await expect.poll(() => queue.enqueue(batchOf('away')).catch((error: { code: string }) => error.code)).toBe('QUEUE_UNAVAILABLE');
      await service('restart');
      await expect
        .poll(
          () =>
            queue.enqueue(batchOf('back')).then(
              () => 'back',
              (error: { code: string }) => error.code,
            ),
          { timeout: 10_000 },
        )
        .toBe('back');
      await Promise.all(sent);
      const numbers = [...new Set(seen)].map(Number).filter((n) => n > 0);
      expect(numbers).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      expect(accepted).toHaveLength(50);
      expect(queue.depth()).toBe(0);
    }, 30_000);

    test('what the handler has in its hands meanwhile is not given to it twice', async () => {
      const queue = await open();
      const seen: string[] = [];
      let end: () => void = () => undefined;
      await queue.consume(async (batch) => {
        seen.push(nameOf(batch));
        if (nameOf(batch) === 'slow') await new Promise<void>((resolve) => (end = resolve));
        return none;
      });
      const slow = queue.enqueue(batchOf('slow'));
      await expect.poll(() => seen).toEqual(['slow']);
      await service('restart');
      await expect
        .poll(
          () =>
            queue.enqueue(batchOf('next')).then(
              () => 'done',
              () => 'refused',
            ),
          { timeout: 10_000 },
        )
        .toBe('done');
      end();
      await slow;
      expect(seen.filter((name) => name === 'slow')).toHaveLength(1);
    }, 30_000);
  });
});
