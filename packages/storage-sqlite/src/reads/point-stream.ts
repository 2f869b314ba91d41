import type { PointColumns } from '@fieldline/model';
import type { TimeSpan } from './history-reads.js';
import { spanEndingAfter } from './shown-spans.js';
import type { BlockOrder, BlockRow, BlockSeries, StoredBlocks } from './stored-blocks.js';

/** Rows of blocks fetched at once: few at first, as many reads end with the first block. */
const ROWS_MIN = 4;
const ROWS_MAX = 256;

/** The blocks of one series and time to live, as a stream reads them. */
export interface StreamedBlocks extends BlockSeries {
  readonly blocks: StoredBlocks;
  readonly order: BlockOrder;
  /** What may be told of them: at least one span. */
  readonly shown: readonly TimeSpan[];
  /** The only one to be read; absent: all there are. */
  readonly only?: BlockRow;
}

/** A part of columns: from place `from` to before `to`. */
export interface ColumnPart {
  readonly columns: PointColumns;
  readonly from: number;
  readonly to: number;
}

/** What is left of a part. */
interface OpenPart extends ColumnPart {
  from: number;
  to: number;
}

/**
 * Points of one series in the order of a read: some that are at hand, then those of blocks, one block after the other. Places
 * in that order are told by a key: the time for ascending order, minus the time for descending.
 */
export class PointStream {
  /** That of the next point; of a block that is not read at most that. Infinity at the end. */
  key = Number.POSITIVE_INFINITY;
  /** The next block, where it is not read yet. */
  row: BlockRow | undefined = undefined;
  readonly #isDescending: boolean;
  readonly #source: StreamedBlocks | undefined;
  #parts: ColumnPart[];
  #part: OpenPart | undefined = undefined;
  #rows: readonly BlockRow[] = [];
  #rowAt = 0;
  #rowsAsked = 0;
  /** Blocks that begin in it are still to be fetched. */
  #left: TimeSpan | undefined;

  constructor(isDescending: boolean, atHand: PointColumns | undefined, source?: StreamedBlocks) {
    this.#isDescending = isDescending;
    this.#source = source;
    this.#parts = atHand === undefined ? [] : [{ columns: atHand, from: 0, to: atHand.count }];
    if (source?.only !== undefined) this.#rows = [source.only];
    else if (source !== undefined) {
      const startMs = source.blocks.startReaching(source, (source.shown[0] as TimeSpan).startMs);
      this.#left = { startMs, endMs: (source.shown.at(-1) as TimeSpan).endMs };
    }
    this.#advance();
  }

  /** The key behind the last point of the next block, which is not read. */
  get rowEndKey(): number {
    const { startMs, endMs } = this.row as BlockRow;
    return this.#isDescending ? -startMs : endMs;
  }

  /** Whether all points of the next block, which is not read, may be told. */
  get isRowWhole(): boolean {
    const { startMs, endMs } = this.row as BlockRow;
    const { shown } = this.#source as StreamedBlocks;
    const span = shown[spanEndingAfter(shown, startMs)];
    return span !== undefined && span.startMs <= startMs && endMs < span.endMs;
  }

  /** Reads the next block. @throws STORAGE_CORRUPT */
  read(): void {
    const { blocks, seriesId, shown } = this.#source as StreamedBlocks;
    const row = this.row as BlockRow;
    const columns = blocks.points(seriesId, row);
    this.row = undefined;
    for (let at = spanEndingAfter(shown, row.startMs); at < shown.length; at += 1) {
      const { startMs, endMs } = shown[at] as TimeSpan;
      if (startMs > row.endMs) break;
      const from = firstNotBefore(columns, startMs);
      const to = firstNotBefore(columns, endMs);
      if (from < to) this.#parts.push({ columns, from, to });
    }
    if (!this.#isDescending) this.#parts.reverse();
    this.#advance();
  }

  /** Passes over the next block, which is not read. */
  skipRow(): void {
    this.row = undefined;
    this.#advance();
  }

  /** Takes the next points, which are at hand: those whose key is less than `bound`, at most `room`, at least one. */
  take(bound: number, room: number): ColumnPart {
    const part = this.#part as OpenPart;
    const { columns, from, to } = part;
    if (this.#isDescending) part.to = Math.max(from, to - room, firstAfter(columns, -bound, from, to - 1));
    else part.from = Math.min(to, from + room, firstNotBefore(columns, bound, from + 1, to));
    const taken = this.#isDescending ? { columns, from: part.to, to } : { columns, from, to: part.from };
    this.#settle();
    return taken;
  }

  #settle(): void {
    const part = this.#part;
    if (part === undefined || part.from === part.to) this.#advance();
    else this.key = this.#isDescending ? -(part.columns.times[part.to - 1] as number) : (part.columns.times[part.from] as number);
  }

  /** Moves to the next part that is at hand, else to the next block of which something may be told. */
  #advance(): void {
    const part = this.#parts.pop();
    this.#part = part === undefined || part.from === part.to ? undefined : { ...part };
    if (this.#part !== undefined) {
      this.#settle();
      return;
    }
    this.key = Number.POSITIVE_INFINITY;
    for (let row = this.#nextRow(); row !== undefined; row = this.#nextRow()) {
      const key = this.#keyOf(row);
      if (key === undefined) continue;
      this.row = row;
      this.key = key;
      return;
    }
  }

  /** At most the key of the first point of a block that may be told; undefined where none may. */
  #keyOf({ startMs, endMs }: BlockRow): number | undefined {
    const { shown } = this.#source as StreamedBlocks;
    const at = spanEndingAfter(shown, startMs);
    const first = shown[at];
    if (first === undefined || first.startMs > endMs) return undefined;
    return this.#isDescending ? -endMs : Math.max(startMs, first.startMs);
  }

  #nextRow(): BlockRow | undefined {
    if (this.#rowAt === this.#rows.length) this.#fetch();
    const row = this.#rows[this.#rowAt];
    this.#rowAt += 1;
    return row;
  }

  #fetch(): void {
    this.#rows = [];
    this.#rowAt = 0;
    if (this.#source === undefined || this.#left === undefined) return;
    this.#rowsAsked = Math.min(ROWS_MAX, Math.max(ROWS_MIN, this.#rowsAsked * 4));
    const { blocks, order } = this.#source;
    this.#rows = blocks.rows(this.#source, order, this.#left, this.#rowsAsked);
    const last = this.#rows.at(-1);
    if (last === undefined || this.#rows.length < this.#rowsAsked) this.#left = undefined;
    else if (this.#isDescending) this.#left = { startMs: this.#left.startMs, endMs: last.startMs };
    else this.#left = { startMs: last.startMs + 1, endMs: this.#left.endMs };
  }
}

/** Place of the first point between two places whose time is not before `tsMs`; `high` where there is none. */
function firstNotBefore({ times, count }: PointColumns, tsMs: number, low = 0, high = count): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((times[middle] as number) < tsMs) from = middle + 1;
    else to = middle;
  }
  return from;
}

function firstAfter({ times }: PointColumns, tsMs: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((times[middle] as number) <= tsMs) from = middle + 1;
    else to = middle;
  }
  return from;
}
