import type { BlockRow } from './stored-blocks.js';
import type { ColumnPart, PointStream } from './point-stream.js';

/**
 * The points of several streams in one order. Of points at the same time that of the earlier stream is told, and the others are
 * passed over: memory comes first.
 */
export class MergedPoints {
  readonly #streams: readonly PointStream[];

  constructor(streams: readonly PointStream[]) {
    this.#streams = streams;
  }

  /**
   * The next points, at most `room`; or the next block unread, where `takesRow` says so, all of it may be told and nothing else
   * lies in its time. Undefined at the end.
   *
   * @throws STORAGE_CORRUPT
   */
  next(room: number, takesRow?: (row: BlockRow) => boolean): ColumnPart | BlockRow | undefined {
    for (;;) {
      const first = this.#first();
      if (first.key === Number.POSITIVE_INFINITY) return undefined;
      const bound = this.#boundOf(first);
      const { row } = first;
      if (row === undefined) {
        if (this.#settleTies(first, bound)) return first.take(bound, room);
      } else if (takesRow !== undefined && first.rowEndKey < bound && first.isRowWhole && takesRow(row)) {
        first.skipRow();
        return row;
      } else first.read();
    }
  }

  /** The stream that is next, the earliest of those that are. */
  #first(): PointStream {
    const streams = this.#streams;
    let first = streams[0] as PointStream;
    for (let at = 1; at < streams.length; at += 1) if ((streams[at] as PointStream).key < first.key) first = streams[at] as PointStream;
    return first;
  }

  /** The least key of all other streams. */
  #boundOf(first: PointStream): number {
    let bound = Number.POSITIVE_INFINITY;
    for (const stream of this.#streams) if (stream !== first && stream.key < bound) bound = stream.key;
    return bound;
  }

  /** Passes over points at the very time of the first; false where streams have moved and must be looked at again. */
  #settleTies(first: PointStream, bound: number): boolean {
    if (bound !== first.key) return true;
    for (const stream of this.#streams) {
      if (stream === first || stream.key !== bound) continue;
      if (stream.row === undefined) stream.take(bound, 1);
      else stream.read();
    }
    return false;
  }
}

export function isRow(found: ColumnPart | BlockRow): found is BlockRow {
  return 'endMs' in found;
}
