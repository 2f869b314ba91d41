import { api } from '../api/api.js';
import type { SeriesByKey } from '../api/wire.js';
import type { ChartPoint } from './align.js';
import { RAW_POINTS_MAX } from './limits.js';
import { type ChartAggregation, isDrawnRaw, type Resolution } from './time-window.js';

type Series = ReadonlyMap<string, readonly ChartPoint[]>;

/** What a chart draws of some keys; with the lowest and highest of each bucket where that was asked for. */
export interface LoadedHistory {
  readonly points: Series;
  readonly lowest?: Series | undefined;
  readonly highest?: Series | undefined;
}

interface Asked {
  readonly keys: readonly string[];
  readonly booleanKeys: ReadonlySet<string>;
  readonly bounds: { readonly startMs: number; readonly endMs: number };
  readonly resolution: Resolution;
  readonly hasRange: boolean;
}

export async function loadHistory(
  deviceId: string,
  { keys, booleanKeys, bounds, resolution, hasRange }: Asked,
  signal: AbortSignal,
): Promise<LoadedHistory> {
  const span = { startTs: bounds.startMs, endTs: bounds.endMs + 1 };
  const read = async (some: readonly string[], detail: { agg: ChartAggregation; interval?: number; limit?: number }) =>
    some.length === 0 ? new Map<string, ChartPoint[]>() : readSeries(await api.history(deviceId, { keys: some, ...span, ...detail }, signal));
  const isRaw = (key: string) => isDrawnRaw(key, booleanKeys, resolution);
  const raw = read(keys.filter(isRaw), { agg: 'NONE', limit: RAW_POINTS_MAX });
  if (!('intervalMs' in resolution)) return { points: await raw };
  const buckets = (agg: ChartAggregation) =>
    read(
      keys.filter((key) => !isRaw(key)),
      { agg, interval: resolution.intervalMs },
    );
  const range = hasRange ? [buckets('MIN'), buckets('MAX')] : [];
  const [single, usual, lowest, highest] = await Promise.all([raw, buckets(resolution.agg), ...range]);
  return { points: new Map([...single, ...usual]), lowest, highest };
}

function readSeries(series: SeriesByKey): Map<string, ChartPoint[]> {
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
