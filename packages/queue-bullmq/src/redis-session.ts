import { problemOf } from '@fieldline/kernel';
import type { Durability } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';
import { Redis } from 'ioredis';
import { CONNECT_TIMEOUT_MS } from './limits.js';
import { checkRedis } from './redis-check.js';

/**
 * One connection to Redis and its end. A connection that is lost is never repaired: whatever was asked over it and not
 * answered may have happened or not, so everything that hangs on it is thrown away, and the next session looks at
 * what Redis has.
 */
export class RedisSession {
  readonly client: Redis;
  readonly durability: Durability;
  /** Resolves when the connection is lost, or closed by us. */
  readonly lost: Promise<void>;
  isLost = false;

  private constructor(client: Redis, durability: Durability) {
    this.client = client;
    this.durability = durability;
    this.lost = new Promise((resolve) =>
      client.once('close', () => {
        this.isLost = true;
        resolve();
      }),
    );
  }

  /** @throws QUEUE_UNAVAILABLE, QUEUE_EVICTS */
  static async open(url: string): Promise<RedisSession> {
    const options = { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: null, connectTimeout: CONNECT_TIMEOUT_MS };
    const client = new Redis(url, options);
    let reason = 'it does not answer';
    client.on('error', (error: Error) => (reason = error.message));
    try {
      await client.connect();
      return new RedisSession(client, await checkRedis(client));
    } catch (error) {
      client.disconnect();
      if (problemOf(error).code === 'QUEUE_EVICTS') throw error;
      throw queueErrors.UNAVAILABLE({ reason }, { cause: error });
    }
  }

  /**
   * The answer of a command. Where anything but Redis itself fails, the session is over.
   *
   * @throws what Redis says; QUEUE_UNAVAILABLE where the connection ends before it says anything
   */
  async ask<T>(command: () => Promise<T>): Promise<T> {
    if (this.isLost) throw lost();
    try {
      return await Promise.race([command(), this.lost.then(() => Promise.reject(lost()))]);
    } catch (error) {
      if (!isAnswer(error)) this.#end();
      throw this.isLost ? lost({ cause: error }) : error;
    }
  }

  close(): void {
    this.#end();
  }

  #end(): void {
    this.isLost = true;
    this.client.disconnect();
  }
}

const lost = (options?: ErrorOptions): Error => queueErrors.UNAVAILABLE({ reason: 'the connection was lost' }, options);

/** True for errors that Redis answered, and for those of BullMQ's scripts, which have a number. */
function isAnswer(error: unknown): boolean {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return name === 'ReplyError' || typeof code === 'number';
}
