import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { BatchFailures, BatchHandler, MessageBatch, QueuePartition } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';
import { decodeMessages } from './batch-codec.js';
import { ADDED_AT_ONCE_MAX, HANDLE_RETRY_MS, OPEN_BATCHES_MAX, OWNER_RENEW_MS, POLL_MS } from './limits.js';
import type { PartitionStore, StoredBatch } from './partition-store.js';
import { PendingBatches } from './pending-batches.js';

export interface LaneParts {
  readonly ownerId: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Called when nobody waits for a batch any more. */
  readonly onSettled: (batch: MessageBatch) => void;
}

/** A batch that is with the handler, or was, and that Redis still has. */
type Taken = 'with the handler' | 'rejected' | 'done';

/**
 * One partition, over any number of connections. Batches are added in the order they are sent, and given out in
 * the order they were added, by one owner at a time:
 *
 * - Before anything new, an owner gives out what Redis calls given out and it does not have in its hands: its
 *   predecessor had it, or the answer of Redis was lost. So no batch overtakes another.
 * - A batch the handler rejected is given to it again before any that comes after it.
 * - A batch that is done, of which Redis was not told, is not given out again.
 */
export class PartitionLane {
  readonly partition: QueuePartition;
  readonly #parts: LaneParts;
  readonly #pending: PendingBatches;
  /** What Redis has as given out, by id, in the order in which it was. */
  readonly #taken = new Map<string, Taken>();
  #handler: BatchHandler | undefined;
  #store: PartitionStore | undefined;
  #isAdding = false;
  #isClosing = false;
  #openCount = 0;
  /** Batches left by an earlier process and not yet handled; undefined until the partition was looked at. */
  #left: Set<string> | undefined;
  #leftCount = 0;
  #whenLeftDone: ((count: number) => void)[] = [];
  /** Counts what happened, so that nobody waits for what came just before. */
  #news = 0;
  readonly #waiters = new Set<() => void>();

  constructor(partition: QueuePartition, parts: LaneParts) {
    this.partition = partition;
    this.#parts = parts;
    this.#pending = new PendingBatches(parts.onSettled);
  }

  /** Resolves when the handler is done with the batch. */
  send(batch: MessageBatch): Promise<BatchFailures> {
    const done = this.#pending.add(this.#parts.ids.next(), batch);
    void this.#add();
    return done;
  }

  consume(handler: BatchHandler): void {
    this.#handler = handler;
    this.#wake();
  }

  /** Goes on over a new connection. */
  attach(store: PartitionStore): void {
    this.#store = store;
    this.#isAdding = false;
    this.#pending.doubt((id) => this.#taken.has(id) && this.#taken.get(id) !== 'rejected');
    void this.#add();
    void this.#work(store);
  }

  /** The connection is lost; what is with the handler stays there. */
  detach(): void {
    this.#store = undefined;
    this.#wake();
  }

  /** Resolves when what an earlier process left is handled, with the number of those batches. */
  whenLeftDone(): Promise<number> {
    return this.#left?.size === 0 ? Promise.resolve(this.#leftCount) : new Promise((resolve) => this.#whenLeftDone.push(resolve));
  }

  /** Resolves when all that was sent is handled, or cannot be any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    while (this.#store !== undefined && this.#handler !== undefined && this.#canGoOn && (this.#pending.size > 0 || this.#openCount > 0)) {
      await this.#turn();
    }
    while (this.#openCount > 0) await this.#turn();
    this.#pending.refuseAll(queueErrors.CLOSED());
    await this.#store?.disown(this.#parts.ownerId).catch(() => undefined);
  }

  /** False while closing, once the handler has rejected a batch: what comes after it must not overtake it. */
  get #canGoOn(): boolean {
    return !this.#isClosing || this.#rejected() === undefined;
  }

  /** The first batch that the handler rejected. */
  #rejected(): string | undefined {
    for (const [id, state] of this.#taken) if (state === 'rejected') return id;
    return undefined;
  }

  /** Adds what was sent, one write at a time, so that the order is that of the calls. */
  async #add(): Promise<void> {
    const store = this.#store;
    if (store === undefined || this.#isAdding) return;
    this.#isAdding = true;
    for (let some = this.#pending.unadded(ADDED_AT_ONCE_MAX); some.length > 0; some = this.#pending.unadded(ADDED_AT_ONCE_MAX)) {
      try {
        await store.add(some);
      } catch (error) {
        // A connection that was lost: whether Redis has them is seen over the next one.
        if (store !== this.#store || store.isLost) return;
        for (const { id } of some) this.#pending.refuse(id, queueErrors.UNAVAILABLE({ reason: textOf(error) }, { cause: error }));
        continue;
      }
      if (store !== this.#store) return;
      this.#pending.added(some.map(({ id }) => id));
      this.#wake();
    }
    this.#isAdding = false;
  }

  /** Gives out batches as long as this connection lasts and the partition is ours. */
  async #work(store: PartitionStore): Promise<void> {
    const { log } = this.#parts;
    const isCurrent = (): boolean => store === this.#store;
    while (isCurrent()) {
      try {
        if (await store.own(this.#parts.ownerId)) await this.#giveOut(store, isCurrent);
        else log.warn('queue-partition-owned-by-another', { ...this.partition });
      } catch (error) {
        if (isCurrent()) log.warn('queue-partition-failed', { ...this.partition, error });
      }
      if (isCurrent()) await this.#turn(OWNER_RENEW_MS);
    }
  }

  /** The owner's loop; returns when the connection or the partition is no longer ours. */
  async #giveOut(store: PartitionStore, isCurrent: () => boolean): Promise<void> {
    const { clock, ownerId } = this.#parts;
    const isOurs = { until: clock.monotonicMs() + OWNER_RENEW_MS };
    const behind = await this.#lookBack(store);
    while (isCurrent()) {
      if (clock.monotonicMs() >= isOurs.until) {
        if (!(await store.own(ownerId))) return;
        isOurs.until = clock.monotonicMs() + OWNER_RENEW_MS;
      }
      const seen = this.#news;
      const rejected = this.#rejected();
      if (this.#handler === undefined || !this.#canGoOn) await this.#turn(POLL_MS);
      else if (rejected !== undefined) await this.#again(store, rejected);
      else if (this.#openCount >= OPEN_BATCHES_MAX) await this.#turn(POLL_MS);
      else {
        const id = behind.shift();
        const next = id === undefined ? await store.next() : await store.read(id);
        if (next !== undefined) await this.#take(store, next);
        else if (id === undefined && seen === this.#news) await this.#turn(POLL_MS);
      }
    }
  }

  /** What Redis has as given out and is not in our hands, in its order; what is done is told to Redis now. */
  async #lookBack(store: PartitionStore): Promise<string[]> {
    const givenOut = await store.givenOut();
    const isForeign = (id: string): boolean => !this.#taken.has(id) && this.#pending.get(id) === undefined;
    if (this.#left === undefined) {
      this.#left = new Set([...givenOut, ...(await store.waiting())].filter(isForeign));
      this.#leftCount = this.#left.size;
    }
    const known = new Set(givenOut);
    for (const [id, state] of [...this.#taken]) {
      if (state === 'done' && known.has(id)) await store.done(id);
      // What Redis gave out and forgot with its last restart comes again.
      if (state === 'done' || (state === 'rejected' && !known.has(id))) this.#taken.delete(id);
    }
    const behind = givenOut.filter((id) => !this.#taken.has(id));
    if (this.#left.size === 0) this.#leftDone();
    return behind;
  }

  /** A batch that was rejected waits until no other is with the handler, and a moment more. */
  async #again(store: PartitionStore, id: string): Promise<void> {
    if (this.#openCount > 0) return this.#turn(POLL_MS);
    await new Promise<void>((resolve) => this.#parts.clock.after('queue-retry', HANDLE_RETRY_MS, resolve));
    const batch = await store.read(id);
    this.#taken.delete(id);
    if (batch !== undefined && store === this.#store && !this.#isClosing) this.#handle(store, batch);
    else if (batch !== undefined) this.#taken.set(id, 'rejected');
  }

  /** A batch that Redis gave out. One that we have in our hands already came again, because Redis was restarted with less than it had. */
  async #take(store: PartitionStore, batch: StoredBatch): Promise<void> {
    if (!this.#taken.has(batch.id)) this.#handle(store, batch);
    else await this.#tell(batch.id);
  }

  #handle(store: PartitionStore, { id, text }: StoredBatch): void {
    const { ids, log } = this.#parts;
    let batch: MessageBatch;
    try {
      const messages = this.#pending.get(id)?.batch.messages ?? decodeMessages(text, ids);
      batch = { ...this.partition, id, messages };
    } catch (error) {
      log.error('queue-batch-unreadable', { ...this.partition, id, error });
      this.#finish(id);
      store.putAside(id, error as Error).catch((failure: unknown) => log.warn('queue-batch-not-put-aside', { id, error: failure }));
      return;
    }
    this.#taken.set(id, 'with the handler');
    this.#openCount += 1;
    void this.#run(batch, id);
  }

  async #run(batch: MessageBatch, id: string): Promise<void> {
    try {
      const failures = await (this.#handler as BatchHandler)(batch);
      this.#taken.set(id, 'done');
      this.#pending.settle(id, failures);
      this.#finish(id);
    } catch (error) {
      this.#taken.set(id, 'rejected');
      if (this.#isClosing) this.#pending.refuse(id, error);
      else this.#parts.log.warn('queue-batch-rejected', { ...this.partition, id, error });
    }
    this.#openCount -= 1;
    this.#wake();
    await this.#tell(id);
  }

  /** Tells Redis that a batch is done; where it cannot be told, the next connection does. */
  async #tell(id: string): Promise<void> {
    const store = this.#store;
    if (store === undefined || this.#taken.get(id) !== 'done') return;
    try {
      await store.done(id);
      this.#taken.delete(id);
    } catch (error) {
      this.#parts.log.debug('queue-batch-done-not-told', { id, error });
    }
  }

  #finish(id: string): void {
    if (this.#left?.delete(id) === true && this.#left.size === 0) this.#leftDone();
  }

  #leftDone(): void {
    for (const resolve of this.#whenLeftDone.splice(0)) resolve(this.#leftCount);
  }

  #wake(): void {
    this.#news += 1;
    for (const waiter of this.#waiters) waiter();
  }

  /** Resolves when something happened, or after a while. */
  #turn(limitMs = POLL_MS): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        this.#waiters.delete(go);
        resolve();
      };
      const cancel = this.#parts.clock.after('queue-wait', limitMs, go);
      this.#waiters.add(go);
    });
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
