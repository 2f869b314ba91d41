import { AggregateBuckets, BucketAggregate, type DataPoint } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type PointRemoval } from '@fieldline/ports';

export interface KeptPoint extends DataPoint {
  readonly ttlMs: number;
}

/** What a store is measured against: the points of a key as a plain list, and its latest value. */
export class ModelSeries {
  points = new Map<number, KeptPoint>();
  latest: DataPoint | undefined = undefined;

  copy(): ModelSeries {
    const copy = new ModelSeries();
    copy.points = new Map(this.points);
    copy.latest = this.latest;
    return copy;
  }

  put({ ttlMs, ...point }: KeptPoint, uses: number): void {
    if ((uses & ValueUse.history) !== 0) this.points.set(point.tsMs, { ...point, ttlMs });
    if ((uses & ValueUse.latest) !== 0 && point.tsMs >= (this.latest?.tsMs ?? -Infinity)) this.latest = point;
  }

  remove({ startMs, endMs, latest: fate }: Pick<PointRemoval, 'startMs' | 'endMs' | 'latest'>, nowMs: number, defaultTtlMs = 0): void {
    for (const tsMs of this.points.keys()) if (tsMs >= startMs && tsMs < endMs) this.points.delete(tsMs);
    const { latest } = this;
    if (fate === 'keep' || latest === undefined || latest.tsMs < startMs || latest.tsMs >= endMs) return;
    this.latest = fate === 'remove' ? undefined : this.alive(nowMs, -Infinity, startMs, defaultTtlMs).at(-1);
  }

  /** Points in a range that have not outlived their time to live. */
  alive(nowMs: number, startMs: number, endMs: number, defaultTtlMs = 0): DataPoint[] {
    return [...this.points.values()]
      .filter(({ tsMs, ttlMs }) => tsMs >= startMs && tsMs < endMs && tsMs + (ttlMs || defaultTtlMs || Infinity) > nowMs)
      .sort((a, b) => a.tsMs - b.tsMs)
      .map(({ ttlMs: _, ...point }) => point);
  }
}

/** The values of the buckets of a list. */
export function aggregated(points: readonly DataPoint[], { key, aggregation, ...range }: AggregateQuery): DataPoint[] {
  const bounds = new AggregateBuckets(range);
  const buckets = new Map<number, BucketAggregate>();
  for (const { tsMs, kind, value } of points) {
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
