import type { PointColumns } from '@fieldline/model';
import type { AggregatedPoint, AggregateQuery, RangeQuery } from '@fieldline/ports';

/** A span of times. */
export interface TimeSpan {
  /** Inclusive. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
}

/** What memory knows of a series: it wins over the blocks. Given away with the read. */
export interface HeadSlice {
  /**
   * In ascending order, one a time, inside the range of the query, none of them dead. Where the query has a limit they may be as
   * few as that, from the end that its order starts with.
   */
  readonly points: PointColumns;
  /** Where all points of the blocks are removed; in any order, and they may overlap. */
  readonly removed: readonly TimeSpan[];
}

/** When points are too old to be told. */
export interface Expiry {
  readonly nowMs: number;
  /** For points without a time to live of their own; 0 is for ever. */
  readonly defaultTtlMs: number;
}

/** One series, as it stands when its read begins. */
export interface SeriesRead extends Expiry {
  readonly seriesId: number;
  readonly head: HeadSlice;
  /**
   * Asked when the look at the blocks is taken: false where packing was begun after `take` gave this. The read is then made again,
   * else it could show new points without older changes that packing carried off with them.
   */
  isCurrent(): boolean;
}

/**
 * Reads of history: memory and blocks as one. `take` is called, once or more often, in the thread of the caller and at the
 * moment at which the read begins; the snapshot of the blocks is opened after it. Where it gives nothing, the series is gone,
 * and the answer is empty.
 */
export interface HistoryReads {
  /** @see TimeSeriesReader.columns */
  columns(take: () => SeriesRead | undefined, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns>;
  /** @see TimeSeriesReader.aggregate */
  aggregate(take: () => SeriesRead | undefined, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]>;
  /** Ends the reads under way, which reject with HISTORY_ABANDONED, and lets go of files and threads. */
  close(): Promise<void>;
}
