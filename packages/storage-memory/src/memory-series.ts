import { AggregateBuckets, BucketAggregate, type DataPoint } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { isRemoval, type PointChange, type PointRange } from './memory-unit.js';

interface KeptPoint {
  readonly point: DataPoint;
  /** 0: as long as the tenant says. */
  readonly ttlMs: number;
}

/** What decides whether a point is still there. */
export interface Expiry {
  readonly nowMs: number;
  /** For points without a time to live of their own; 0 is for ever. */
  readonly defaultTtlMs: number;
}

/** The points of one entity and key, sorted by time, and the latest of those that may be it. */
export class MemorySeries {
  #points: KeptPoint[] = [];
  #latest: DataPoint | undefined;

  get latest(): DataPoint | undefined {
    return this.#latest;
  }

  /** @returns whether it took the latest value */
  apply(change: PointChange, expiry: Expiry): boolean {
    if (isRemoval(change)) return this.#remove(change, expiry);
    const { key, tsMs, kind, value, ttlMs, uses } = change;
    const point = { key, tsMs, kind, value };
    const isLater = tsMs >= (this.#latest?.tsMs ?? Number.NEGATIVE_INFINITY);
    if ((uses & ValueUse.latest) !== 0 && isLater) this.#latest = point;
    if ((uses & ValueUse.history) !== 0) this.#keep({ point, ttlMs });
    return false;
  }

  /** The latest value that there would be after the changes; this stays as it is. */
  latestWith(changes: readonly PointChange[], expiry: Expiry): DataPoint | undefined {
    const copy = new MemorySeries();
    copy.#latest = this.#latest;
    // Points cost something, and only a removal looks at them.
    if (changes.some(isRemoval)) copy.#points = [...this.#points];
    for (const change of changes) copy.apply(change, expiry);
    return copy.#latest;
  }

  range({ startMs, endMs, limit, order }: RangeQuery, expiry: Expiry): readonly DataPoint[] {
    const inRange = this.#between(startMs, endMs, expiry);
    return (order === 'ASC' ? inRange : inRange.reverse()).slice(0, limit);
  }

  aggregate(query: AggregateQuery, expiry: Expiry): readonly DataPoint[] {
    const { key, startMs, endMs, aggregation } = query;
    const bounds = new AggregateBuckets(query);
    const buckets = new Map<number, BucketAggregate>();
    for (const { tsMs, kind, value } of this.#between(startMs, endMs, expiry)) {
      const number = bounds.numberAt(tsMs);
      const bucket = buckets.get(number) ?? new BucketAggregate();
      buckets.set(number, bucket);
      bucket.add(kind, value);
    }
    return [...buckets].flatMap(([number, bucket]) => {
      const result = bucket.result(aggregation);
      return result === undefined ? [] : [{ key, tsMs: bounds.middleMs(number), ...result }];
    });
  }

  #keep(kept: KeptPoint): void {
    const { tsMs } = kept.point;
    const at = this.#firstNotBefore(tsMs);
    const replaces = this.#points[at]?.point.tsMs === tsMs;
    this.#points.splice(at, replaces ? 1 : 0, kept);
  }

  #remove({ startMs, endMs, latest }: PointRange, expiry: Expiry): boolean {
    const from = this.#firstNotBefore(startMs);
    this.#points.splice(from, this.#firstNotBefore(endMs) - from);
    const tsMs = this.#latest?.tsMs ?? Number.NEGATIVE_INFINITY;
    if (latest === 'keep' || tsMs < startMs || tsMs >= endMs) return false;
    this.#latest = latest === 'remove' ? undefined : this.#between(Number.NEGATIVE_INFINITY, startMs, expiry).at(-1);
    return true;
  }

  /** Those that have not outlived their time to live. */
  #between(startMs: number, endMs: number, { nowMs, defaultTtlMs }: Expiry): DataPoint[] {
    const inRange = this.#points.slice(this.#firstNotBefore(startMs), this.#firstNotBefore(Math.max(startMs, endMs)));
    const isAlive = ({ point, ttlMs }: KeptPoint): boolean => point.tsMs + (ttlMs || defaultTtlMs || Number.POSITIVE_INFINITY) > nowMs;
    return inRange.filter(isAlive).map(({ point }) => point);
  }

  #firstNotBefore(tsMs: number): number {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#points[middle]?.point.tsMs ?? 0) < tsMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
