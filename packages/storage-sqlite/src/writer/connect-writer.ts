import { ProblemError, problemOf, type Problem } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import type { FromWriter, ToWriter } from './writer-thread.js';
import type { WriteFailure, WriteRequest, WriterLink } from './writer-link.js';

/** A link to a writer thread. */
export interface WriterThreadLink extends WriterLink {
  /** Gives the thread one more port to serve; the other end of its channel goes to `connectWriter` in another thread. */
  addPort(port: MessagePort): void;
}

/** Connects to a writer thread over a port that it serves, or over the Worker itself. One link a port. */
export function connectWriter(port: MessagePort | Worker): WriterThreadLink {
  return new PortLink(port);
}

class PortLink implements WriterThreadLink {
  lastLogSeq = 0;
  readonly #port: MessagePort | Worker;
  readonly #opened = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #waiting: ((failure: WriteFailure | undefined) => void)[] = [];
  #ended: Problem | undefined;
  #isClosing = false;

  constructor(port: MessagePort | Worker) {
    this.#port = port;
    // `ready` may be asked for late or never; its failure is no unhandled one.
    this.#opened.promise.catch(() => undefined);
    const end = (): void => this.#end();
    (port as MessagePort).on('message', (message: FromWriter) => this.#hear(message));
    (port as MessagePort).on('close', end);
    (port as Worker).on('exit', end);
  }

  ready(): Promise<void> {
    return this.#opened.promise;
  }

  write(request: WriteRequest): Promise<WriteFailure | undefined> {
    if (this.#ended !== undefined || this.#isClosing) {
      const problem = this.#ended ?? problemOf(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
      return Promise.resolve({ kind: 'problem', problem });
    }
    this.#say({ kind: 'write', request }, request.points === undefined ? [] : [request.points.buffer]);
    return new Promise((done) => {
      this.#waiting.push(done);
    });
  }

  addPort(port: MessagePort): void {
    this.#say({ kind: 'add-port', port }, [port]);
  }

  close(): Promise<void> {
    if (!this.#isClosing && this.#ended === undefined) this.#say({ kind: 'close' }, []);
    this.#isClosing = true;
    return this.#closed.promise;
  }

  #say(message: ToWriter, transfer: readonly Transferable[]): void {
    this.#port.postMessage(message, transfer);
  }

  #hear(message: FromWriter): void {
    if ('lastLogSeq' in message) this.lastLogSeq = message.lastLogSeq;
    if (message.kind === 'ready') this.#opened.resolve();
    else if (message.kind === 'failed') this.#opened.reject(new ProblemError(message.problem));
    else if (message.kind === 'closed') this.#end();
    else for (const [place, done] of this.#waiting.splice(0, message.failures.length).entries()) done(message.failures[place]);
  }

  /** The writer is gone, as asked or not: nothing that still waits was acknowledged. */
  #end(): void {
    if (this.#ended !== undefined) return;
    const error = storageErrors.UNAVAILABLE({ reason: 'the writer has ended' });
    this.#ended = problemOf(error);
    this.#opened.reject(error);
    for (const done of this.#waiting.splice(0)) done({ kind: 'problem', problem: this.#ended });
    this.#closed.resolve();
  }
}
