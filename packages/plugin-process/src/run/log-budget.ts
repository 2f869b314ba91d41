import type { Clock } from '@fieldline/kernel';
import { LOG_LINES_PER_SECOND_MAX } from '../limits.js';

/** How many lines a plugin may still write to the log in this second; what is dropped is counted and said once. */
export class LogBudget {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #onDropped: (lines: number) => void;
  #second = -1;
  #lines = 0;
  #dropped = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>, onDropped: (lines: number) => void) {
    this.#clock = clock;
    this.#onDropped = onDropped;
  }

  /** @returns whether the line may be written */
  take(): boolean {
    const second = Math.floor(this.#clock.monotonicMs() / 1_000);
    if (second !== this.#second) {
      if (this.#dropped > 0) this.#onDropped(this.#dropped);
      this.#second = second;
      this.#lines = 0;
      this.#dropped = 0;
    }
    this.#lines += 1;
    if (this.#lines <= LOG_LINES_PER_SECOND_MAX) return true;
    this.#dropped += 1;
    return false;
  }
}
