import { BucketAggregate, type DataPoint } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type RangeQuery } from '@fieldline/ports';

/** The points of one entity and key, sorted by time, and the latest of those that may be it. */
export class MemorySeries {
  readonly #points: DataPoint[] = [];
  #latest: DataPoint | undefined;

  get latest(): DataPoint | undefined {
    return this.#latest;
  }

  /** @param uses of `ValueUse` */
  put(point: DataPoint, uses: number): void {
    const isLater = point.tsMs >= (this.#latest?.tsMs ?? Number.NEGATIVE_INFINITY);
    if ((uses & ValueUse.latest) !== 0 && isLater) this.#latest = point;
    if ((uses & ValueUse.history) !== 0) this.#keep(point);
  }

  range({ startMs, endMs, limit, order }: RangeQuery): readonly DataPoint[] {
    const inRange = this.#between(startMs, endMs);
    return (order === 'ASC' ? inRange : inRange.reverse()).slice(0, limit);
  }

  aggregate({ key, startMs, endMs, intervalMs, aggregation }: AggregateQuery): readonly DataPoint[] {
    const buckets = new Map<number, BucketAggregate>();
    for (const { tsMs, kind, value } of this.#between(startMs, endMs)) {
      const bucketStartMs = startMs + Math.floor((tsMs - startMs) / intervalMs) * intervalMs;
      const bucket = buckets.get(bucketStartMs) ?? new BucketAggregate();
      buckets.set(bucketStartMs, bucket);
      bucket.add(kind, value);
    }
    const points: DataPoint[] = [];
    for (const [bucketStartMs, bucket] of buckets) {
      const bucketEndMs = Math.min(bucketStartMs + intervalMs, endMs);
      const result = bucket.result(aggregation);
      if (result !== undefined) points.push({ key, tsMs: bucketStartMs + Math.floor((bucketEndMs - bucketStartMs) / 2), ...result });
    }
    return points;
  }

  #keep(point: DataPoint): void {
    const at = this.#firstNotBefore(point.tsMs);
    const replaces = this.#points[at]?.tsMs === point.tsMs;
    this.#points.splice(at, replaces ? 1 : 0, point);
  }

  #between(startMs: number, endMs: number): DataPoint[] {
    return this.#points.slice(this.#firstNotBefore(startMs), this.#firstNotBefore(Math.max(startMs, endMs)));
  }

  #firstNotBefore(tsMs: number): number {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#points[middle]?.tsMs ?? 0) < tsMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
