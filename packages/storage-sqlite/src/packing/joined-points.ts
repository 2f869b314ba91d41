import { pointColumns, type PointColumns } from '@fieldline/model';
import type { TimeSpans } from './time-spans.js';

/** A stretch of points. */
export interface Stretch {
  readonly points: PointColumns;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Points of blocks, those of each later than those of the one before, but for what was removed; and what was put since, which wins. */
export function joinedPoints(blocks: readonly PointColumns[], removed: TimeSpans, put: Stretch): PointColumns {
  const joined = pointColumns(blocks.reduce((count, block) => count + block.count, put.to - put.from));
  let next = put.from;
  for (const block of blocks) {
    let place = 0;
    while (place < block.count) {
      const tsMs = block.times[place] as number;
      const end = next < put.to ? placesBefore(block, place, put.points.times[next] as number) : block.count;
      if (end > place) {
        append(joined, block, place, end, removed);
        place = end;
        continue;
      }
      if (put.points.times[next] === tsMs) place += 1;
      copy(joined, put.points, next, next + 1);
      next += 1;
    }
  }
  copy(joined, put.points, next, put.to);
  return joined;
}

/** Place of the first point from `place` on that is not before a time. */
function placesBefore({ times, count }: PointColumns, place: number, tsMs: number): number {
  if ((times[count - 1] as number) < tsMs) return count;
  let end = place;
  while ((times[end] as number) < tsMs) end += 1;
  return end;
}

function append(to: PointColumns, from: PointColumns, start: number, end: number, removed: TimeSpans): void {
  if (removed.isEmpty) {
    copy(to, from, start, end);
    return;
  }
  for (let place = start; place < end; place += 1) if (!removed.has(from.times[place] as number)) copy(to, from, place, place + 1);
}

function copy(to: PointColumns, from: PointColumns, start: number, end: number): void {
  if (start >= end) return;
  const at = to.count;
  to.times.set(from.times.subarray(start, end), at);
  to.kinds.set(from.kinds.subarray(start, end), at);
  to.numbers.set(from.numbers.subarray(start, end), at);
  if (from.others !== undefined) {
    for (let place = start; place < end; place += 1) {
      const other = from.others[place];
      if (other === undefined) continue;
      to.others ??= new Array<undefined>(to.times.length).fill(undefined);
      to.others[at + place - start] = other;
    }
  }
  to.count = at + end - start;
}
