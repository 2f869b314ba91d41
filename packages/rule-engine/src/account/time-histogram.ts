import type { TimeFigures } from '@fieldline/ports';
import { TIME_MAX_US } from '../limits.js';

/** Buckets of equal width between two powers of two: an eighth of the value is how exact it is. */
const STEPS = 8;
const STEP_BITS = 3;
const BUCKETS = (31 - Math.clz32(TIME_MAX_US) - STEP_BITS + 1) * STEPS + STEPS;
const COUNT_MAX = 0xffff_ffff;

/** How often something took how long: buckets whose width grows with the time, so that any length costs the same room. */
export class TimeHistogram {
  readonly #buckets = new Uint32Array(BUCKETS);
  #count = 0;

  /** @param bucket of the time that all of them took, by `bucketOf` */
  add(bucket: number, count: number): void {
    // Halving all of them keeps their shares; a bucket fills in half a day at 100,000 messages a second.
    while ((this.#buckets[bucket] as number) + count > COUNT_MAX) this.#halve();
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + count;
    this.#count += count;
  }

  figures(): TimeFigures {
    if (this.#count === 0) return { count: 0 };
    return { count: this.#count, p50Us: this.#percentile(0.5), p95Us: this.#percentile(0.95) };
  }

  #percentile(share: number): number {
    const total = this.#buckets.reduce((sum, count) => sum + count, 0);
    let left = Math.max(1, Math.ceil(total * share));
    const bucket = this.#buckets.findIndex((count) => (left -= count) <= 0);
    return Math.round((lowestOf(bucket) + lowestOf(bucket + 1) - 1) / 2);
  }

  #halve(): void {
    for (let i = 0; i < BUCKETS; i += 1) this.#buckets[i] = (this.#buckets[i] as number) >>> 1;
  }
}

/** Where a time is counted: from 1 microsecond up to the longest time. */
export function bucketOf(durationUs: number): number {
  const us = durationUs >= TIME_MAX_US ? TIME_MAX_US : (durationUs + 0.5) | 0 || 1;
  if (us < STEPS) return us;
  const power = 31 - Math.clz32(us);
  return (power - STEP_BITS + 1) * STEPS + ((us >>> (power - STEP_BITS)) & (STEPS - 1));
}

/** The shortest time a bucket counts. */
function lowestOf(bucket: number): number {
  if (bucket < STEPS) return bucket;
  const power = Math.floor(bucket / STEPS) + STEP_BITS - 1;
  return 2 ** power + (bucket % STEPS) * 2 ** (power - STEP_BITS);
}
