import { pointColumns, type PointColumns } from '@fieldline/model';
import { decodeBlock, encodeBlock } from '../blocks/block-codec.js';
import { summaryOf } from '../blocks/block-summary.js';
import { rowChecksum } from '../blocks/row-checksum.js';
import { DamagedBlock } from '../blocks/bytes.js';
import { BLOCK_CHARACTERS_MAX, BLOCK_POINTS, BLOCKS_JOINED_MAX, SMALL_BLOCKS_MAX } from '../limits.js';
import { blockStretches, charactersIn } from './block-stretches.js';
import type { SqlValue } from '../writer/writer-link.js';
import type { BlockFinder, FoundBlock } from './block-finder.js';
import { joinedPoints, type Stretch } from './joined-points.js';
import type { BlockChange } from './pack-writes.js';
import type { SeriesChanges } from './series-changes.js';
import { TimeSpans } from './time-spans.js';

/**
 * What becomes of the blocks of a series by changes of its history: the changes of rows to be written, in their order. It may be made
 * again of the same changes, also when only some of it was written: the outcome is the same.
 *
 * @param onDamaged called for a block that cannot be read: it stays as it is, and points of its time go to blocks beside it
 */
export function mergedSeries(
  finder: BlockFinder,
  seriesId: number,
  changes: SeriesChanges,
  onDamaged: (block: FoundBlock, reason: string) => void,
): readonly BlockChange[] {
  const rows = pastDamage(seriesId, onDamaged, () => new SeriesMerge(finder, seriesId).merge(changes));
  // Another block may have the number of one that is gone.
  if (finder.damaged.size > 0) for (const { removed } of rows) for (const id of removed) finder.damaged.delete(id);
  return rows;
}

/** What becomes of the small blocks at the end of a series where they are joined. As `mergedSeries`. */
export function joinedSeries(finder: BlockFinder, seriesId: number, onDamaged: (block: FoundBlock, reason: string) => void): readonly BlockChange[] {
  return pastDamage(seriesId, onDamaged, () => new SeriesMerge(finder, seriesId).join());
}

/** Does it again for every damaged block that it meets. Those that stay are marked, before anything is put beside them. */
function pastDamage(
  seriesId: number,
  onDamaged: (block: FoundBlock, reason: string) => void,
  merge: () => readonly BlockChange[],
): readonly BlockChange[] {
  const met: FoundBlock[] = [];
  for (;;) {
    try {
      const rows = merge();
      if (met.length === 0) return rows;
      const gone = new Set(rows.flatMap(({ removed }) => removed));
      const marked = met.filter(({ id }) => !gone.has(id)).map(({ ttlMs, startMs, endMs, count }) => [seriesId, ttlMs, startMs, endMs, count]);
      return [{ removed: [], added: [], marked }, ...rows];
    } catch (error) {
      if (!(error instanceof UnreadableBlock)) throw error;
      met.push(error.block);
      onDamaged(error.block, error.message);
    }
  }
}

/** Blocks that some points are joined with, in ascending order, and the block before which those points end. */
interface Place {
  readonly blocks: readonly FoundBlock[];
  readonly next: FoundBlock | undefined;
}

class UnreadableBlock extends Error {
  readonly block: FoundBlock;

  constructor(block: FoundBlock, reason: string) {
    super(reason);
    this.block = block;
  }
}

class SeriesMerge {
  readonly #finder: BlockFinder;
  readonly #seriesId: number;
  readonly #changes: BlockChange[] = [];
  readonly #rewritten = new Set<number>();
  /** Points of blocks that were looked at before they are joined. */
  readonly #looked = new Map<number, PointColumns>();

  constructor(finder: BlockFinder, seriesId: number) {
    this.#finder = finder;
    this.#seriesId = seriesId;
  }

  merge({ removed, put }: SeriesChanges): readonly BlockChange[] {
    const stored = this.#finder.timesToLive(this.#seriesId);
    for (const ttlMs of new Set([...stored, ...put.map((points) => points.ttlMs)])) {
      const own = put.find((points) => points.ttlMs === ttlMs);
      const others = put.filter((points) => points !== own);
      const gone =
        others.length === 0
          ? removed
          : withTimesOf(
              removed,
              others.map(({ points }) => points),
            );
      if (own !== undefined) this.#put(ttlMs, own.points, gone);
      if (stored.includes(ttlMs)) this.#remove(ttlMs, gone);
    }
    return this.#changes;
  }

  /** Makes one block of the small ones at the end, for each time to live. */
  join(): readonly BlockChange[] {
    for (const ttlMs of this.#finder.timesToLive(this.#seriesId)) {
      const newest = this.#finder.newest(this.#seriesId, ttlMs, BLOCKS_JOINED_MAX);
      const firstOther = newest.findIndex(({ count }) => count >= BLOCK_POINTS);
      const few = firstOther < 0 ? newest : newest.slice(0, firstOther);
      const small = few.length > 1 ? this.#joinable(few) : few;
      if (small.length > 1) this.#rewrite(ttlMs, [...small].reverse(), nothing, new TimeSpans());
    }
    return this.#changes;
  }

  /** Merges points into the blocks they fall into, and adds blocks where there are none. */
  #put(ttlMs: number, points: PointColumns, removed: TimeSpans): void {
    const newest = this.#finder.newest(this.#seriesId, ttlMs, SMALL_BLOCKS_MAX + 1);
    for (let from = 0; from < points.count;) {
      const tsMs = points.times[from] as number;
      const isAtEnd = newest[0] === undefined || newest[0].startMs <= tsMs;
      const { blocks, next } = isAtEnd ? this.#atEnd(newest, tsMs, points.count - from) : this.#around(ttlMs, tsMs);
      const to = next === undefined ? points.count : firstFrom(points, from, next.startMs);
      this.#rewrite(ttlMs, blocks, { points, from, to }, removed);
      from = to;
    }
  }

  /**
   * The last blocks, as far as they become one with `count` points that begin within the last of them or after it: all small ones
   * where that makes a whole block, or where they are many.
   */
  #atEnd(newest: readonly FoundBlock[], tsMs: number, count: number): Place {
    const firstOther = newest.findIndex((block) => block.count >= BLOCK_POINTS || this.#rewritten.has(block.id));
    const small = firstOther < 0 ? newest : newest.slice(0, firstOther);
    const points = small.reduce((sum, block) => sum + block.count, count);
    const isJoined = small.length > 0 && (points >= BLOCK_POINTS || small.length >= SMALL_BLOCKS_MAX);
    const joined = isJoined ? this.#joinable(small) : [];
    if (joined.length > 0) return { blocks: [...joined].reverse(), next: undefined };
    return { blocks: newest[0] !== undefined && tsMs <= newest[0].endMs ? [newest[0]] : [], next: undefined };
  }

  /** Of blocks, newest first, as many as hold few enough characters together. */
  #joinable(small: readonly FoundBlock[]): readonly FoundBlock[] {
    let characters = 0;
    const first = small.findIndex((block) => {
      const points = this.#pointsOf(block);
      this.#looked.set(block.id, points);
      return (characters += charactersIn(points)) > BLOCK_CHARACTERS_MAX;
    });
    return first < 0 ? small : small.slice(0, first);
  }

  /** The block that points from a time on belong to, where it is not the last: the one with that time, or a small neighbour. */
  #around(ttlMs: number, tsMs: number): Place {
    const before = this.#finder.lastFrom(this.#seriesId, ttlMs, tsMs);
    const next = this.#finder.firstAfter(this.#seriesId, ttlMs, tsMs);
    if (before !== undefined && (before.count < BLOCK_POINTS || tsMs <= before.endMs)) return { blocks: [before], next };
    if (next === undefined || next.count >= BLOCK_POINTS) return { blocks: [], next };
    return { blocks: [next], next: this.#finder.firstAfter(this.#seriesId, ttlMs, next.startMs) };
  }

  /** Takes removed times out of the blocks that were not written anew for other points. */
  #remove(ttlMs: number, removed: TimeSpans): void {
    let doneMs = Number.NEGATIVE_INFINITY;
    for (const span of removed.all) {
      if (span.endMs <= doneMs) continue;
      const blocks = this.#finder.overlapping(this.#seriesId, ttlMs, span);
      for (const block of blocks) {
        if (this.#rewritten.has(block.id)) continue;
        if (removed.hasAll(block.startMs, block.endMs)) {
          this.#rewritten.add(block.id);
          this.#changes.push({ removed: [block.id], added: [] });
        } else if (block.id >= 0 && !this.#finder.damaged.has(block.id)) this.#rewrite(ttlMs, [block], nothing, removed);
      }
      // Where points get another time to live each is a span: those ahead of the next block are not looked up. A damaged one may be anywhere.
      if (this.#finder.damaged.size === 0) doneMs = blocks.at(-1)?.endMs ?? this.#nextStartMs(ttlMs, span.startMs);
    }
  }

  #nextStartMs(ttlMs: number, tsMs: number): number {
    return this.#finder.firstAfter(this.#seriesId, ttlMs, tsMs)?.startMs ?? Number.POSITIVE_INFINITY;
  }

  #rewrite(ttlMs: number, blocks: readonly FoundBlock[], put: Stretch, removed: TimeSpans): void {
    for (const { id } of blocks) this.#rewritten.add(id);
    const { points, from, to } =
      blocks.length === 0
        ? put
        : whole(
            joinedPoints(
              blocks.map((block, n) => this.#pointsOf(block, blocks[n - 1]?.endMs)),
              removed,
              put,
            ),
          );
    if (put === nothing && to === blocks[0]?.count) return;
    const rows = this.#rowsOf(ttlMs, { points, from, to });
    // Together with the old blocks goes what holds their points; what follows may come later.
    const endMs = blocks.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY;
    const after = rows.findIndex((row) => (row[2] as number) > endMs);
    const together = after < 0 ? rows.length : after;
    if (blocks.length > 0) this.#changes.push({ removed: blocks.map(({ id }) => id), added: rows.slice(0, together) });
    for (const row of rows.slice(blocks.length > 0 ? together : 0)) this.#changes.push({ removed: [], added: [row] });
  }

  #pointsOf(block: FoundBlock, beforeMs = Number.NEGATIVE_INFINITY): PointColumns {
    const { id, startMs, endMs, count } = block;
    try {
      // What could not be written again must be found here: one series must not keep all others from being packed.
      if (startMs <= beforeMs) throw new DamagedBlock('it overlaps the one before it');
      const points = this.#looked.get(id) ?? decodeBlock(this.#finder.body(id));
      const { times } = points;
      if (points.count === count && times[0] === startMs && times[count - 1] === endMs) return points;
      throw new DamagedBlock('it does not hold what its row says');
    } catch (error) {
      if (error instanceof DamagedBlock) throw new UnreadableBlock(block, error.message);
      throw error;
    }
  }

  #rowsOf(ttlMs: number, stretch: Stretch): SqlValue[][] {
    return blockStretches(stretch).map(({ points, from, to }) => {
      const summary = summaryOf(points, from, to);
      const { count, kind, minimum, maximum, sum } = summary;
      const [startMs, endMs] = [points.times[from] as number, points.times[to - 1] as number];
      const crc = rowChecksum({ seriesId: this.#seriesId, ttlMs, startMs, endMs, summary });
      return [this.#seriesId, ttlMs, startMs, endMs, count, kind, minimum, maximum, sum, crc, encodeBlock(points, from, to)];
    });
  }
}

const nothing: Stretch = { points: pointColumns(0), from: 0, to: 0 };
const whole = (points: PointColumns): Stretch => ({ points, from: 0, to: points.count });

function withTimesOf(removed: TimeSpans, others: readonly PointColumns[]): TimeSpans {
  const spans = new TimeSpans();
  for (const span of removed.all) spans.add(span);
  for (const { times, count } of others) {
    for (const tsMs of times.subarray(0, count)) spans.add({ startMs: tsMs, endMs: tsMs + 1 });
  }
  return spans;
}

/** Place of the first point from `from` on whose time is at or after `tsMs`. */
function firstFrom({ times, count }: PointColumns, from: number, tsMs: number): number {
  let [low, high] = [from, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
