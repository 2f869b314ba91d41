import type { Expiry, HeadSlice, TimeSpan } from './history-reads.js';
import { MergedPoints } from './merged-points.js';
import { PointStream } from './point-stream.js';
import { shownSpans, spansFrom } from './shown-spans.js';
import type { BlockOrder, StoredBlocks } from './stored-blocks.js';

/** A series to be read: `SeriesRead` as it crosses to the thread that reads. */
export interface SeriesAtHand extends Expiry {
  readonly seriesId: number;
  readonly head: HeadSlice;
}

/** All points of a series in a range: those in memory and those in blocks, without what is removed or dead. */
export function pointsOf(blocks: StoredBlocks, series: SeriesAtHand, range: TimeSpan, order: BlockOrder): MergedPoints {
  const { seriesId, head, nowMs, defaultTtlMs } = series;
  const isDescending = order === 'DESC';
  const streams = [new PointStream(isDescending, head.points)];
  const spans = shownSpans(range, head.removed);
  for (const ttlMs of spans.length === 0 ? [] : blocks.ttls(seriesId)) {
    const shown = spansFrom(spans, firstAliveMs(ttlMs || defaultTtlMs, nowMs));
    if (shown.length === 0) continue;
    const source = { blocks, seriesId, ttlMs, order, shown };
    streams.push(new PointStream(isDescending, undefined, source));
    // Blocks beside a damaged one would be told without it in the order of one stream.
    const within = { startMs: (shown[0] as TimeSpan).startMs, endMs: (shown.at(-1) as TimeSpan).endMs };
    for (const only of blocks.marks(source, within)) streams.push(new PointStream(isDescending, undefined, { ...source, only }));
  }
  return new MergedPoints(streams);
}

/** Points before it are dead: a point is when its time and its time to live have passed. */
function firstAliveMs(ttlMs: number, nowMs: number): number {
  return ttlMs === 0 ? Number.NEGATIVE_INFINITY : nowMs - ttlMs + 1;
}
