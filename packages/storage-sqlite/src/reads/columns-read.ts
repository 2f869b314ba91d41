import type { PointColumns } from '@fieldline/model';
import { HISTORY_PIECE_TEXT_BYTES } from '../limits.js';
import type { MergedPoints } from './merged-points.js';
import type { ColumnPart } from './point-stream.js';
import type { ReadCost } from './read-cost.js';

/** What a slice of a read gave: an answer or a part of it; nothing yet; or the end. */
export type Slice<T> = { readonly value: T } | 'later' | 'end';

/** Looks at the clock are this many steps apart. */
const STEPS_A_LOOK = 16;

/** Reads points as pieces. */
export class ColumnsRead {
  readonly #merged: MergedPoints;
  readonly #cost: ReadCost;
  readonly #isDescending: boolean;
  readonly #piece: PointColumns;
  #left: number;

  /** @param piece room for one piece, which is used only during `slice` */
  constructor(
    merged: MergedPoints,
    cost: ReadCost,
    { order, limit }: { readonly order: 'ASC' | 'DESC'; readonly limit: number },
    piece: PointColumns,
  ) {
    this.#merged = merged;
    this.#cost = cost;
    this.#isDescending = order === 'DESC';
    this.#piece = piece;
    this.#left = limit;
  }

  /** The next piece, or what could be read of it until `untilMs` of `performance.now`. */
  slice(untilMs: number): Slice<PointColumns> {
    const piece = this.#piece;
    const room = Math.min(this.#left, piece.times.length);
    piece.count = 0;
    piece.others = undefined;
    let isEnd = room <= 0;
    for (let steps = 1, textBytes = 0; !isEnd && piece.count < room && textBytes < HISTORY_PIECE_TEXT_BYTES; steps += 1) {
      const part = this.#merged.next(room - piece.count) as ColumnPart | undefined;
      isEnd = part === undefined;
      if (part !== undefined) textBytes += this.#add(part);
      if (steps % STEPS_A_LOOK === 0 && performance.now() >= untilMs) break;
    }
    this.#left -= piece.count;
    if (piece.count > 0) return { value: copyOf(piece) };
    return isEnd ? 'end' : 'later';
  }

  /** Adds points to the piece; returns the bytes of their texts. */
  #add({ columns, from, to }: ColumnPart): number {
    const count = to - from;
    this.#cost.addPoints(count);
    if (this.#isDescending) addReversed(this.#piece, columns, from, to);
    else add(this.#piece, columns, from, to);
    this.#piece.count += count;
    return this.#cost.addTexts(columns, from, to);
  }
}

function add(piece: PointColumns, columns: PointColumns, from: number, to: number): void {
  const at = piece.count;
  piece.times.set(columns.times.subarray(from, to), at);
  piece.kinds.set(columns.kinds.subarray(from, to), at);
  piece.numbers.set(columns.numbers.subarray(from, to), at);
  if (columns.others === undefined) return;
  piece.others ??= new Array<undefined>(piece.times.length).fill(undefined);
  for (let place = from; place < to; place += 1) piece.others[at + place - from] = columns.others[place];
}

function addReversed(piece: PointColumns, columns: PointColumns, from: number, to: number): void {
  const last = piece.count + to - 1;
  for (let place = from; place < to; place += 1) {
    const at = last - place;
    piece.times[at] = columns.times[place] as number;
    piece.kinds[at] = columns.kinds[place] as number;
    piece.numbers[at] = columns.numbers[place] as number;
  }
  if (columns.others === undefined) return;
  piece.others ??= new Array<undefined>(piece.times.length).fill(undefined);
  for (let place = from; place < to; place += 1) piece.others[last - place] = columns.others[place];
}

/** The points in buffers of their own, which can be given away. */
function copyOf({ count, times, kinds, numbers, others }: PointColumns): PointColumns {
  return { count, times: times.slice(0, count), kinds: kinds.slice(0, count), numbers: numbers.slice(0, count), others: others?.slice(0, count) };
}
