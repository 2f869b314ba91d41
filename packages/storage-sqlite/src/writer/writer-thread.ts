import { problemOf, type Problem } from '@fieldline/kernel';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { GROUP_BYTES_MAX, GROUP_REQUESTS_MAX } from '../limits.js';
import type { Synchronous } from './open-for-writing.js';
import { SqliteWriter, type WaitingWrite, type WriteSource } from './sqlite-writer.js';
import type { WriteFailure, WriteRequest } from './writer-link.js';

/** What a link says to the writer thread. */
export type ToWriter =
  { readonly kind: 'write'; readonly request: WriteRequest } | { readonly kind: 'add-port'; readonly port: MessagePort } | { readonly kind: 'close' };

/** What the writer thread says to a link. `done` answers that many of its oldest requests, in order. */
export type FromWriter =
  | { readonly kind: 'ready'; readonly lastLogSeq: number }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'done'; readonly failures: readonly (WriteFailure | undefined)[]; readonly lastLogSeq: number }
  | { readonly kind: 'closed' };

/**
 * The whole of a writer thread: opens the data folder `path` and serves `port` (normally `parentPort`) and
 * every port that arrives through `addPort` of its link, until all of them are closed. Whatever waits on any
 * port becomes one transaction.
 */
export function runWriterThread({
  path,
  port,
  synchronous = 'FULL',
}: {
  readonly path: string;
  readonly port: MessagePort;
  readonly synchronous?: Synchronous;
}): void {
  new WriterThread(path, synchronous).serve(port);
}

interface Client extends WriteSource {
  readonly port: MessagePort;
}

class WriterThread {
  readonly #clients = new Set<Client>();
  #writer: SqliteWriter | undefined;
  #problem: Problem | undefined;
  #waiting: (WaitingWrite & { readonly source: Client })[] = [];
  #waitingBytes = 0;

  constructor(path: string, synchronous: Synchronous) {
    try {
      this.#writer = new SqliteWriter(path, synchronous);
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  serve(port: MessagePort): void {
    const client: Client = { port, failedEpoch: -1 };
    this.#clients.add(client);
    port.on('message', (message: ToWriter) => {
      this.#take(client, message);
      this.#drain();
    });
    // The other side ended without a word: what it had sent is written, nobody waits for the answer.
    port.on('close', () => this.#leave(client));
    say(client, this.#problem === undefined ? { kind: 'ready', lastLogSeq: this.#lastLogSeq } : { kind: 'failed', problem: this.#problem });
  }

  /** Takes what waits on every port, in rounds so that none is starved, and commits it in groups of bounded size. */
  #drain(): void {
    for (let found = true; found;) {
      found = false;
      for (const client of this.#clients) {
        const next = receiveMessageOnPort(client.port) as { readonly message: ToWriter } | undefined;
        if (next === undefined) continue;
        found = true;
        this.#take(client, next.message);
      }
    }
    this.#commit();
  }

  #take(client: Client, message: ToWriter): void {
    if (message.kind === 'add-port') {
      this.serve(message.port);
      return;
    }
    if (message.kind === 'close') {
      this.#commit();
      this.#leave(client);
      say(client, { kind: 'closed' });
      client.port.close();
      return;
    }
    this.#waiting.push({ request: message.request, source: client });
    this.#waitingBytes += message.request.points?.length ?? 0;
    if (this.#waiting.length >= GROUP_REQUESTS_MAX || this.#waitingBytes >= GROUP_BYTES_MAX) this.#commit();
  }

  #commit(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const problem = this.#problem;
    const failures = this.#writer?.commit(waiting) ?? waiting.map(() => problem && ({ kind: 'problem', problem } as const));
    const answers = new Map<Client, (WriteFailure | undefined)[]>();
    for (const [place, { source }] of waiting.entries()) {
      const ofClient = answers.get(source);
      if (ofClient === undefined) answers.set(source, [failures[place]]);
      else ofClient.push(failures[place]);
    }
    for (const [client, ofClient] of answers) say(client, { kind: 'done', failures: ofClient, lastLogSeq: this.#lastLogSeq });
  }

  get #lastLogSeq(): number {
    return this.#writer?.lastLogSeq ?? 0;
  }

  #leave(client: Client): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    this.#writer?.close();
    this.#writer = undefined;
  }
}

function say(client: Client, message: FromWriter): void {
  client.port.postMessage(message);
}
