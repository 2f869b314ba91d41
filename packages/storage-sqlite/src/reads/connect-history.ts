import { problemOf, type Log } from '@fieldline/kernel';
import type { Transferable, Worker } from 'node:worker_threads';
import { HistoryLink, readerEnded, type HistoryChannel } from './history-link.js';
import type { FromHistory, ToHistory } from './history-messages.js';
import type { HistoryReads } from './history-reads.js';

/**
 * Reads of history in a thread of their own, which runs `runHistoryThread`. It is started with the first read; should it end
 * by itself, what it was asked fails, and the next read starts another.
 */
export function connectHistory({ start, log }: { readonly start: () => Worker; readonly log: Log }): HistoryReads {
  const link: HistoryLink = new HistoryLink(new ThreadChannel(start, log, () => link));
  return link;
}

class ThreadChannel implements HistoryChannel {
  readonly #start: () => Worker;
  readonly #log: Log;
  readonly #link: () => HistoryLink;
  #worker: Worker | undefined;

  constructor(start: () => Worker, log: Log, link: () => HistoryLink) {
    this.#start = start;
    this.#log = log;
    this.#link = link;
  }

  send(message: ToHistory, transfer: readonly Transferable[]): void {
    if (this.#worker === undefined && message.kind !== 'read') return;
    this.#worker ??= this.#started();
    this.#worker.postMessage(message, transfer);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ kind: 'close' } satisfies ToHistory);
    this.#worker = undefined;
    await ended;
  }

  #started(): Worker {
    const worker = this.#start();
    worker.on('message', (message: FromHistory) => this.#link().hear(message));
    worker.once('error', (error) => this.#lose(worker, problemOf(error).message));
    worker.once('exit', (code) => this.#lose(worker, `exit code ${code}`));
    return worker;
  }

  #lose(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#log.error('history-thread-ended', { reason });
    this.#link().lose(readerEnded('the reader of history has ended'));
  }
}
