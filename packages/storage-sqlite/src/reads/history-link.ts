import { problemOf, ProblemError, type Problem } from '@fieldline/kernel';
import type { PointColumns } from '@fieldline/model';
import { historyErrors, storageErrors, type AggregatedPoint, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import type { Transferable } from 'node:worker_threads';
import { HISTORY_READS_AT_ONCE, HISTORY_READS_WAITING_MAX, HISTORY_RETRIES_MAX } from '../limits.js';
import type { FromHistory, HistoryQuestion, ToHistory } from './history-messages.js';
import type { HistoryReads, SeriesRead } from './history-reads.js';
import { ReadTurns } from './read-turns.js';

/** The way to a reader of history, in this thread or in another. */
export interface HistoryChannel {
  send(message: ToHistory, transfer: readonly Transferable[]): void;
  /** Lets the reader close its files. */
  close(): Promise<void>;
}

type Take = () => SeriesRead | undefined;
type Told = Exclude<FromHistory, { readonly kind: 'failed' | 'opened' }>;

/** Asks a reader for history, and hands on what it answers to whoever asked. */
export class HistoryLink implements HistoryReads {
  readonly #channel: HistoryChannel;
  readonly #turns: ReadTurns;
  readonly #reads = new Map<number, OpenRead>();
  #lastId = 0;
  #isClosed = false;

  constructor(channel: HistoryChannel, { atOnceMax = HISTORY_READS_AT_ONCE, waitingMax = HISTORY_READS_WAITING_MAX } = {}) {
    this.#channel = channel;
    this.#turns = new ReadTurns(atOnceMax, waitingMax);
  }

  async *columns(take: Take, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    const read = await this.#begin(take, { kind: 'columns', query }, signal);
    if (read === undefined) return;
    try {
      for (let told = await read.next(); told.kind === 'piece'; told = await read.next()) {
        if (this.#reads.has(read.id)) this.#channel.send({ kind: 'more', id: read.id }, []);
        yield told.piece;
      }
    } finally {
      this.#end(read);
    }
  }

  async aggregate(take: Take, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]> {
    const read = await this.#begin(take, { kind: 'aggregate', query }, signal);
    if (read === undefined) return [];
    const told = await read.next().finally(() => this.#end(read));
    return told.kind === 'done' ? told.points : [];
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#turns.abandonAll();
    for (const read of this.#reads.values()) this.#abandon(read);
    await this.#channel.close();
  }

  /** What the reader says. */
  hear(message: FromHistory): void {
    const read = this.#reads.get(message.id);
    if (read === undefined) return;
    if (message.kind === 'failed') this.#fail(read, message.problem);
    else if (message.kind === 'done') {
      this.#forget(read);
      read.hear(message);
    } else if (message.kind === 'piece') read.hear(message);
    else read.hear(undefined);
  }

  /** The reader is gone: nothing that was asked is answered any more. */
  lose(problem: Problem): void {
    for (const read of this.#reads.values()) this.#fail(read, problem);
  }

  /** The read when its snapshot is open; undefined where there is nothing to read. */
  async #begin(take: Take, question: HistoryQuestion, signal: AbortSignal | undefined): Promise<OpenRead | undefined> {
    if (this.#isClosed) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    for (let retries = 0; ; retries += 1) {
      await this.#turns.take(signal);
      const taken = this.#taken(take, signal);
      if (taken === undefined) return undefined;
      const read = this.#ask(taken, question, signal);
      await read.opened;
      if (taken.isCurrent() || retries === HISTORY_RETRIES_MAX) return read;
      this.#end(read);
    }
  }

  #taken(take: Take, signal: AbortSignal | undefined): SeriesRead | undefined {
    let taken: SeriesRead | undefined;
    try {
      if (signal?.aborted === true) throw historyErrors.ABANDONED();
      return (taken = take());
    } finally {
      if (taken === undefined) this.#turns.leave();
    }
  }

  #ask({ seriesId, nowMs, defaultTtlMs, head }: SeriesRead, question: HistoryQuestion, signal: AbortSignal | undefined): OpenRead {
    this.#lastId += 1;
    const read = new OpenRead(this.#lastId, signal, () => this.#abandon(read));
    this.#reads.set(read.id, read);
    const { times, kinds, numbers } = head.points;
    this.#channel.send({ kind: 'read', id: read.id, series: { seriesId, nowMs, defaultTtlMs, head }, question }, [
      times.buffer,
      kinds.buffer,
      numbers.buffer,
    ]);
    return read;
  }

  #abandon(read: OpenRead): void {
    this.#end(read);
    read.drop();
    read.fail(historyErrors.ABANDONED());
  }

  #fail(read: OpenRead, problem: Problem): void {
    this.#forget(read);
    read.fail(new ProblemError(problem));
  }

  /** Tells the reader that nobody waits for the read, if it does not know. */
  #end(read: OpenRead): void {
    if (!this.#reads.has(read.id)) return;
    this.#forget(read);
    this.#channel.send({ kind: 'end', id: read.id }, []);
  }

  #forget(read: OpenRead): void {
    if (!this.#reads.delete(read.id)) return;
    read.letGo();
    this.#turns.leave();
  }
}

/** What arrived of one read, for who waits for it. */
class OpenRead {
  readonly id: number;
  readonly #opened = Promise.withResolvers<void>();
  readonly #signal: AbortSignal | undefined;
  readonly #abandon: () => void;
  readonly #told: Told[] = [];
  #waiting: PromiseWithResolvers<Told> | undefined;
  #error: Error | undefined;

  constructor(id: number, signal: AbortSignal | undefined, abandon: () => void) {
    this.id = id;
    this.#signal = signal;
    this.#abandon = abandon;
    signal?.addEventListener('abort', abandon);
  }

  /** Resolves with the first word of the reader, also with bad news: `next` tells those. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  hear(told: Told | undefined): void {
    this.#opened.resolve();
    if (told === undefined) return;
    if (this.#waiting === undefined) this.#told.push(told);
    else this.#waiting.resolve(told);
    this.#waiting = undefined;
  }

  /** Nobody wants what has arrived. */
  drop(): void {
    this.#told.length = 0;
  }

  fail(error: Error): void {
    this.#opened.resolve();
    this.#error ??= error;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  /** What comes next. One call at a time, and none after `done`. */
  async next(): Promise<Told> {
    const told = this.#told.shift();
    if (told !== undefined) return told;
    if (this.#error !== undefined) throw this.#error;
    this.#waiting = Promise.withResolvers<Told>();
    return this.#waiting.promise;
  }

  letGo(): void {
    this.#signal?.removeEventListener('abort', this.#abandon);
  }
}

/** The problem of a reader that ended. */
export function readerEnded(reason: string): Problem {
  return problemOf(storageErrors.UNAVAILABLE({ reason }));
}
