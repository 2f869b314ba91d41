import type { Clock } from '@fieldline/kernel';
import { historyErrors, historyLimits } from '@fieldline/ports';
import type { PointDocument } from './data-documents.js';

/** What one read of history has cost so far, and whether anybody still wants it. */
export class ReadCost {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #workMs = 0;
  #points = 0;
  #textBytes = 0;

  constructor(clock: Clock, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** @throws HISTORY_ABANDONED */
  check(): void {
    if (this.#signal?.aborted === true) throw historyErrors.ABANDONED();
  }

  /**
   * Waits no longer than the read may take, nor longer than it is wanted.
   *
   * @throws HISTORY_ABANDONED, HISTORY_TOO_SLOW
   */
  async within<T>(work: Promise<T>): Promise<T> {
    const startedMs = this.#clock.monotonicMs();
    const { deadlineMs } = historyLimits;
    const stopped = Promise.withResolvers<never>();
    const cancel = this.#clock.after('history-read', Math.max(deadlineMs - this.#workMs, 0), () =>
      stopped.reject(historyErrors.TOO_SLOW({ deadlineMs })),
    );
    const abandon = (): void => stopped.reject(historyErrors.ABANDONED());
    this.#signal?.addEventListener('abort', abandon);
    try {
      const done = await Promise.race([work, stopped.promise]);
      this.check();
      return done;
    } finally {
      cancel();
      this.#signal?.removeEventListener('abort', abandon);
      this.#workMs += this.#clock.monotonicMs() - startedMs;
    }
  }

  /** @throws HISTORY_TOO_LARGE */
  add(documents: readonly Omit<PointDocument, '_id'>[]): void {
    const { pointsMax, textBytesMax } = historyLimits;
    this.#points += documents.length;
    if (this.#points > pointsMax) throw historyErrors.TOO_LARGE({ what: 'points', max: pointsMax });
    for (const { value } of documents) if (typeof value === 'string') this.#textBytes += Buffer.byteLength(value);
    if (this.#textBytes > textBytesMax) throw historyErrors.TOO_LARGE({ what: 'bytes of texts', max: textBytesMax });
  }
}
