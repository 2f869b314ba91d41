import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { EntityRef } from '../api/wire.js';
import type { LiveFrame } from '../live/frames.js';
import { useLiveState } from '../live/live.js';
import { useNow } from '../ui/use-now.js';
import { type ChartPoint, withLive } from './align.js';
import { loadBuckets, type LoadedBuckets } from './load-buckets.js';
import { isDrawnRaw, type Resolution, type TimeWindow, boundsOf, resolutionFor, spanOf } from './time-window.js';
import { type NumberOf, useLivePoints } from './use-live-points.js';
import { type EarlierReadings, useRawHistory } from './use-raw-history.js';
import type { AggregationChoice } from './window-picker.js';

export interface ChartHistory {
  readonly keys: readonly string[];
  readonly points: ReadonlyMap<string, readonly ChartPoint[]>;
  /** Lowest and highest of each bucket, where the only key is averaged and that was asked for. */
  readonly range: ChartRange | undefined;
  /** What of the window is not drawn yet. */
  readonly earlier: EarlierReadings | undefined;
  readonly resolution: Resolution;
  readonly bounds: { readonly startMs: number; readonly endMs: number };
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

export interface ChartRange {
  readonly lowest: readonly ChartPoint[];
  readonly highest: readonly ChartPoint[];
}

interface Options {
  readonly entity: EntityRef;
  readonly keys: readonly string[];
  readonly booleanKeys: ReadonlySet<string>;
  readonly window: TimeWindow;
  readonly aggregation: AggregationChoice;
  readonly numberOf: NumberOf;
  /** Whether to show how far an average of one key hides what it was made of. */
  readonly withRange?: boolean;
}

/** History of some keys, loaded at the fitting resolution and continued by live points. Feed it each live frame. */
export function useChartHistory({ entity, keys, window, booleanKeys, aggregation, numberOf, withRange = false }: Options): {
  history: ChartHistory;
  takeFrame: (frame: LiveFrame) => void;
} {
  const nowMs = useNow();
  const lengthMs = window.kind === 'last' ? window.lengthMs : window.endMs - window.startMs;
  const resolution = useMemo(() => resolutionFor(lengthMs, aggregation), [lengthMs, aggregation]);
  const [rawKeys, bucketKeys] = useMemo(() => {
    const isRaw = (key: string) => isDrawnRaw(key, booleanKeys, resolution);
    return [keys.filter(isRaw), keys.filter((key) => !isRaw(key))];
  }, [keys, booleanKeys, resolution]);
  const hasRange = withRange && keys.length === 1 && aggregation === 'AUTO' && resolution.agg === 'AVG';
  const raw = useRawHistory(entity, rawKeys, window);
  const buckets = useBuckets(entity, bucketKeys, window, resolution, hasRange);
  const reload = () => Promise.all([...(rawKeys.length > 0 ? [raw.refetch()] : []), ...(bucketKeys.length > 0 ? [buckets.refetch()] : [])]);
  useReloadWhenBack(reload);
  const live = useLivePoints(numberOf, window.kind === 'last');
  const points = useMemo(() => {
    const merged = new Map<string, readonly ChartPoint[]>();
    const isFollowing = window.kind === 'last';
    for (const key of rawKeys) merged.set(key, withLive(raw.points?.get(key) ?? [], isFollowing ? (live.points.get(key) ?? []) : []));
    for (const key of bucketKeys) {
      const stored = buckets.data?.points.get(key) ?? [];
      const lastMs = stored.at(-1)?.tsMs ?? 0;
      const tail = isFollowing && canContinueLive(resolution) ? (live.points.get(key) ?? []).filter(({ tsMs }) => tsMs > lastMs) : [];
      merged.set(key, withLive(stored, tail));
    }
    return merged;
  }, [rawKeys, bucketKeys, raw.points, buckets.data, live.points, window.kind, resolution]);
  const range = useMemo(() => rangeOf(hasRange ? keys[0] : undefined, buckets.data), [hasRange, keys, buckets.data]);
  const bounds = useMemo(() => boundsOf(window, nowMs), [window, nowMs]);
  return {
    takeFrame: live.takeFrame,
    history: {
      keys,
      points,
      range,
      earlier: raw.earlier !== undefined && raw.earlier.beforeMs > bounds.startMs ? raw.earlier : undefined,
      resolution,
      bounds,
      isLoading: raw.isLoading || (bucketKeys.length > 0 && buckets.isPending),
      error: raw.error ?? (buckets.data === undefined ? buckets.error : null),
      retry: () => void reload(),
    },
  };
}

/** One point a bucket. They fill up, and have to be asked for again. */
function useBuckets(entity: EntityRef, keys: readonly string[], window: TimeWindow, resolution: Resolution, hasRange: boolean) {
  const isBucketed = 'intervalMs' in resolution;
  return useQuery({
    queryKey: ['entity', entity.id, 'history', 'buckets', keys, window, resolution, hasRange],
    queryFn: isBucketed ? ({ signal }) => loadBuckets(entity, { keys, ...spanOf(window, Date.now()), resolution, hasRange }, signal) : skipToken,
    enabled: keys.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: window.kind === 'last' && isBucketed ? Math.min(60_000, Math.max(10_000, resolution.intervalMs / 4)) : false,
  });
}

/** Points of their own may follow buckets only where a bucket is hardly wider than they are apart, and never sums or counts. */
function canContinueLive(resolution: Resolution): boolean {
  return !('intervalMs' in resolution) || (resolution.intervalMs <= 10_000 && ['AVG', 'MIN', 'MAX'].includes(resolution.agg));
}

/** What was stored while the connection was lost is asked for once it is back. */
function useReloadWhenBack(reload: () => unknown): void {
  const state = useLiveState();
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === 'lost') wasLost.current = true;
    if (state !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    reload();
  }, [state, reload]);
}

function rangeOf(key: string | undefined, loaded: LoadedBuckets | undefined) {
  const [lowest, highest] = key === undefined ? [] : [loaded?.lowest?.get(key), loaded?.highest?.get(key)];
  return lowest === undefined || highest === undefined ? undefined : { lowest, highest };
}
