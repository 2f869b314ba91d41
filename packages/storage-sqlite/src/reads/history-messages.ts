import type { Problem } from '@fieldline/kernel';
import type { PointColumns } from '@fieldline/model';
import type { AggregatedPoint, AggregateQuery, RangeQuery } from '@fieldline/ports';
import type { SeriesAtHand } from './series-reading.js';

export type HistoryQuestion =
  { readonly kind: 'columns'; readonly query: RangeQuery } | { readonly kind: 'aggregate'; readonly query: AggregateQuery };

/** What a link says to the reader of history. */
export type ToHistory =
  | { readonly kind: 'read'; readonly id: number; readonly series: SeriesAtHand; readonly question: HistoryQuestion }
  /** A piece was taken: one more may be made. */
  | { readonly kind: 'more'; readonly id: number }
  /** Nobody waits for the read any more. */
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'close' };

/** What the reader says to a link. After `done` or `failed` nothing follows of that read. */
export type FromHistory =
  /** The snapshot is open; left out where something else of the read can be said at once. */
  | { readonly kind: 'opened'; readonly id: number }
  | { readonly kind: 'piece'; readonly id: number; readonly piece: PointColumns }
  | { readonly kind: 'done'; readonly id: number; readonly points: readonly AggregatedPoint[] }
  | { readonly kind: 'failed'; readonly id: number; readonly problem: Problem };
