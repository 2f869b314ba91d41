import { LEARNED_FIRST, LEARNED_STRIDE_MAX } from '../limits.js';

/**
 * Decides which messages of a profile are looked at: the first ones, each of them while they are few, else every so many by chance, so that
 * they come about `intervalMs` apart. The decision costs a subtraction.
 */
export class Sampler {
  /** Messages until the next one that is looked at. */
  #left = 1;
  #stride = 1;
  /** The first ones are all looked at: who has just connected a device wants to see what it sends. */
  #firstLeft = LEARNED_FIRST;
  #lastMs = 0;
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed | 1;
  }

  /** Whether this message is looked at. */
  take(): boolean {
    return --this.#left <= 0;
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
    if (sinceMs < intervalMs) this.#stride = Math.min(this.#stride * 2, LEARNED_STRIDE_MAX);
    else if (sinceMs > 2 * intervalMs && this.#stride > 1) this.#stride /= 2;
    this.#lastMs = atMs;
    this.#left = this.#stride === 1 ? 1 : 1 + (this.#chance() % (2 * this.#stride - 1));
  }

  /** Devices that send in turn would otherwise be met in step (a linear congruential generator, as it needs no source). */
  #chance(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) | 0;
    return this.#seed >>> 8;
  }
}
