import type { SeriesByKey } from '../api/wire.js';
import type { ChartPoint } from './align.js';

/** The points of some keys, oldest first. */
export type Series = ReadonlyMap<string, readonly ChartPoint[]>;

/** What can be drawn of an answer: numbers, and booleans as 0 and 1. */
export function readSeries(series: SeriesByKey): Map<string, ChartPoint[]> {
  const read = new Map<string, ChartPoint[]>();
  for (const [key, list] of Object.entries(series)) {
    const points: ChartPoint[] = [];
    for (const { ts, value } of list) {
      const number = typeof value === 'boolean' ? Number(value) : value;
      if (typeof number === 'number') points.push({ tsMs: ts, value: number });
    }
    read.set(
      key,
      points.sort((a, b) => a.tsMs - b.tsMs),
    );
  }
  return read;
}
