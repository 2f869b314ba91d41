import { STRAY_ASKS_MAX, STRAY_PERIOD_MS } from '../limits.js';

/** Counts what a process asks for calls that are over. Some are always on their way; code that goes on and on asks many at once. */
export class StrayAsks {
  #sinceMs = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** @returns whether one more is too many */
  isTooMany(nowMs: number): boolean {
    if (nowMs - this.#sinceMs >= STRAY_PERIOD_MS) {
      this.#sinceMs = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > STRAY_ASKS_MAX;
  }
}
