import type { Durability } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';
import type { Redis } from 'ioredis';

/**
 * Reads how this Redis keeps what it is given.
 *
 * @returns `interval` with an append-only file, as users have it; `synced` where each write waits for the disk;
 *   `memory` where a restart of Redis loses what waits
 * @throws QUEUE_EVICTS where it throws data away when its memory is full: batches would vanish
 */
export async function checkRedis(client: Pick<Redis, 'info' | 'config'>): Promise<Durability> {
  const policy = infoOf(await client.info('memory'), 'maxmemory_policy');
  if (policy !== 'noeviction') throw queueErrors.EVICTS({ policy: policy ?? 'unknown' });
  if (infoOf(await client.info('persistence'), 'aof_enabled') !== '1') return 'memory';
  return (await fsyncPolicy(client)) === 'always' ? 'synced' : 'interval';
}

function infoOf(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
}

/** Hosted servers forbid CONFIG: then the usual policy is assumed. */
async function fsyncPolicy(client: Pick<Redis, 'config'>): Promise<string | undefined> {
  try {
    const [, policy] = await client.config('GET', 'appendfsync');
    return policy;
  } catch {
    return undefined;
  }
}
