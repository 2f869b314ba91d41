import type { Clock } from '@fieldline/kernel';
import { historyErrors, historyLimits } from '@fieldline/ports';

/** The same pieces, until the next one is not asked for in `historyLimits.idleMs`: what they come from is let go then. */
export function endsWhenIdle<T>(pieces: AsyncIterable<T>, clock: Clock): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => new IdleEnd(pieces[Symbol.asyncIterator](), clock) };
}

class IdleEnd<T> implements AsyncIterator<T> {
  readonly #pieces: AsyncIterator<T>;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;
  #wasIdle = false;

  constructor(pieces: AsyncIterator<T>, clock: Clock) {
    this.#pieces = pieces;
    this.#clock = clock;
  }

  async next(): Promise<IteratorResult<T>> {
    this.#cancel?.();
    if (this.#wasIdle) {
      this.#wasIdle = false;
      throw historyErrors.ABANDONED();
    }
    const next = await this.#pieces.next();
    if (next.done !== true) {
      this.#cancel = this.#clock.after('history-read-idle', historyLimits.idleMs, () => {
        this.#wasIdle = true;
        // Whoever asks again is told; until then nobody is there to hear that it could not be closed.
        this.#pieces.return?.().catch(() => undefined);
      });
    }
    return next;
  }

  async return(): Promise<IteratorResult<T>> {
    this.#cancel?.();
    await this.#pieces.return?.();
    return { done: true, value: undefined };
  }
}
