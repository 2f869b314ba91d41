import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isRemoval, type LiveFrame } from '../live/frames.js';
import { useLiveState } from '../live/live.js';
import { useNow } from '../ui/use-now.js';
import { type ChartPoint, withLive } from './align.js';
import { LIVE_POINTS_MAX } from './limits.js';
import { loadHistory, type LoadedHistory } from './load-history.js';
import { isDrawnRaw, type Resolution, type TimeWindow, boundsOf, resolutionFor } from './time-window.js';
import type { AggregationChoice } from './window-picker.js';

export interface ChartHistory {
  readonly keys: readonly string[];
  readonly points: ReadonlyMap<string, readonly ChartPoint[]>;
  /** Lowest and highest of each bucket, where the only key is averaged and that was asked for. */
  readonly range: ChartRange | undefined;
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
  readonly deviceId: string;
  readonly keys: readonly string[];
  readonly booleanKeys: ReadonlySet<string>;
  readonly window: TimeWindow;
  readonly aggregation: AggregationChoice;
  readonly numberOf: (key: string, text: string) => number | undefined;
  /** Whether to show how far an average of one key hides what it was made of. */
  readonly withRange?: boolean;
}

/** History of some keys, loaded at the fitting resolution and continued by live points. Feed it each live frame. */
export function useChartHistory({ deviceId, keys, window, booleanKeys, aggregation, numberOf, withRange = false }: Options): {
  history: ChartHistory;
  takeFrame: (frame: LiveFrame) => void;
} {
  const nowMs = useNow();
  const lengthMs = window.kind === 'last' ? window.lengthMs : window.endMs - window.startMs;
  const resolution = useMemo(() => resolutionFor(lengthMs, aggregation), [lengthMs, aggregation]);
  const hasRange = withRange && keys.length === 1 && aggregation === 'AUTO' && resolution.agg === 'AVG';
  const loaded = useQuery({
    queryKey: ['device', deviceId, 'history', keys, window, resolution, hasRange, [...booleanKeys]],
    queryFn: ({ signal }) => loadHistory(deviceId, { keys, booleanKeys, bounds: boundsOf(window, Date.now()), resolution, hasRange }, signal),
    enabled: keys.length > 0,
    placeholderData: keepPreviousData,
    // Live points continue a raw line by themselves; buckets fill up and have to be asked for again.
    refetchInterval: window.kind === 'last' && 'intervalMs' in resolution ? Math.min(60_000, Math.max(10_000, resolution.intervalMs / 4)) : false,
  });
  useReloadWhenBack(loaded.refetch);
  const live = useLivePoints(numberOf, window.kind === 'last');
  const continuesLive = window.kind === 'last' && canContinueLive(resolution);
  const points = useMemo(() => {
    const merged = new Map<string, readonly ChartPoint[]>();
    for (const key of keys) {
      const stored = loaded.data?.points.get(key) ?? [];
      const isRaw = isDrawnRaw(key, booleanKeys, resolution);
      const lastMs = !isRaw ? (stored.at(-1)?.tsMs ?? 0) : 0;
      const tail = continuesLive || (isRaw && window.kind === 'last') ? (live.points.get(key) ?? []).filter(({ tsMs }) => tsMs > lastMs) : [];
      merged.set(key, withLive(stored, tail));
    }
    return merged;
  }, [keys, booleanKeys, loaded.data, live.points, continuesLive, window.kind, resolution]);
  const range = useMemo(() => rangeOf(hasRange ? keys[0] : undefined, loaded.data), [hasRange, keys, loaded.data]);
  const bounds = useMemo(() => boundsOf(window, nowMs), [window, nowMs]);
  return {
    takeFrame: live.takeFrame,
    history: {
      keys,
      points,
      range,
      resolution,
      bounds,
      isLoading: keys.length > 0 && loaded.isPending,
      error: loaded.data === undefined ? loaded.error : null,
      retry: () => void loaded.refetch(),
    },
  };
}

/** Points of their own may follow buckets only where a bucket is hardly wider than they are apart, and never sums or counts. */
function canContinueLive(resolution: Resolution): boolean {
  return !('intervalMs' in resolution) || (resolution.intervalMs <= 10_000 && ['AVG', 'MIN', 'MAX'].includes(resolution.agg));
}

/** Collects live points by key, at most once an animation frame. */
function useLivePoints(numberOf: Options['numberOf'], isFollowing: boolean) {
  const [points, setPoints] = useState<ReadonlyMap<string, readonly ChartPoint[]>>(new Map());
  const waiting = useRef<Arrival[]>([]);
  const takeFrame = useCallback(
    (frame: LiveFrame) => {
      if (!isFollowing) return;
      const isIdle = waiting.current.length === 0;
      for (const [key, list] of frame.points) {
        for (const point of list) {
          const number = point.value === null ? undefined : numberOf(key, point.value);
          if (isRemoval(point)) waiting.current.push({ key, point: undefined });
          else if (number !== undefined) waiting.current.push({ key, point: { tsMs: point.tsMs, value: number } });
        }
      }
      if (!isIdle || waiting.current.length === 0) return;
      requestAnimationFrame(() => {
        const arrived = waiting.current;
        waiting.current = [];
        setPoints((before) => appended(before, arrived));
      });
    },
    [numberOf, isFollowing],
  );
  return { points, takeFrame };
}

/** What came for a key; without a point where its series was removed. */
interface Arrival {
  readonly key: string;
  readonly point: ChartPoint | undefined;
}

function appended(before: ReadonlyMap<string, readonly ChartPoint[]>, arrived: readonly Arrival[]) {
  const after = new Map(before);
  for (const { key, point } of arrived) after.set(key, point === undefined ? [] : [...(after.get(key) ?? []), point].slice(-LIVE_POINTS_MAX));
  return after;
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

function rangeOf(key: string | undefined, loaded: LoadedHistory | undefined) {
  const [lowest, highest] = key === undefined ? [] : [loaded?.lowest?.get(key), loaded?.highest?.get(key)];
  return lowest === undefined || highest === undefined ? undefined : { lowest, highest };
}
