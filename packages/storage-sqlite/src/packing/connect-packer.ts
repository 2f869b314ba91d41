import { problemOf, ProblemError, type Log } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { PACKER_IDLE_MS } from '../limits.js';
import type { WriterThreadLink } from '../writer/connect-writer.js';
import type { Packed, PackerLink } from './packer-link.js';
import type { FromPacker, ToPacker } from './packer-thread.js';

export interface PackerConnection {
  /** Starts the thread, which is to call `runPackerThread` with this port to the writer; or gives the port that serves as one. */
  readonly start: (writerPort: MessagePort) => Worker | MessagePort;
  readonly writer: WriterThreadLink;
  readonly log: Log;
}

/** A link to a packer thread that starts when it is needed and ends when it has had nothing to do for a while. */
export function connectPacker(connection: PackerConnection): PackerLink {
  return new PackerThreadLink(connection);
}

class PackerThreadLink implements PackerLink {
  readonly #connection: PackerConnection;
  #thread: Worker | MessagePort | undefined = undefined;
  #waiting = new Map<number, PromiseWithResolvers<Packed | undefined>>();
  #requests = 0;
  #idle: NodeJS.Timeout | undefined = undefined;
  #closing: Promise<void> | undefined = undefined;

  constructor(connection: PackerConnection) {
    this.#connection = connection;
  }

  async pack(throughSeq: number): Promise<Packed> {
    return (await this.#ask({ kind: 'pack', throughSeq })) as Packed;
  }

  async sweep(): Promise<void> {
    await this.#ask({ kind: 'sweep' });
  }

  async join(): Promise<void> {
    await this.#ask({ kind: 'join' });
  }

  close(): Promise<void> {
    clearTimeout(this.#idle);
    // Where no thread is running there is nothing to close, and where it ends meanwhile it is closed.
    this.#closing ??= this.#thread === undefined ? Promise.resolve() : this.#ask({ kind: 'close' }).then(ignore, ignore);
    return this.#closing;
  }

  #ask(asked: Asked): Promise<Packed | undefined> {
    if (this.#closing !== undefined) return Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
    clearTimeout(this.#idle);
    const request = (this.#requests += 1);
    const answer = Promise.withResolvers<Packed | undefined>();
    this.#waiting.set(request, answer);
    this.#thread ??= this.#start();
    this.#thread.postMessage({ ...asked, request } satisfies ToPacker);
    return answer.promise;
  }

  #start(): Worker | MessagePort {
    const { start, writer } = this.#connection;
    const { port1, port2 } = new MessageChannel();
    writer.addPort(port1);
    const thread = start(port2);
    const end = (): void => this.#end(thread);
    (thread as MessagePort).on('message', (message: FromPacker) => this.#hear(message));
    (thread as Worker).on('error', (error) => this.#connection.log.error('packer-thread-failed', { problem: problemOf(error) }));
    (thread as MessagePort).on('close', end);
    (thread as Worker).on('exit', end);
    return thread;
  }

  #hear(message: FromPacker): void {
    if (message.kind === 'log') {
      this.#connection.log[message.level](message.event, message.fields);
      return;
    }
    const answer = this.#waiting.get(message.request);
    // A thread that was let go says that it has closed.
    if (answer === undefined) return;
    this.#waiting.delete(message.request);
    if (message.kind === 'done') answer.resolve(message.packed);
    else answer.reject(new ProblemError(message.problem));
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.#rest(), PACKER_IDLE_MS).unref();
  }

  /** Ends the thread, which has nothing to do: what it used of memory comes back only so. */
  #rest(): void {
    const request = (this.#requests += 1);
    this.#thread?.postMessage({ kind: 'close', request } satisfies ToPacker);
    this.#thread = undefined;
  }

  /** The thread is gone, as asked or not; what it had under way is done again by the next one. */
  #end(thread: Worker | MessagePort): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const { reject } of waiting.values()) reject(storageErrors.UNAVAILABLE({ reason: 'the packer has ended' }));
  }
}

type Asked = { readonly kind: 'pack'; readonly throughSeq: number } | { readonly kind: 'sweep' | 'join' | 'close' };

const ignore = (): void => undefined;
