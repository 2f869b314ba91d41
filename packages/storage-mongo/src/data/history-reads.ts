import { Turns, type Clock } from '@fieldline/kernel';
import {
  AggregateBuckets,
  BucketAggregate,
  columnsOfPoints,
  type DataPoint,
  type EntityId,
  type PointColumns,
  type TenantId,
} from '@fieldline/model';
import { historyErrors, historyLimits, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { HISTORY_DOCUMENTS_A_BATCH, HISTORY_READS_AT_ONCE, HISTORY_READS_WAITING_MAX } from '../limits.js';
import type { MongoCollection } from '../mongo-collection.js';
import { pointOf, seriesName, type PointDocument } from './data-documents.js';
import { endsWhenIdle } from './idle-end.js';
import { ownerKey } from './mongo-unit.js';
import { OpenRead } from './open-read.js';
import type { OpenReads } from './open-reads.js';
import { ReadCost } from './read-cost.js';
import type { Retention } from './retention.js';
import { between } from './stored-points.js';

export interface HistoryReadsOptions {
  readonly points: MongoCollection<PointDocument>;
  readonly open: OpenReads;
  readonly retention: Retention;
  readonly clock: Clock;
  /** Resolves when every unit given so far is in the collections. */
  readonly settled: () => Promise<void>;
}

interface Owner {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
}

type Kept = Omit<PointDocument, '_id'>;

const busy = (): Error => historyErrors.BUSY({ waitingMax: HISTORY_READS_WAITING_MAX });

/** Reads of history, each of which shows one instant and keeps within `historyLimits`. */
export class HistoryReads {
  readonly #options: HistoryReadsOptions;
  readonly #turns = new Turns({ atOnce: HISTORY_READS_AT_ONCE, waitingMax: HISTORY_READS_WAITING_MAX });

  constructor(options: HistoryReadsOptions) {
    this.#options = options;
  }

  async range(owner: Owner, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    const points: DataPoint[] = [];
    for await (const batch of this.#read(owner, query, signal)) for (const document of batch) points.push(pointOf(query.key, document));
    return points;
  }

  columns(owner: Owner, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    return endsWhenIdle(this.#pieces(owner, query, signal), this.#options.clock);
  }

  /** Reduces the points as they come, in their order, so that only one bucket is open at a time. */
  async aggregate(owner: Owner, query: AggregateQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    const { key, aggregation } = query;
    const bounds = new AggregateBuckets(query);
    const results: DataPoint[] = [];
    let open: { readonly number: number; readonly bucket: BucketAggregate } | undefined;
    const end = (): void => {
      const result = open?.bucket.result(aggregation);
      if (open !== undefined && result !== undefined) results.push({ key, tsMs: bounds.middleMs(open.number), ...result });
    };
    for await (const batch of this.#read(owner, { ...query, order: 'ASC', limit: Number.POSITIVE_INFINITY }, signal)) {
      for (const document of batch) {
        const { tsMs, kind, value } = pointOf(key, document);
        const number = bounds.numberAt(tsMs);
        if (open === undefined || open.number !== number) {
          end();
          open = { number, bucket: new BucketAggregate() };
        }
        open.bucket.add(kind, value);
      }
    }
    end();
    return results;
  }

  async *#pieces(owner: Owner, query: RangeQuery, signal: AbortSignal | undefined): AsyncIterable<PointColumns> {
    const { pieceMax } = historyLimits;
    for await (const batch of this.#read(owner, query, signal)) {
      // What was removed while it was read comes all at once.
      for (let start = 0; start < batch.length; start += pieceMax) {
        yield columnsOfPoints(batch.slice(start, start + pieceMax).map((document) => pointOf(query.key, document)));
      }
    }
  }

  /** Some documents at a time, none of the lists empty. */
  async *#read({ tenantId, entity }: Owner, query: RangeQuery, signal: AbortSignal | undefined): AsyncIterable<readonly Kept[]> {
    const cost = new ReadCost(this.#options.clock, signal);
    cost.check();
    if (query.startMs >= query.endMs || query.limit <= 0) return;
    await cost.within(this.#turns.take(this.#options.settled, busy));
    // What is given next is journalled before it changes a point, which takes longer than to come here.
    const read = new OpenRead(seriesName(ownerKey(tenantId, entity), query.key), this.#options.retention.expiry(tenantId), query);
    this.#options.open.add(read, tenantId);
    try {
      let left = query.limit;
      for await (const batch of this.#batches(read, query, cost)) {
        const part = batch.slice(0, left);
        left -= part.length;
        if (part.length > 0) yield part;
        if (left <= 0) return;
      }
    } finally {
      this.#options.open.end(read);
    }
  }

  /** Until there are no more, or the caller has enough: what changes meanwhile can take the place of some that the limit counted. */
  async *#batches(read: OpenRead, { order, limit }: RangeQuery, cost: ReadCost): AsyncIterable<readonly Kept[]> {
    const bounds = { batchSize: HISTORY_DOCUMENTS_A_BATCH, workMsMax: historyLimits.deadlineMs } as const;
    const options = { sort: { _id: order === 'ASC' ? 1 : -1 }, limit, ...bounds } as const;
    const fields = { fields: ['ts', 'kind', 'value', 'expireAtMs'], isWithoutId: true } as const;
    for (let found = limit; found >= limit;) {
      const { startMs, endMs } = read.left;
      found = 0;
      const filter = between({ name: read.series, expiry: read.expiry }, startMs, endMs);
      const batches = this.#options.points.batches(filter, { ...options, ...fields })[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await cost.within(this.#turns.take(() => batches.next()));
          if (read.isLost) throw historyErrors.ABANDONED();
          if (next.done === true) break;
          found += next.value.length;
          const batch = read.asTheyWere(next.value);
          cost.add(batch);
          yield batch;
          cost.check();
        }
      } finally {
        // It may wait for an answer that nobody waits for any more.
        batches.return?.().catch(() => undefined);
      }
    }
    const rest = read.rest();
    cost.add(rest);
    yield rest;
  }
}
