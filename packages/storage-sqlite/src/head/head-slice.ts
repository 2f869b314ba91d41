import { pointColumns, type PointColumns } from '@fieldline/model';
import type { RangeQuery } from '@fieldline/ports';
import type { Expiry, HeadSlice, TimeSpan } from '../reads/history-reads.js';
import type { Chunk } from './chunk.js';
import { chunkOf } from './chunks.js';
import type { GenerationPart, Series } from './series.js';

type SliceQuery = Pick<RangeQuery, 'startMs' | 'endMs' | 'limit' | 'order'>;

/** Points of a chunk, by place. */
interface Piece {
  readonly chunk: Chunk;
  start: number;
  end: number;
}

/**
 * What the head holds of a settled series: a copy that what comes later leaves alone. What the sealed generation holds counts
 * where the current one has neither a point of the same time nor a removal. Where the head has all of the series, blocks may have
 * some of it already, as it was some time ago: nothing of them counts.
 */
export function sliceOf(series: Series, query: SliceQuery, expiry: Expiry): HeadSlice {
  const { current, sealed } = series;
  const removed: TimeSpan[] = [...current.removed, ...(sealed?.removed ?? [])];
  const ofCurrent = piecesOf(current, query);
  const ofSealed = sealed === undefined ? [] : piecesOf(sealed, query);
  const isSplit = ofCurrent.length > 0 && ofSealed.length > 0 && firstMs(ofCurrent) <= lastMs(ofSealed);
  const pieces =
    isSplit || (ofSealed.length > 0 && current.removed.length > 0) ? merged(ofSealed, ofCurrent, current.removed) : [...ofSealed, ...ofCurrent];
  const alive = living(pieces, expiry, series.hasBlocks ? removed : undefined);
  return { points: columnsOf(limited(alive, query)), removed: series.hasBlocks ? removed : [ALL_TIME] };
}

const ALL_TIME: TimeSpan = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

const firstMs = ([first]: readonly Piece[]): number => (first === undefined ? Number.NaN : timeAt(first, first.start));
const lastMs = (pieces: readonly Piece[]): number => {
  const last = pieces.at(-1);
  return last === undefined ? Number.NaN : timeAt(last, last.end - 1);
};
const timeAt = ({ chunk }: Piece, place: number): number => chunk.data[place] as number;

function piecesOf({ chunks }: GenerationPart, { startMs, endMs }: SliceQuery): Piece[] {
  const pieces: Piece[] = [];
  for (let at = chunkOf(chunks, startMs); at < chunks.length; at += 1) {
    const chunk = chunks[at] as Chunk;
    const piece = { chunk, start: chunk.firstNotBefore(startMs), end: chunk.firstNotBefore(endMs) };
    if (piece.start >= piece.end) break;
    pieces.push(piece);
  }
  return pieces;
}

/** Both in the order of their times, without what of the sealed ones was replaced or removed. */
function merged(sealed: readonly Piece[], current: readonly Piece[], removed: readonly TimeSpan[]): Piece[] {
  const spans = [...removed].sort((a, b) => a.startMs - b.startMs);
  const pieces: Piece[] = [];
  const add = (chunk: Chunk, place: number): void => {
    const last = pieces.at(-1);
    if (last?.chunk === chunk && last.end === place) last.end += 1;
    else pieces.push({ chunk, start: place, end: place + 1 });
  };
  const rest = current.map((piece) => ({ ...piece }));
  let next = 0;
  let coveredTo = Number.NEGATIVE_INFINITY;
  let span = 0;
  for (const piece of sealed) {
    for (let place = piece.start; place < piece.end; place += 1) {
      const tsMs = timeAt(piece, place);
      for (; (spans[span]?.startMs ?? Number.POSITIVE_INFINITY) <= tsMs; span += 1) coveredTo = Math.max(coveredTo, (spans[span] as TimeSpan).endMs);
      let isReplaced = false;
      for (let other = rest[next]; other !== undefined && timeAt(other, other.start) <= tsMs; other = rest[next]) {
        isReplaced = timeAt(other, other.start) === tsMs;
        add(other.chunk, other.start);
        other.start += 1;
        if (other.start === other.end) next += 1;
      }
      if (!isReplaced && tsMs >= coveredTo) add(piece.chunk, place);
    }
  }
  return [...pieces, ...rest.slice(next)];
}

/**
 * Without the points that have outlived their time to live. Where there may be older values of them in blocks, their times are
 * added to what is removed: a point that is dead takes what it replaced with it.
 */
function living(pieces: readonly Piece[], { nowMs, defaultTtlMs }: Expiry, removed: TimeSpan[] | undefined): Piece[] {
  const alive: Piece[] = [];
  for (const piece of pieces) {
    const { chunk } = piece;
    const isDead = (place: number): boolean =>
      (chunk.data[place] as number) + (chunk.ttlAt(place) || defaultTtlMs || Number.POSITIVE_INFINITY) <= nowMs;
    // Of one time to live, the first of them are the first to die.
    if (chunk.ttls === undefined && !isDead(piece.start)) {
      alive.push(piece);
      continue;
    }
    for (let place = piece.start; place < piece.end; place += 1) {
      const last = alive.at(-1);
      if (isDead(place)) removed?.push({ startMs: timeAt(piece, place), endMs: timeAt(piece, place) + 1 });
      else if (last?.chunk === chunk && last.end === place) last.end += 1;
      else alive.push({ chunk, start: place, end: place + 1 });
    }
  }
  return alive;
}

/** No more than the limit of the query, from the end that its order starts with. */
function limited(pieces: readonly Piece[], { limit, order }: SliceQuery): readonly Piece[] {
  const kept: Piece[] = [];
  let room = limit;
  for (const { chunk, start, end } of order === 'ASC' ? pieces : [...pieces].reverse()) {
    if (room <= 0) break;
    const count = Math.min(room, end - start);
    kept.push(order === 'ASC' ? { chunk, start, end: start + count } : { chunk, start: end - count, end });
    room -= count;
  }
  return order === 'ASC' ? kept : kept.reverse();
}

function columnsOf(pieces: readonly Piece[]): PointColumns {
  const columns = pointColumns(pieces.reduce((sum, { start, end }) => sum + end - start, 0));
  for (const { chunk, start, end } of pieces) {
    const { data, capacity, kinds, others } = chunk;
    const at = columns.count;
    columns.times.set(data.subarray(start, end), at);
    columns.numbers.set(data.subarray(capacity + start, capacity + end), at);
    if (kinds === undefined) columns.kinds.fill(chunk.kind, at, at + end - start);
    else columns.kinds.set(kinds.subarray(start, end), at);
    if (others !== undefined) {
      columns.others ??= new Array<undefined>(columns.times.length).fill(undefined);
      for (let place = start; place < end; place += 1) columns.others[at + place - start] = others[place];
    }
    columns.count = at + end - start;
  }
  return columns;
}
