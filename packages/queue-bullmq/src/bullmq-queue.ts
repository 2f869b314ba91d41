import type { Clock, IdSource, Log } from '@fieldline/kernel';
import { assert } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BatchFailures, BatchHandler, Durability, MessageBatch, MessageQueue, QueuePartition } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';
import { CONNECT_PAUSE_FIRST_MS, CONNECT_PAUSE_MAX_MS, DEPTH_MAX, RECOVERY_WAIT_MS } from './limits.js';
import { PartitionLane } from './partition-lane.js';
import { PartitionStore } from './partition-store.js';
import { RedisSession } from './redis-session.js';

export interface BullmqQueueOptions {
  readonly url: string;
  /** Begins every key in Redis; servers that share a Redis and no data have different ones. */
  readonly prefix: string;
  /**
   * Names this consumer across its restarts: it takes back at once what its predecessor had, so a predecessor must
   * have ended. Other consumers wait until the lock of an owner has run out.
   */
  readonly ownerId: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Messages that may wait or be in work; `DEPTH_MAX` unless given. */
  readonly depthMax?: number;
  /** Told how Redis keeps what waits, at every connection; undefined while Redis is away. */
  readonly onConnection?: (durability: Durability | undefined) => void;
}

/** A queue over Redis says besides how Redis keeps what waits. */
export interface BullmqQueue extends MessageQueue {
  readonly durability: Durability;
  /** Ends the connection without a word to Redis or the senders, as the end of the process would. For tests of what is left then. */
  abandon(): void;
}

/**
 * The queue over BullMQ on Redis: one job is a batch of one partition as one text. While Redis is away it refuses,
 * and goes on by itself when it is back, in order and without a gap. A batch that the handler rejects stays and is
 * given to it again; its sender waits.
 *
 * @throws QUEUE_UNAVAILABLE, QUEUE_EVICTS
 */
export async function openBullmqQueue(options: BullmqQueueOptions): Promise<BullmqQueue> {
  return new RedisQueue(options, await RedisSession.open(options.url));
}

class RedisQueue implements BullmqQueue {
  readonly #options: BullmqQueueOptions;
  readonly #lanes = new Map<string, PartitionLane>();
  readonly #depthMax: number;
  #session: RedisSession | undefined;
  #stores: PartitionStore[] = [];
  #durability: Durability;
  #depth = 0;
  #handler: BatchHandler | undefined;
  #isClosing = false;

  constructor(options: BullmqQueueOptions, session: RedisSession) {
    this.#options = options;
    this.#depthMax = options.depthMax ?? DEPTH_MAX;
    this.#durability = session.durability;
    this.#attach(session);
  }

  get durability(): Durability {
    return this.#durability;
  }

  enqueue(batch: MessageBatch): Promise<BatchFailures> {
    if (this.#isClosing) return Promise.reject(queueErrors.CLOSED());
    if (this.#session === undefined || this.#session.isLost) return Promise.reject(queueErrors.UNAVAILABLE({ reason: 'Redis is away' }));
    // A batch larger than the bound is taken when nothing else is there; otherwise it could never enter.
    const isFull = this.#depth > 0 && this.#depth + batch.messages.length > this.#depthMax;
    if (isFull) return Promise.reject(queueErrors.FULL({ depthMax: this.#depthMax }));
    this.#depth += batch.messages.length;
    return this.#lane(batch).send(batch);
  }

  async consume(handler: BatchHandler): Promise<void> {
    assert(this.#handler === undefined, 'a queue has one consumer');
    this.#handler = handler;
    const session = this.#session;
    if (session !== undefined) await this.#openKnown(session);
    for (const lane of this.#lanes.values()) lane.consume(handler);
    await this.#leftDone();
  }

  depth(): number {
    return this.#depth;
  }

  /** Refuses new batches; resolves when those taken before are handled. Without a consumer, or where one is rejected, they go back to their senders. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
    for (const lane of this.#lanes.values()) lane.detach();
    await this.#dropStores();
    this.#session?.close();
  }

  abandon(): void {
    this.#isClosing = true;
    for (const lane of this.#lanes.values()) lane.detach();
    void this.#dropStores();
    this.#session?.close();
  }

  /** What an earlier process left comes first, but not at any price: a batch may be retried without end. */
  async #leftDone(): Promise<void> {
    const { clock, log } = this.#options;
    const begunMs = clock.monotonicMs();
    const done = Promise.all([...this.#lanes.values()].map((lane) => lane.whenLeftDone()));
    const timeUp = Promise.withResolvers<'time is up'>();
    const cancel = clock.after('queue-recovery', RECOVERY_WAIT_MS, () => timeUp.resolve('time is up'));
    const left = await Promise.race([done, timeUp.promise]);
    cancel();
    if (left === 'time is up') log.warn('queue-recovery-takes-long', { waitedMs: RECOVERY_WAIT_MS });
    else log.info('queue-recovered', { batches: left.reduce((sum, count) => sum + count, 0), durationMs: Math.round(clock.monotonicMs() - begunMs) });
  }

  #attach(session: RedisSession): void {
    this.#session = session;
    this.#durability = session.durability;
    this.#options.log.info('queue-connected', { durability: session.durability });
    this.#options.onConnection?.(session.durability);
    for (const lane of this.#lanes.values()) this.#attachLane(lane, session);
    void session.lost.then(() => this.#lost(session));
  }

  #attachLane(lane: PartitionLane, session: RedisSession): void {
    const { prefix, log } = this.#options;
    const store = new PartitionStore(session, prefix, lane.partition, log);
    this.#stores.push(store);
    // Written down before the first batch, so that whoever comes later knows where to look.
    const key = keyOf(lane.partition);
    session.ask(() => session.client.sadd(this.#registryKey, key)).catch((error: unknown) => log.warn('queue-partition-not-noted', { key, error }));
    lane.attach(store);
  }

  async #lost(session: RedisSession): Promise<void> {
    if (this.#session !== session) return;
    this.#session = undefined;
    for (const lane of this.#lanes.values()) lane.detach();
    await this.#dropStores();
    if (this.#isClosing) return;
    this.#options.log.warn('queue-connection-lost', {});
    this.#options.onConnection?.(undefined);
    await this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const { url, clock, log } = this.#options;
    for (let pauseMs = CONNECT_PAUSE_FIRST_MS; !this.#isClosing; pauseMs = Math.min(pauseMs * 2, CONNECT_PAUSE_MAX_MS)) {
      try {
        const session = await RedisSession.open(url);
        if (this.#isClosing) return session.close();
        this.#attach(session);
        if (this.#handler !== undefined) await this.#openKnown(session);
        return;
      } catch (error) {
        log.debug('queue-not-reached', { error });
      }
      await new Promise<void>((resolve) => clock.after('queue-reconnect', pauseMs, resolve));
    }
  }

  async #dropStores(): Promise<void> {
    await Promise.all(this.#stores.splice(0).map((store) => store.close()));
  }

  #lane(partition: QueuePartition): PartitionLane {
    const { queueName, tenantId } = partition;
    const key = keyOf(partition);
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      const { ownerId, clock, ids, log } = this.#options;
      const onSettled = ({ messages }: MessageBatch): void => void (this.#depth -= messages.length);
      lane = new PartitionLane({ queueName, tenantId, partition: partition.partition }, { ownerId, clock, ids, log, onSettled });
      this.#lanes.set(key, lane);
      if (this.#handler !== undefined) lane.consume(this.#handler);
      const session = this.#session;
      if (session !== undefined) {
        // Written down before the first batch, so that whoever comes later knows where to look.
        session
          .ask(() => session.client.sadd(this.#registryKey, key))
          .catch((error: unknown) => log.warn('queue-partition-not-noted', { key, error }));
        this.#attachLane(lane, session);
      }
    }
    return lane;
  }

  /** Opens every partition that anybody ever used. */
  async #openKnown(session: RedisSession): Promise<void> {
    const keys = await session.ask(() => session.client.smembers(this.#registryKey));
    for (const key of keys) {
      const [tenantId = '', queueName = '', partition = ''] = key.split(' ');
      this.#lane({ queueName, tenantId: tenantId === '' ? undefined : (tenantId as TenantId), partition: Number(partition) });
    }
  }

  get #registryKey(): string {
    return `${this.#options.prefix}:partitions`;
  }
}

const keyOf = ({ queueName, tenantId, partition }: QueuePartition): string => `${tenantId ?? ''} ${queueName} ${partition}`;
