import type { Clock } from '@fieldline/kernel';
import type { EntityId, PointColumns, TenantId } from '@fieldline/model';
import { historyErrors, historyLimits, type AggregatedPoint, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { sliceOf } from '../head/head-slice.js';
import type { Series } from '../head/series.js';
import { HEAD_ANSWER_POINTS } from '../limits.js';
import { FilledBuckets } from '../reads/filled-buckets.js';
import type { HistoryReads, SeriesRead } from '../reads/history-reads.js';
import type { LiveState } from './live-state.js';

export interface HistoryDeps {
  readonly state: LiveState;
  readonly reads: HistoryReads;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** How often packing was begun. */
  readonly packsBegun: () => number;
}

/** Reads of points: from memory alone where that is all there is and little, else by who knows the blocks. */
export class History {
  readonly #deps: HistoryDeps;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  async *columns(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    endIfAborted(signal);
    if (query.startMs >= query.endMs || query.limit <= 0) return;
    const inHead = this.#ofHead(tenantId, entity, query);
    const pieces =
      inHead === undefined ? this.#deps.reads.columns(() => this.#take(tenantId, entity, query), query, signal) : piecesOf(inHead, query);
    for await (const piece of pieces) {
      const givenMs = this.#deps.clock.monotonicMs();
      yield piece;
      if (this.#deps.clock.monotonicMs() - givenMs > historyLimits.idleMs) throw historyErrors.ABANDONED();
      endIfAborted(signal);
    }
  }

  async aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]> {
    endIfAborted(signal);
    if (query.startMs >= query.endMs) return [];
    const whole = { ...query, limit: Number.POSITIVE_INFINITY, order: 'ASC' } as const;
    const inHead = this.#ofHead(tenantId, entity, whole);
    if (inHead !== undefined) return aggregated(inHead, query);
    return this.#deps.reads.aggregate(() => this.#take(tenantId, entity, whole), query, signal);
  }

  /** The points where the head has all of them, in ascending order. */
  #ofHead(tenantId: TenantId, entity: EntityId, query: RangeQuery): PointColumns | undefined {
    const series = this.#series(tenantId, entity, query.key);
    if (series === undefined) return noPoints;
    if (series.hasBlocks || series.headCount > HEAD_ANSWER_POINTS) return undefined;
    return sliceOf(series, query, this.#deps.state.history.retention.expiryOf(tenantId)).points;
  }

  #take(tenantId: TenantId, entity: EntityId, query: RangeQuery): SeriesRead | undefined {
    const series = this.#series(tenantId, entity, query.key);
    if (series === undefined) return undefined;
    const { state, packsBegun } = this.#deps;
    const expiry = state.history.retention.expiryOf(tenantId);
    const begun = packsBegun();
    return { seriesId: series.id, ...expiry, head: sliceOf(series, query, expiry), isCurrent: () => packsBegun() === begun };
  }

  #series(tenantId: TenantId, entity: EntityId, key: string): Series | undefined {
    const { head } = this.#deps.state;
    const series = head.find(tenantId, entity)?.find(key);
    series?.settle(head.generations);
    return series;
  }
}

function endIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw historyErrors.ABANDONED();
}

const noPoints: PointColumns = {
  count: 0,
  times: new Float64Array(0),
  kinds: new Uint8Array(0),
  numbers: new Float64Array(0),
  others: undefined,
};

function* piecesOf(points: PointColumns, { order }: RangeQuery): Iterable<PointColumns> {
  const { pieceMax } = historyLimits;
  for (let given = 0; given < points.count; given += pieceMax) {
    const count = Math.min(pieceMax, points.count - given);
    yield order === 'ASC' ? pieceOf(points, given, count) : reversed(pieceOf(points, points.count - given - count, count));
  }
}

function pieceOf({ times, kinds, numbers, others }: PointColumns, start: number, count: number): PointColumns {
  const end = start + count;
  return {
    count,
    times: times.slice(start, end),
    kinds: kinds.slice(start, end),
    numbers: numbers.slice(start, end),
    others: others?.slice(start, end),
  };
}

function reversed(piece: PointColumns): PointColumns {
  piece.times.reverse();
  piece.kinds.reverse();
  piece.numbers.reverse();
  piece.others?.reverse();
  return piece;
}

function aggregated(points: PointColumns, query: AggregateQuery): readonly AggregatedPoint[] {
  const buckets = new FilledBuckets(query);
  buckets.addColumns(points, 0, points.count);
  return buckets.results();
}
