import { probe } from './probe.js';
import type { Service } from './service.js';

/** Redis that keeps what it has, and refuses to write more than it may keep. */
export const redis = redisWith({ name: 'redis', variable: 'REDIS_URL', policy: 'noeviction' });

/** Redis that throws away what was not used for long when it is full. A queue must not run on it. */
export const evictingRedis = redisWith({ name: 'redis-evicting', variable: 'REDIS_EVICTING_URL', policy: 'allkeys-lru' });

function redisWith({ name, variable, policy }: { name: Service['name']; variable: string; policy: string }): Service {
  return {
    name,
    component: 'redis-server',
    portCount: 1,
    env: ({ ports }) => [[variable, `redis://127.0.0.1:${ports[0]}`]],
    prepare: () => undefined,
    // The settings of most users. A kill loses nothing, unless the disk was slow just then: Redis answers while it waits for it.
    commands: ({ ports, folder }) => {
      const data = ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
      const limits = ['--maxmemory', '512mb', '--maxmemory-policy', policy];
      return [{ command: 'redis-server', args: ['--bind', '127.0.0.1', '--port', String(ports[0]), ...data, ...limits] }];
    },
    // While it reads its file it answers -LOADING.
    answers: ({ ports }) => probe(ports[0], 'PING\r\n', (reply) => reply.toString() === '+PONG\r\n'),
  };
}
