import type { Clock } from '@fieldline/kernel';
import { AggregateBuckets, BucketAggregate, pointColumns, type DataPoint, type PointColumns } from '@fieldline/model';
import { historyErrors, historyLimits, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { HISTORY_DOCUMENTS_A_BATCH } from '../limits.js';
import type { MongoCollection } from '../mongo-collection.js';
import { pointOf, type PointDocument } from './data-documents.js';
import { between, type AliveSeries } from './stored-points.js';

/** Reads of the history, each within `historyLimits`. */
export class HistoryReads {
  readonly #points: MongoCollection<PointDocument>;
  readonly #clock: Clock;

  constructor(points: MongoCollection<PointDocument>, clock: Clock) {
    this.#points = points;
    this.#clock = clock;
  }

  async range(series: AliveSeries, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    const points: DataPoint[] = [];
    for await (const batch of this.#batches(series, query, signal)) for (const document of batch) points.push(pointOf(query.key, document));
    return points;
  }

  async *columns(series: AliveSeries, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    for await (const batch of this.#batches(series, query, signal)) yield columnsOf(batch);
  }

  /** Reduces the points as they come, in their order, so that only one bucket is open at a time. */
  async aggregate(series: AliveSeries, query: AggregateQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    const { key, aggregation } = query;
    const bounds = new AggregateBuckets(query);
    const results: DataPoint[] = [];
    let open: { readonly number: number; readonly bucket: BucketAggregate } | undefined;
    const end = (): void => {
      const result = open?.bucket.result(aggregation);
      if (open !== undefined && result !== undefined) results.push({ key, tsMs: bounds.middleMs(open.number), ...result });
    };
    for await (const batch of this.#batches(series, { ...query, order: 'ASC', limit: Number.MAX_SAFE_INTEGER }, signal)) {
      for (const document of batch) {
        const { tsMs, kind, value } = pointOf(key, document);
        const number = bounds.numberAt(tsMs);
        if (open?.number !== number) {
          end();
          open = { number, bucket: new BucketAggregate() };
        }
        open.bucket.add(kind, value);
      }
    }
    end();
    return results;
  }

  async *#batches(series: AliveSeries, query: RangeQuery, signal: AbortSignal | undefined): AsyncIterable<readonly PointDocument[]> {
    const { startMs, endMs, limit, order } = query;
    if (signal?.aborted === true) throw historyErrors.ABANDONED();
    if (startMs >= endMs) return;
    const options = { sort: { _id: order === 'ASC' ? 1 : -1 }, limit, fields: ['ts', 'kind', 'value'], isWithoutId: true } as const;
    const batches = this.#points.batches(between(series, startMs, endMs), { ...options, batchSize: HISTORY_DOCUMENTS_A_BATCH });
    let askedMs = this.#clock.monotonicMs();
    let workMs = 0;
    for await (const batch of batches) {
      if (signal?.aborted === true) throw historyErrors.ABANDONED();
      workMs += this.#clock.monotonicMs() - askedMs;
      if (workMs > historyLimits.deadlineMs) throw historyErrors.TOO_SLOW({ deadlineMs: historyLimits.deadlineMs });
      yield batch;
      askedMs = this.#clock.monotonicMs();
    }
  }
}

function columnsOf(documents: readonly PointDocument[]): PointColumns {
  const columns = pointColumns(documents.length);
  for (const document of documents) {
    const { tsMs, kind, value } = pointOf('', document);
    const place = columns.count;
    columns.times[place] = tsMs;
    columns.kinds[place] = kind;
    if (typeof value === 'string' || typeof value === 'bigint') {
      columns.others ??= new Array<undefined>(documents.length).fill(undefined);
      columns.others[place] = value;
    } else columns.numbers[place] = Number(value);
    columns.count = place + 1;
  }
  return columns;
}
