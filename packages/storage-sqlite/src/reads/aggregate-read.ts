import { AggregateBuckets, BucketAggregate, ValueKind, type Aggregation } from '@fieldline/model';
import { historyErrors, type AggregatedPoint, type AggregateQuery } from '@fieldline/ports';
import type { BlockSummary } from '../blocks/block-summary.js';
import { AGGREGATED_POINTS_MAX } from '../limits.js';
import type { Slice } from './columns-read.js';
import { isRow, type MergedPoints } from './merged-points.js';
import type { ColumnPart } from './point-stream.js';
import type { ReadCost } from './read-cost.js';
import type { BlockRow } from './stored-blocks.js';

const STEPS_A_LOOK = 16;

/** Reduces points to one a bucket; of a block that lies in one bucket, its summary is enough. */
export class AggregateRead {
  readonly #merged: MergedPoints;
  readonly #cost: ReadCost;
  readonly #query: AggregateQuery;
  readonly #buckets: AggregateBuckets;
  readonly #points: AggregatedPoint[] = [];
  #bucket = new BucketAggregate();
  #number = -1;
  #bucketEndMs = Number.NEGATIVE_INFINITY;

  constructor(merged: MergedPoints, cost: ReadCost, query: AggregateQuery) {
    this.#merged = merged;
    this.#cost = cost;
    this.#query = query;
    this.#buckets = new AggregateBuckets(query);
  }

  /** Goes on until `untilMs` of `performance.now`; at the end the value is all buckets. */
  slice(untilMs: number): Slice<readonly AggregatedPoint[]> {
    for (let steps = 1; ; steps += 1) {
      const found = this.#merged.next(Number.POSITIVE_INFINITY, this.#takesRow);
      if (found === undefined) break;
      if (isRow(found)) this.#addRow(found);
      else this.#addPart(found);
      if (steps % STEPS_A_LOOK === 0 && performance.now() >= untilMs) return 'later';
    }
    this.#closeBucket();
    return { value: this.#points };
  }

  readonly #takesRow = ({ startMs, endMs, summary }: BlockRow): boolean => {
    if (summary === undefined || !isEnough(summary, this.#query.aggregation)) return false;
    return endMs < (startMs < this.#bucketEndMs ? this.#bucketEndMs : this.#buckets.endMs(this.#buckets.numberAt(startMs)));
  };

  #addRow({ startMs, summary }: BlockRow): void {
    const { count, kind, minimum, maximum, sum } = summary as BlockSummary;
    this.#openBucket(startMs);
    this.#bucket.addSummary(kind as ValueKind, { count, minimum: minimum ?? 0, maximum: maximum ?? 0, sum: sum ?? 0 });
  }

  #addPart({ columns, from, to }: ColumnPart): void {
    const { times } = columns;
    this.#cost.addPoints(to - from);
    this.#cost.addTexts(columns, from, to);
    for (let place = from; place < to;) {
      this.#openBucket(times[place] as number);
      const start = place;
      while (place < to && (times[place] as number) < this.#bucketEndMs) place += 1;
      this.#bucket.addColumns(columns, start, place);
    }
  }

  /** Makes the bucket of a time the one that is filled. */
  #openBucket(tsMs: number): void {
    if (tsMs < this.#bucketEndMs) return;
    this.#closeBucket();
    this.#bucket = new BucketAggregate();
    this.#number = this.#buckets.numberAt(tsMs);
    this.#bucketEndMs = this.#buckets.endMs(this.#number);
  }

  #closeBucket(): void {
    if (this.#number < 0) return;
    const result = this.#bucket.result(this.#query.aggregation);
    if (result === undefined) return;
    if (this.#points.length === AGGREGATED_POINTS_MAX) throw historyErrors.TOO_LARGE({ what: 'intervals', max: AGGREGATED_POINTS_MAX });
    this.#points.push({ key: this.#query.key, tsMs: this.#buckets.middleMs(this.#number), ...result });
  }
}

/** Whether what is known of a block is all that the aggregation asks. */
function isEnough({ kind, minimum, sum }: BlockSummary, aggregation: Exclude<Aggregation, 'NONE'>): boolean {
  if (kind === 0) return false;
  if (aggregation === 'COUNT' || kind === ValueKind.boolean || kind === ValueKind.json) return true;
  if (aggregation === 'SUM' || aggregation === 'AVG') return kind === ValueKind.string || sum !== null;
  return minimum !== null;
}
