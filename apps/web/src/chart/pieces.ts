import type { Span } from '../api/telemetry-api.js';
import type { SeriesByKey } from '../api/wire.js';
import type { ChartPoint } from './align.js';
import { readSeries, type Series } from './series.js';

/** Readings that are still to be loaded: those of some keys in a span. */
export interface Missing extends Span {
  readonly keys: readonly string[];
}

/** Reads the newest readings of each key in a span. */
export type ReadNewest = (asked: Missing & { readonly limit: number }) => Promise<SeriesByKey>;

/** The newest readings of a span, and what is left of it. */
export interface Piece {
  readonly points: Series;
  readonly missing: Missing | undefined;
}

/** Loads the newest `limit` readings of each key. What is left ends where no key has a reading that was left out after it. */
export async function loadPiece(read: ReadNewest, { keys, startTs, endTs }: Missing, limit: number): Promise<Piece> {
  // One more than is taken, which tells whether there are more.
  const found = await read({ keys, startTs, endTs, limit: limit + 1 });
  const newest = Object.entries(found).map(([key, list]) => [key, [...list].sort((a, b) => b.ts - a.ts)] as const);
  const cut = newest.filter(([, list]) => list.length > limit);
  const points = readSeries(Object.fromEntries(newest.map(([key, list]) => [key, list.slice(0, limit)])));
  if (cut.length === 0) return { points, missing: undefined };
  const oldest = cut.map(([, list]) => list[limit - 1]?.ts ?? startTs);
  return { points, missing: { keys: cut.map(([key]) => key), startTs, endTs: Math.max(...oldest) } };
}

/** Puts pieces together that were loaded one after the other, each older than those before; where they overlap, the first counts. */
export function joinPieces(pieces: readonly Piece[]): Series {
  const joined = new Map<string, readonly ChartPoint[]>();
  for (const { points } of pieces) {
    for (const [key, older] of points) {
      const newer = joined.get(key) ?? [];
      const startMs = newer[0]?.tsMs ?? Infinity;
      joined.set(key, [...older.filter(({ tsMs }) => tsMs < startMs), ...newer]);
    }
  }
  return joined;
}
