import type { Clock, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { scriptErrors } from './errors.js';
import { BLOCK_MS, COUNTED_ERRORS_MAX } from './limits.js';

/**
 * Blocks a script that keeps exhausting its limits: after 3 such errors it is not run until 60 s have passed
 * since the last one; then the count starts again (rule-engine.md §12.5). Ordinary exceptions do not count.
 */
export class ErrorQuota {
  readonly #clock: Clock;
  #errors = 0;
  #lastMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(): void {
    this.#errors += 1;
    this.#lastMs = this.#clock.monotonicMs();
  }

  blocked(): Problem | undefined {
    if (this.#errors < COUNTED_ERRORS_MAX) return undefined;
    const leftMs = this.#lastMs + BLOCK_MS - this.#clock.monotonicMs();
    if (leftMs > 0) return problemOf(scriptErrors.BLOCKED({ untilMs: Math.ceil(this.#clock.nowMs() + leftMs) }));
    this.#errors = 0;
    return undefined;
  }
}
