import { valueInColumns, type PointColumns, type TypedValue, type ValueKind } from '@fieldline/model';
import { HISTORY_PIECE_POINTS } from './limits.js';

/** One point of a Kaa series: what its values were at a time. Values that were not told are absent. */
export interface SeriesPoint {
  readonly tsMs: number;
  /** Name and value. */
  readonly values: readonly (readonly [name: string, value: TypedValue])[];
}

/** The points of one value of a series, in the order of the time that is asked for. */
export interface ValueColumns {
  readonly name: string;
  readonly pieces: AsyncIterable<PointColumns>;
}

/** Joins the values of a series: those of one time are one point. Gives pieces that are not empty. */
export async function* mergedPoints(values: readonly ValueColumns[], order: 'ASC' | 'DESC'): AsyncGenerator<readonly SeriesPoint[], void, undefined> {
  const cursors = values.map(({ name, pieces }) => new Cursor(name, pieces));
  try {
    for (const cursor of cursors) await cursor.next();
    for (;;) {
      const points: SeriesPoint[] = [];
      while (points.length < HISTORY_PIECE_POINTS) {
        const tsMs = firstTime(cursors, order);
        if (tsMs === undefined) break;
        const told: (readonly [string, TypedValue])[] = [];
        for (const cursor of cursors) {
          if (cursor.tsMs !== tsMs) continue;
          told.push([cursor.name, cursor.value]);
          // Within a piece nothing is waited for.
          if (!cursor.step()) await cursor.next();
        }
        points.push({ tsMs, values: told });
      }
      if (points.length === 0) return;
      yield points;
    }
  } finally {
    for (const cursor of cursors) await cursor.close();
  }
}

function firstTime(cursors: readonly Cursor[], order: 'ASC' | 'DESC'): number | undefined {
  let first: number | undefined;
  for (const { tsMs } of cursors) {
    if (tsMs === undefined) continue;
    if (first === undefined || (order === 'ASC' ? tsMs < first : tsMs > first)) first = tsMs;
  }
  return first;
}

/** A place in the points of one value. */
class Cursor {
  readonly name: string;
  readonly #pieces: AsyncIterator<PointColumns>;
  #piece: PointColumns | undefined;
  #place = 0;

  constructor(name: string, pieces: AsyncIterable<PointColumns>) {
    this.name = name;
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Undefined behind the last point. */
  get tsMs(): number | undefined {
    return this.#piece?.times[this.#place];
  }

  get value(): TypedValue {
    const piece = this.#piece as PointColumns;
    return { kind: piece.kinds[this.#place] as ValueKind, value: valueInColumns(piece, this.#place) };
  }

  /** Goes on to the next point; false where it is in a piece that `next` has to get. */
  step(): boolean {
    this.#place += 1;
    return this.#piece === undefined || this.#place < this.#piece.count;
  }

  async next(): Promise<void> {
    const next = await this.#pieces.next();
    this.#piece = next.done === true ? undefined : next.value;
    this.#place = 0;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
