import { ValueKind, type Aggregation } from '@fieldline/model';
import type { AggregatedPoint, AggregateQuery } from '@fieldline/ports';
import type { BlockSummary } from '../blocks/block-summary.js';
import type { Slice } from './columns-read.js';
import { FilledBuckets } from './filled-buckets.js';
import { isRow, type MergedPoints } from './merged-points.js';
import type { ColumnPart } from './point-stream.js';
import type { ReadCost } from './read-cost.js';
import type { BlockRow } from './stored-blocks.js';

/** Looks at the clock are this many steps apart. */
const STEPS_A_LOOK = 16;

/** Reduces points to one a bucket; of a block that lies in one bucket, its summary is enough. */
export class AggregateRead {
  readonly #merged: MergedPoints;
  readonly #cost: ReadCost;
  readonly #aggregation: AggregateQuery['aggregation'];
  readonly #buckets: FilledBuckets;

  constructor(merged: MergedPoints, cost: ReadCost, query: AggregateQuery, intervalsMax: number) {
    this.#merged = merged;
    this.#cost = cost;
    this.#aggregation = query.aggregation;
    this.#buckets = new FilledBuckets(query, intervalsMax);
  }

  /** Goes on until `untilMs` of `performance.now`; at the end the value is all buckets. */
  slice(untilMs: number): Slice<readonly AggregatedPoint[]> {
    for (let steps = 1; ; steps += 1) {
      const found = this.#merged.next(Number.POSITIVE_INFINITY, this.#takesRow);
      if (found === undefined) return { value: this.#buckets.results() };
      if (isRow(found)) this.#addRow(found);
      else this.#addPart(found);
      if (steps % STEPS_A_LOOK === 0 && performance.now() >= untilMs) return 'later';
    }
  }

  readonly #takesRow = ({ startMs, endMs, summary }: BlockRow): boolean =>
    summary !== undefined && isEnough(summary, this.#aggregation) && this.#buckets.holdsBoth(startMs, endMs);

  #addRow({ startMs, summary }: BlockRow): void {
    const { count, kind, minimum, maximum, sum } = summary as BlockSummary;
    this.#buckets.addSummary(startMs, kind as ValueKind, { count, minimum: minimum ?? 0, maximum: maximum ?? 0, sum: sum ?? 0 });
  }

  #addPart({ columns, from, to }: ColumnPart): void {
    this.#cost.addPoints(to - from);
    this.#cost.addTexts(columns, from, to);
    this.#buckets.addColumns(columns, from, to);
  }
}

/** Whether what is known of a block is all that the aggregation asks. */
function isEnough({ kind, minimum, sum }: BlockSummary, aggregation: Exclude<Aggregation, 'NONE'>): boolean {
  if (kind === 0) return false;
  if (aggregation === 'COUNT' || kind === ValueKind.boolean || kind === ValueKind.json) return true;
  if (aggregation === 'SUM' || aggregation === 'AVG') return kind === ValueKind.string || sum !== null;
  return minimum !== null;
}
