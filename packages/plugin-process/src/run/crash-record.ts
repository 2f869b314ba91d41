import { CRASHES_MAX, HEALTHY_MS, QUARANTINE_MS, RESTART_PAUSE_FIRST_MS, RESTART_PAUSE_MAX_MS } from '../limits.js';

/** Remembers how the processes of a plugin ended, and says when it may have another. Times are monotonic milliseconds. */
export class CrashRecord {
  #crashes = 0;
  #starts = 0;
  #againAtMs = 0;
  #reason = '';

  get crashes(): number {
    return this.#crashes;
  }

  /** Starts after the first. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** Why it ended the last time; empty where it never did. */
  get reason(): string {
    return this.#reason;
  }

  started(): void {
    this.#starts += 1;
  }

  /** @param ranMs how long the process ran */
  ended(reason: string, nowMs: number, ranMs: number): void {
    this.#crashes = ranMs >= HEALTHY_MS ? 1 : this.#crashes + 1;
    this.#reason = reason;
    this.#againAtMs = nowMs + this.#pauseMs();
  }

  /** How long to wait for the next try; 0 where it may start now. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#againAtMs - nowMs);
  }

  isQuarantined(nowMs: number): boolean {
    return this.#crashes >= CRASHES_MAX && this.waitMs(nowMs) > 0;
  }

  #pauseMs(): number {
    if (this.#crashes >= CRASHES_MAX) return QUARANTINE_MS;
    if (this.#crashes <= 1) return 0;
    return Math.min(RESTART_PAUSE_FIRST_MS * 2 ** (this.#crashes - 2), RESTART_PAUSE_MAX_MS);
  }
}
