import type { Chunk } from './chunk.js';

// Lists of chunks sorted by time, none of which is empty.

/** Place of the first chunk that ends at or after `tsMs`; the number of chunks if all end before. */
export function chunkOf(chunks: readonly Chunk[], tsMs: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunks[middle] as Chunk).lastMs < tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes the points with `startMs <= time < endMs` out and returns them. */
export function takeRange(chunks: Chunk[], startMs: number, endMs: number): Chunk[] {
  const taken: Chunk[] = [];
  for (let at = chunkOf(chunks, startMs); at < chunks.length;) {
    const chunk = chunks[at] as Chunk;
    const start = chunk.firstNotBefore(startMs);
    const end = chunk.firstNotBefore(endMs);
    if (start >= end) break;
    if (end - start === chunk.count) {
      taken.push(chunk);
      chunks.splice(at, 1);
    } else {
      taken.push(chunk.copy(start, end, end - start));
      chunk.remove(start, end);
      at += 1;
    }
  }
  return taken;
}

export const pointsIn = (chunks: readonly Chunk[]): number => chunks.reduce((sum, { count }) => sum + count, 0);
