import { AggregateBuckets, BucketAggregate, type PointColumns, type PointSummary, type ValueKind } from '@fieldline/model';
import { historyErrors, type AggregatedPoint, type AggregateQuery } from '@fieldline/ports';
import { AGGREGATED_POINTS_MAX } from '../limits.js';

/** The buckets of an aggregate that hold points, which are added in ascending order of time, all of them in the range of the query. */
export class FilledBuckets {
  readonly #query: AggregateQuery;
  readonly #countMax: number;
  readonly #buckets: AggregateBuckets;
  readonly #points: AggregatedPoint[] = [];
  #bucket = new BucketAggregate();
  #number = -1;
  /** Of the bucket that is being filled. */
  #endMs = Number.NEGATIVE_INFINITY;

  constructor(query: AggregateQuery, countMax = AGGREGATED_POINTS_MAX) {
    this.#query = query;
    this.#countMax = countMax;
    this.#buckets = new AggregateBuckets(query);
  }

  /** Whether two times, of which none is before one that was added, are in one bucket. */
  holdsBoth(firstMs: number, lastMs: number): boolean {
    return lastMs < (firstMs < this.#endMs ? this.#endMs : this.#buckets.endMs(this.#buckets.numberAt(firstMs)));
  }

  /** Adds points of one bucket, of which the first is at `firstMs`. */
  addSummary(firstMs: number, kind: ValueKind, summary: PointSummary): void {
    this.#open(firstMs);
    this.#bucket.addSummary(kind, summary);
  }

  /** Adds the points from place `from` to before `to`. */
  addColumns(columns: PointColumns, from: number, to: number): void {
    const { times } = columns;
    for (let place = from; place < to;) {
      this.#open(times[place] as number);
      const start = place;
      while (place < to && (times[place] as number) < this.#endMs) place += 1;
      this.#bucket.addColumns(columns, start, place);
    }
  }

  /**
   * The values of all buckets, when all points are added.
   *
   * @throws HISTORY_TOO_LARGE
   */
  results(): readonly AggregatedPoint[] {
    this.#close();
    this.#number = -1;
    return this.#points;
  }

  /** Makes the bucket of a time the one that is filled. */
  #open(tsMs: number): void {
    if (tsMs < this.#endMs) return;
    this.#close();
    this.#bucket = new BucketAggregate();
    this.#number = this.#buckets.numberAt(tsMs);
    this.#endMs = this.#buckets.endMs(this.#number);
  }

  #close(): void {
    const result = this.#number < 0 ? undefined : this.#bucket.result(this.#query.aggregation);
    if (result === undefined) return;
    if (this.#points.length === this.#countMax) throw historyErrors.TOO_LARGE({ what: 'intervals', max: this.#countMax });
    this.#points.push({ key: this.#query.key, tsMs: this.#buckets.middleMs(this.#number), ...result });
  }
}
