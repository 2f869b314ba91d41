// Goal: what the platform itself makes is run although the queue was full or away for a while, in order, and within bounds.
// Method: a queue in memory that is full, and the queue over a real Redis that is killed (dev/services; skipped without it).
import type { TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { BatchFailures, MessageBatch, MessageQueue } from '@fieldline/ports';
import { openBullmqQueue } from '@fieldline/queue-bullmq';
import { memoryQueue } from '@fieldline/queue-memory';
import { silentLog } from '@fieldline/kernel';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../system-clock.js';
import { WaitingMessages } from './waiting-messages.js';

const ids = { next: () => randomUUID() };
const none: BatchFailures = new Map();
const batchOf = (...names: string[]): MessageBatch => {
  const fields = { tenantId: 't' as TenantId, type: 'T', originator: { entityType: 'DEVICE', id: 'd' } as const, tsMs: 1, metadata: {} };
  const messages = names.map((data) => ({ message: new Message({ ...fields, data }, ids), ruleChainId: undefined }));
  return { queueName: 'Main', partition: 0, messages };
};

/** Notes what comes; the first batch stays open until `release`. */
async function consumed(queue: MessageQueue) {
  const seen: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  await queue.consume(async ({ messages }) => {
    seen.push(...messages.map(({ message }) => message.data));
    if (seen[0] === 'first' && seen.length === 1) await opened.promise;
    return none;
  });
  return { seen, release: () => opened.resolve() };
}

test('while the queue is full they wait, in order; what is beyond the bound is told', async () => {
  const queue = memoryQueue({ depthMax: 2 });
  const { seen, release } = await consumed(queue);
  const lost: unknown[] = [];
  const waiting = new WaitingMessages({ queue, clock: systemClock, onFailure: (error) => lost.push(error), messagesMax: 4 });
  waiting.put(batchOf('first'));
  waiting.put(batchOf('2', '3'));
  await Promise.resolve();
  waiting.put(batchOf('4'));
  waiting.put(batchOf('5', '6'));
  waiting.put(batchOf('7'));
  expect([waiting.count, lost.length]).toEqual([4, 1]);
  release();
  await expect.poll(() => seen, { timeout: 3_000 }).toEqual(['first', '2', '3', '4', '7']);
  expect(waiting.count).toBe(0);
});

test('another failure is told, and nothing waits for it', async () => {
  const lost: unknown[] = [];
  const queue = memoryQueue();
  await queue.close();
  const waiting = new WaitingMessages({ queue, clock: systemClock, onFailure: (error) => lost.push(error) });
  waiting.put(batchOf('1'));
  await expect.poll(() => lost).toMatchObject([{ code: 'QUEUE_CLOSED' }]);
  expect(waiting.count).toBe(0);
});

const { REDIS_URL: redisUrl = '', SERVICES_URL: servicesUrl = '' } = process.env;

test.skipIf(redisUrl === '' || servicesUrl === '')(
  'while Redis is away they wait, and go in order when it is back',
  async () => {
    const parts = { clock: systemClock, ids, log: silentLog };
    const queue = await openBullmqQueue({ ...parts, url: redisUrl, prefix: `test:${randomUUID()}`, ownerId: randomUUID() });
    const { seen, release } = await consumed(queue);
    release();
    const lost: unknown[] = [];
    const waiting = new WaitingMessages({ queue, clock: systemClock, onFailure: (error) => lost.push(error) });
    waiting.put(batchOf('first'));
    await expect.poll(() => seen).toEqual(['first']);
    expect((await fetch(`${servicesUrl}/redis/kill`, { method: 'POST' })).status).toBe(204);
    await expect.poll(() => (waiting.put(batchOf('probe')), waiting.count)).toBeGreaterThan(0);
    for (let at = 0; at < 20; at += 1) waiting.put(batchOf(`m${at}`));
    expect((await fetch(`${servicesUrl}/redis/restart`, { method: 'POST' })).status).toBe(204);
    const expected = Array.from({ length: 20 }, (_, at) => `m${at}`);
    await expect.poll(() => seen.filter((name) => String(name).startsWith('m')), { timeout: 15_000 }).toEqual(expected);
    expect([waiting.count, lost]).toEqual([0, []]);
    queue.abandon();
  },
  30_000,
);
