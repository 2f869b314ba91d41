import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { BullmqQueueOptions } from './bullmq-queue.js';

/** Redis of dev/services; empty where the tests run without it. */
export const redisUrl = process.env['REDIS_URL'] ?? '';
export const evictingUrl = process.env['REDIS_EVICTING_URL'] ?? '';
/** Ends and starts services; empty where they are not ours. */
export const servicesUrl = process.env['SERVICES_URL'] ?? '';

/** Says why tests are skipped. */
export const withRedis = redisUrl === '' ? 'skipped: REDIS_URL is not set, run them under dev/services' : 'with a real Redis';

export const clock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after: (_name, delayMs, fn) => {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

export function options(changes: Partial<BullmqQueueOptions> = {}): BullmqQueueOptions {
  const ids = { next: () => randomUUID() };
  return { url: redisUrl, prefix: `test:${randomUUID()}`, ownerId: randomUUID(), clock, ids, log: silentLog, ...changes };
}

/** Removes all keys that begin so. */
export async function removeKeys(prefix: string): Promise<void> {
  const client = new Redis(redisUrl);
  const keys = await client.keys(`${prefix}*`);
  if (keys.length > 0) await client.del(keys);
  client.disconnect();
}
