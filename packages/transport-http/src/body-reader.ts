import type { IncomingMessage } from 'node:http';
import type { CancelTimer, Clock, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { httpErrors } from './errors.js';
import type { HttpLimits } from './limits.js';

/** Told once how a body ended: with its bytes, with a problem, or with neither where the other side went away. */
export type BodyDone = (body: Uint8Array | undefined, problem: Problem | undefined) => void;

interface Receiving {
  readonly sinceMs: number;
  readonly give: (problem: Problem) => void;
}

/** Reads request bodies, bounded in size each, in size together, and in time. One timer serves them all. */
export class BodyReader {
  readonly #clock: Clock;
  readonly #limits: HttpLimits;
  readonly #receiving = new Set<Receiving>();
  #bytes = 0;
  #cancelSweep: CancelTimer | undefined;

  constructor(clock: Clock, limits: HttpLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Bodies that have begun and not ended. */
  get receiving(): number {
    return this.#receiving.size;
  }

  read(req: IncomingMessage, done: BodyDone): void {
    const { bodyBytesMax, receivingBytesMax } = this.#limits;
    if (Number(req.headers['content-length'] ?? 0) > bodyBytesMax) {
      done(undefined, problemOf(httpErrors.BODY_TOO_LARGE({ bytesMax: bodyBytesMax })));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isOpen = true;
    const finish = (problem: Problem | undefined): void => {
      if (!isOpen) return;
      isOpen = false;
      this.#bytes -= bytes;
      this.#receiving.delete(entry);
      req.off('data', take);
      if (problem === undefined) done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks), undefined);
      else done(undefined, problem);
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      bytes += chunk.length;
      this.#bytes += chunk.length;
      if (bytes > bodyBytesMax) finish(problemOf(httpErrors.BODY_TOO_LARGE({ bytesMax: bodyBytesMax })));
      else if (this.#bytes > receivingBytesMax) finish(problemOf(httpErrors.RECEIVING_BUSY()));
    };
    const entry: Receiving = { sinceMs: this.#clock.monotonicMs(), give: finish };
    this.#receiving.add(entry);
    this.#sweepLater();
    req.on('data', take);
    req.on('end', () => finish(undefined));
    // After `end` this changes nothing: the body was complete.
    req.on('close', () => {
      if (!isOpen) return;
      isOpen = false;
      this.#bytes -= bytes;
      this.#receiving.delete(entry);
      done(undefined, undefined);
    });
    req.on('error', () => undefined); // An aborted request also emits `close`, which ends it.
  }

  close(): void {
    this.#cancelSweep?.();
    this.#cancelSweep = undefined;
  }

  #sweepLater(): void {
    if (this.#cancelSweep !== undefined) return;
    const everyMs = Math.max(1, this.#limits.bodyTimeoutMs / 4);
    this.#cancelSweep = this.#clock.after('http-body-timeout', everyMs, () => {
      this.#cancelSweep = undefined;
      const { bodyTimeoutMs } = this.#limits;
      const oldestMs = this.#clock.monotonicMs() - bodyTimeoutMs;
      for (const receiving of this.#receiving) {
        if (receiving.sinceMs > oldestMs) break; // Kept in the order they began.
        receiving.give(problemOf(httpErrors.BODY_TOO_SLOW({ timeoutMs: bodyTimeoutMs })));
      }
      if (this.#receiving.size > 0) this.#sweepLater();
    });
  }
}
