import type { Clock } from '@fieldline/kernel';
import type { RateLimit } from '@fieldline/model';
import { RATE_KEYS_MAX, RATE_WINDOW_SLICES } from './limits.js';

/**
 * Counts uses by key and refuses those beyond the limits: never more than the capacity in any window, wherever it
 * starts. It counts in slices of the window, so it may refuse for a twentieth of the window longer than it must.
 */
export class RateLimiter {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** In the order of their last use. */
  readonly #windows = new Map<string, readonly SlidingWindow[]>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** Takes one use, where every limit has room for it; takes none otherwise. */
  tryTake(key: string, limits: readonly RateLimit[]): boolean {
    if (limits.length === 0) return true;
    const windows = this.#windowsOf(key, limits);
    const nowMs = this.#clock.monotonicMs();
    if (!windows.every((window) => window.hasRoom(nowMs))) return false;
    for (const window of windows) window.take();
    return true;
  }

  #windowsOf(key: string, limits: readonly RateLimit[]): readonly SlidingWindow[] {
    const known = this.#windows.get(key) ?? [];
    this.#windows.delete(key);
    // A limit that was changed starts to count afresh; the others go on.
    const windows = limits.map((limit) => known.find((window) => window.isFor(limit)) ?? new SlidingWindow(limit));
    this.#windows.set(key, windows);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > RATE_KEYS_MAX && oldest !== undefined) this.#windows.delete(oldest);
    return windows;
  }
}

/** Uses of one limit, in a ring with a slice more than a window has: the oldest one is over only in part. */
class SlidingWindow {
  readonly #limit: RateLimit;
  readonly #counts = new Float64Array(RATE_WINDOW_SLICES + 1);
  #slice = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  isFor({ capacity, windowMs }: RateLimit): boolean {
    return this.#limit.capacity === capacity && this.#limit.windowMs === windowMs;
  }

  hasRoom(nowMs: number): boolean {
    this.#moveTo(Math.floor((nowMs * RATE_WINDOW_SLICES) / this.#limit.windowMs));
    return this.#counts.reduce((sum, count) => sum + count, 0) < this.#limit.capacity;
  }

  /** Into the slice of the last `hasRoom`. */
  take(): void {
    const place = this.#slice % this.#counts.length;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  #moveTo(slice: number): void {
    if (slice - this.#slice >= this.#counts.length) this.#counts.fill(0);
    else for (let passed = this.#slice + 1; passed <= slice; passed += 1) this.#counts[passed % this.#counts.length] = 0;
    this.#slice = Math.max(this.#slice, slice);
  }
}
