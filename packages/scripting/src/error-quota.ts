import type { Clock, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { scriptErrors } from './errors.js';
import { BLOCK_MS, COUNTED_ERRORS_MAX, DEADLINE_AFTER_TIMEOUT_SHARE, RECOVERED_MS } from './limits.js';

/**
 * Bounds what a script that keeps exhausting its limits takes from all others: after 3 such errors it is not run until
 * 60 s have passed since the last one (rule-engine.md §12.5). Ordinary exceptions do not count. ThingsBoard counts from
 * zero then; here it is on trial, and the next such error blocks it again, until it has gone without one for ten minutes.
 * For as long after a timeout its deadline is shorter.
 */
export class ErrorQuota {
  readonly #clock: Clock;
  #errors = 0;
  #lastMs = 0;
  #timedOutMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(): void {
    this.#errors += 1;
    this.#lastMs = this.#clock.monotonicMs();
  }

  countTimeout(): void {
    this.count();
    this.#timedOutMs = this.#lastMs;
  }

  /** How long the next message may take, of the time that the settings allow. */
  deadlineMs(allowedMs: number): number {
    const isOnTrial = this.#clock.monotonicMs() - this.#timedOutMs < RECOVERED_MS;
    return isOnTrial ? Math.ceil(allowedMs * DEADLINE_AFTER_TIMEOUT_SHARE) : allowedMs;
  }

  blocked(): Problem | undefined {
    if (this.#errors < COUNTED_ERRORS_MAX) return undefined;
    const sinceMs = this.#clock.monotonicMs() - this.#lastMs;
    if (sinceMs < BLOCK_MS) return problemOf(scriptErrors.BLOCKED({ untilMs: Math.ceil(this.#clock.nowMs() + BLOCK_MS - sinceMs) }));
    this.#errors = sinceMs < RECOVERED_MS ? COUNTED_ERRORS_MAX - 1 : 0;
    return undefined;
  }
}
