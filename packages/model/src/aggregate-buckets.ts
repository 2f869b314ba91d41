export interface BucketBounds {
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  readonly intervalMs: number;
  /** Where the second and every further bucket begins; with it, `intervalMs` is not looked at. */
  readonly startsMs?: readonly number[] | undefined;
}

/** The buckets of an aggregate by their number, of which the first is 0: half open, the last cut at the end. */
export class AggregateBuckets {
  readonly #bounds: BucketBounds;

  constructor(bounds: BucketBounds) {
    this.#bounds = bounds;
  }

  /** The bucket that a time of the range is in. */
  numberAt(tsMs: number): number {
    const { startMs, intervalMs, startsMs } = this.#bounds;
    return startsMs === undefined ? Math.floor((tsMs - startMs) / intervalMs) : startsNotAfter(startsMs, tsMs);
  }

  startMs(number: number): number {
    const { startMs, intervalMs, startsMs } = this.#bounds;
    if (startsMs === undefined) return startMs + number * intervalMs;
    return number === 0 ? startMs : (startsMs[number - 1] as number);
  }

  /** Exclusive. */
  endMs(number: number): number {
    const { endMs, startsMs } = this.#bounds;
    return startsMs === undefined ? Math.min(this.startMs(number + 1), endMs) : (startsMs[number] ?? endMs);
  }

  /** The time of the point that stands for the bucket. */
  middleMs(number: number): number {
    const startMs = this.startMs(number);
    return startMs + Math.floor((this.endMs(number) - startMs) / 2);
  }
}

function startsNotAfter(startsMs: readonly number[], tsMs: number): number {
  let low = 0;
  let high = startsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((startsMs[middle] as number) <= tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
