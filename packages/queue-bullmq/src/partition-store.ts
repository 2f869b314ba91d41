import type { Log } from '@fieldline/kernel';
import type { QueuePartition } from '@fieldline/ports';
import { Job, Queue, Worker } from 'bullmq';
import { EVENTS_KEPT, JOB_LOCK_MS, OWNER_LOCK_MS } from './limits.js';
import type { RedisSession } from './redis-session.js';

/** A batch as Redis has it. */
export interface StoredBatch {
  readonly id: string;
  readonly text: unknown;
}

/** One token for all owners of a partition: who takes it over goes on with the jobs of its predecessor. */
const TOKEN = 'partition-owner';

/** Takes the lock where it is free or ours already, and makes it last. */
const OWN = `local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

/** Gives the lock back where it is ours. */
const DISOWN = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** One partition in Redis for the time of one connection: a BullMQ queue, and who owns it. */
export class PartitionStore {
  readonly #session: RedisSession;
  readonly #queue: Queue<string>;
  readonly #worker: Worker<string>;
  readonly #ownerKey: string;
  /** Those given out over this connection. */
  readonly #jobs = new Map<string, Job<string>>();

  constructor(session: RedisSession, prefix: string, partition: QueuePartition, log: Log) {
    this.#session = session;
    const name = nameOf(partition);
    const options = { connection: session.client, prefix };
    this.#queue = new Queue(name, { ...options, streams: { events: { maxLen: EVENTS_KEPT } } });
    // Jobs are fetched one by one, in their order: BullMQ's own loop gives them out beside one another (style.md §2.5).
    this.#worker = new Worker(name, undefined, { ...options, autorun: false, lockDuration: JOB_LOCK_MS });
    this.#ownerKey = `${prefix}:${name}:owner`;
    // Each command reports its own failure; what the connection itself says is the end of the session.
    const noted = (error: Error): void => log.debug('queue-connection', { name, error });
    this.#queue.on('error', noted);
    this.#worker.on('error', noted);
  }

  /** True where the partition is ours from now on, for `OWNER_LOCK_MS`. */
  async own(ownerId: string): Promise<boolean> {
    return (await this.#ask(() => this.#session.client.eval(OWN, 1, this.#ownerKey, ownerId, OWNER_LOCK_MS))) === 1;
  }

  async disown(ownerId: string): Promise<void> {
    await this.#ask(() => this.#session.client.eval(DISOWN, 1, this.#ownerKey, ownerId));
  }

  /** Adds batches behind the others, in their order. One that is there already stays as it is. */
  async add(batches: readonly { readonly id: string; readonly text: string }[]): Promise<void> {
    const jobs = batches.map(({ id: jobId, text }) => ({ name: 'batch', data: text, opts: { jobId, removeOnComplete: true } }));
    await this.#ask(() => this.#queue.addBulk(jobs));
  }

  /** Batches that were given out and are not done, in the order in which they were. */
  async givenOut(): Promise<readonly string[]> {
    // The list itself: as jobs they would come without those that Redis lost the data of.
    return this.#ask(() => this.#queue.getRanges(['active'], 0, -1, true));
  }

  /** Batches that wait. */
  async waiting(): Promise<readonly string[]> {
    return this.#ask(() => this.#queue.getRanges(['wait'], 0, -1, true));
  }

  /** True where the connection is gone: what was asked over it may have happened or not. */
  get isLost(): boolean {
    return this.#session.isLost;
  }

  async read(id: string): Promise<StoredBatch | undefined> {
    return this.#took(await this.#ask(() => Job.fromId<string>(this.#worker, id)));
  }

  /** Gives out the batch that has waited longest. */
  async next(): Promise<StoredBatch | undefined> {
    return this.#took(await this.#ask(() => this.#worker.getNextJob(TOKEN, { block: false })));
  }

  /** Removes a batch that is done. */
  async done(id: string): Promise<void> {
    const job = await this.#jobOf(id);
    // Gone where Redis was restarted with less than it had: what was done stays done.
    if (job !== undefined) await this.#ask(() => job.moveToCompleted('', TOKEN, false));
  }

  /** Puts a batch aside that cannot be read; it stays in Redis, among the failed jobs. */
  async putAside(id: string, error: Error): Promise<void> {
    const job = await this.#jobOf(id);
    if (job !== undefined) await this.#ask(() => job.moveToFailed(error, TOKEN, false));
  }

  async #jobOf(id: string): Promise<Job<string> | undefined> {
    const known = this.#jobs.get(id) ?? (await this.#ask(() => Job.fromId<string>(this.#worker, id)));
    this.#jobs.delete(id);
    return known;
  }

  #took(job: Job<string> | undefined): StoredBatch | undefined {
    if (job?.id === undefined) return undefined;
    this.#jobs.set(job.id, job);
    return { id: job.id, text: job.data };
  }

  /** Lets go of the connections that BullMQ made besides ours. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#worker.close(true), this.#queue.close()]);
  }

  #ask<T>(command: () => Promise<T>): Promise<T> {
    return this.#session.ask(command);
  }
}

/** Name of the BullMQ queue of a partition. Names of queues have no letter that would make two partitions one. */
function nameOf({ tenantId, queueName, partition }: QueuePartition): string {
  return `${tenantId ?? 'system'}~${queueName}~${partition}`;
}
