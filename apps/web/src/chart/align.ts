export interface ChartPoint {
  readonly tsMs: number;
  readonly value: number;
}

/**
 * Columns for uPlot: all times in order, and per series a value at each of them. `null` breaks the line, where
 * points are missing; `undefined` does not, where only another series has a point.
 */
export type AlignedColumns = [number[], ...(number | null | undefined)[][]];

/** @param gapsMs of each series the distance between two points at which its line is broken */
export function alignSeries(series: readonly (readonly ChartPoint[])[], gapsMs: readonly number[]): AlignedColumns {
  const times = new Set<number>();
  const gapsOf = series.map((points, place) => {
    const gapMs = gapsMs[place] ?? Infinity;
    const gaps: number[] = [];
    points.forEach(({ tsMs }, index) => {
      times.add(tsMs);
      const before = points[index - 1];
      if (before !== undefined && tsMs - before.tsMs > gapMs) gaps.push(before.tsMs + 1);
    });
    return gaps;
  });
  for (const gaps of gapsOf) for (const tsMs of gaps) times.add(tsMs);
  const columnOfTimes = [...times].sort((a, b) => a - b);
  const placeOf = new Map(columnOfTimes.map((tsMs, place) => [tsMs, place]));
  const columns = series.map((points, index) => {
    const column = new Array<number | null | undefined>(columnOfTimes.length).fill(undefined);
    for (const { tsMs, value } of points) column[placeOf.get(tsMs) ?? -1] = value;
    for (const tsMs of gapsOf[index] ?? []) column[placeOf.get(tsMs) ?? -1] ??= null;
    return column;
  });
  return [columnOfTimes, ...columns];
}

/**
 * The distance between two points at which a line breaks: five times the usual one, and never below a minute. A series that
 * fills its buckets breaks where one is missing.
 *
 * @param intervalMs length of a bucket; 0 for points as they were sent
 */
export function gapOf(points: readonly ChartPoint[], intervalMs: number): number {
  const distances = points.slice(1).map((point, index) => point.tsMs - (points[index]?.tsMs ?? 0));
  distances.sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)] ?? 0;
  return intervalMs > 0 && usual <= intervalMs ? 1.5 * intervalMs : Math.max(60_000, 5 * usual);
}

/** Loaded points with those that arrived live since. Both in order of time; a live point replaces a loaded one of the same time. */
export function withLive(loaded: readonly ChartPoint[], live: readonly ChartPoint[]): readonly ChartPoint[] {
  if (live.length === 0) return loaded;
  const byTime = new Map(loaded.map((point) => [point.tsMs, point]));
  for (const point of live) byTime.set(point.tsMs, point);
  return [...byTime.values()].sort((a, b) => a.tsMs - b.tsMs);
}
