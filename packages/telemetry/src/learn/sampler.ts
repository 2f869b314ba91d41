import { LEARNED_FIRST, LEARNED_PAUSE_INTERVALS, LEARNED_STRIDE_MAX } from '../limits.js';

/**
 * Decides which messages of a profile are looked at: the first ones, each of them while they are few, else every so many by chance, so that
 * they come about `intervalMs` apart. The decision costs a subtraction and a comparison.
 */
export class Sampler {
  /** Messages until the next one that is looked at. */
  #left = 1;
  #stride = 1;
  /** The first ones are all looked at: who has just connected a device wants to see what it sends. */
  #firstLeft = LEARNED_FIRST;
  #lastMs = 0;
  /** From then on the next one is looked at, whatever is left: after a burst those that follow slowly must not wait for their turn. */
  #dueMs = Infinity;
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed | 1;
  }

  /** Whether this message, which came at `atMs`, is looked at. */
  take(atMs: number): boolean {
    return --this.#left <= 0 || atMs >= this.#dueMs;
  }

  /** To be called where `take` said so. */
  taken(atMs: number, intervalMs: number): void {
    if (this.#firstLeft > 0) {
      this.#firstLeft -= 1;
      this.#lastMs = atMs;
      this.#left = 1;
      return;
    }
    const sinceMs = atMs - this.#lastMs;
    if (atMs >= this.#dueMs) this.#stride = 1;
    else if (sinceMs < intervalMs) this.#stride = Math.min(this.#stride * 2, LEARNED_STRIDE_MAX);
    else if (sinceMs > 2 * intervalMs && this.#stride > 1) this.#stride /= 2;
    this.#lastMs = atMs;
    this.#dueMs = atMs + LEARNED_PAUSE_INTERVALS * intervalMs;
    this.#left = this.#stride === 1 ? 1 : 1 + (this.#chance() % (2 * this.#stride - 1));
  }

  /** Devices that send in turn would otherwise be met in step (a linear congruential generator, as it needs no source). */
  #chance(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) | 0;
    return this.#seed >>> 8;
  }
}
