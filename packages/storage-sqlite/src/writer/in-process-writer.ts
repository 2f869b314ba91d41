import { isProblem, problemOf } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { GROUP_REQUESTS_MAX } from '../limits.js';
import { SqliteWriter, type WriteSource } from './sqlite-writer.js';
import type { WriteFailure, WriteRequest, WriterLink } from './writer-link.js';

interface Waiting {
  readonly request: WriteRequest;
  readonly source: WriteSource;
  readonly done: (failure: WriteFailure | undefined) => void;
}

/** A writer in this very thread, for tests and tools: what is asked for in one turn of the event loop is one transaction. */
export function inProcessWriter(path: string): WriterLink {
  return new InProcessWriter(path);
}

class InProcessWriter implements WriterLink {
  readonly #opened: { readonly writer: SqliteWriter } | { readonly error: unknown };
  readonly #source: WriteSource = { failedEpoch: -1 };
  #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(path: string) {
    this.#opened = open(path);
  }

  get lastLogSeq(): number {
    return 'error' in this.#opened ? 0 : this.#opened.writer.lastLogSeq;
  }

  async ready(): Promise<void> {
    if ('error' in this.#opened) throw this.#opened.error;
  }

  write(request: WriteRequest): Promise<WriteFailure | undefined> {
    if ('error' in this.#opened) return Promise.resolve({ kind: 'problem', problem: problemOf(this.#opened.error) });
    if (this.#isClosed) return Promise.resolve({ kind: 'problem', problem: problemOf(storageErrors.UNAVAILABLE({ reason: 'it is closed' })) });
    return new Promise((done) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ request, source: this.#source, done });
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed || 'error' in this.#opened) return;
    this.#isClosed = true;
    this.#commit();
    this.#opened.writer.close();
  }

  #commit(): void {
    if ('error' in this.#opened) return;
    const { writer } = this.#opened;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < waiting.length; start += GROUP_REQUESTS_MAX) {
      const group = waiting.slice(start, start + GROUP_REQUESTS_MAX);
      const failures = writer.commit(group);
      for (const [place, { done }] of group.entries()) done(failures[place]);
    }
  }
}

function open(path: string): { readonly writer: SqliteWriter } | { readonly error: unknown } {
  try {
    return { writer: new SqliteWriter(path) };
  } catch (error) {
    // Kept for `ready`, which tells it; what is no coded error is a fault of ours and must not wait.
    if (!isProblem(error)) throw error;
    return { error };
  }
}
