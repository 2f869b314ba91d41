import type { Span } from '../api/telemetry-api.js';
import { BUCKETS_MAX } from './limits.js';

export const presets = [
  { id: '5m', name: '5 min', lengthMs: 300_000 },
  { id: '15m', name: '15 min', lengthMs: 900_000 },
  { id: '1h', name: '1 h', lengthMs: 3_600_000 },
  { id: '6h', name: '6 h', lengthMs: 21_600_000 },
  { id: '1d', name: '1 d', lengthMs: 86_400_000 },
  { id: '7d', name: '7 d', lengthMs: 604_800_000 },
  { id: '30d', name: '30 d', lengthMs: 2_592_000_000 },
] as const;

/** The last while, moving with the clock, or a fixed span. */
export type TimeWindow =
  { readonly kind: 'last'; readonly lengthMs: number } | { readonly kind: 'between'; readonly startMs: number; readonly endMs: number };

export const aggregations = ['NONE', 'AVG', 'MIN', 'MAX', 'SUM', 'COUNT'] as const;
export type ChartAggregation = (typeof aggregations)[number];

/** What is asked of the server for a window: each point, or one point per bucket. */
export type Resolution = { readonly agg: 'NONE' } | BucketResolution;
export interface BucketResolution {
  readonly agg: ChartAggregation;
  readonly intervalMs: number;
}

const niceIntervalsMs = [
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000,
];

/** Longest window whose points are shown one by one; beyond it a device that sends each second would exceed the limit. */
const rawLongestMs = 3_600_000;

export function boundsOf(window: TimeWindow, nowMs: number): { startMs: number; endMs: number } {
  if (window.kind === 'between') return { startMs: window.startMs, endMs: window.endMs };
  return { startMs: nowMs - window.lengthMs, endMs: nowMs };
}

/** What a chart shows where nothing says otherwise. */
export const usualWindow = { kind: 'last', lengthMs: 900_000 } as const satisfies TimeWindow;

/** What a chart shows at first: the last quarter of an hour, or as much as it takes to see some of what came last. */
export function firstWindow(newestMs: number, nowMs: number): TimeWindow {
  const shortestMs = Math.max(usualWindow.lengthMs, 2 * (nowMs - newestMs));
  const { lengthMs } = presets.find((preset) => preset.lengthMs >= shortestMs) ?? presets[presets.length - 1] ?? presets[0];
  return { kind: 'last', lengthMs };
}

/** A window as the API asks for it: with an end that is not part of it. */
export function spanOf(window: TimeWindow, nowMs: number): Span {
  const { startMs, endMs } = boundsOf(window, nowMs);
  return { startTs: startMs, endTs: endMs + 1 };
}

/** Picks the aggregation by the length of the window, unless the person chose one. */
export function resolutionFor(lengthMs: number, chosen: ChartAggregation | 'AUTO'): Resolution {
  const agg = chosen === 'AUTO' ? (lengthMs <= rawLongestMs ? 'NONE' : 'AVG') : chosen;
  if (agg === 'NONE') return { agg };
  const least = lengthMs / BUCKETS_MAX;
  const nice = niceIntervalsMs.find((interval) => interval >= least);
  return { agg, intervalMs: nice ?? Math.ceil(least / 86_400_000) * 86_400_000 };
}

/** Whether the points of a key are asked for one by one, whatever the others are: the server's average of booleans is 0. */
export function isDrawnRaw(key: string, booleanKeys: ReadonlySet<string>, resolution: Resolution): boolean {
  return !('intervalMs' in resolution) || (booleanKeys.has(key) && resolution.agg !== 'COUNT');
}

/** In words, such as "average of 5 min". */
export function describeResolution(resolution: Resolution): string {
  if (!('intervalMs' in resolution)) return 'every point';
  const names: Record<ChartAggregation, string> = { NONE: '', AVG: 'average', MIN: 'lowest', MAX: 'highest', SUM: 'sum', COUNT: 'count' };
  return `${names[resolution.agg]} of ${durationText(resolution.intervalMs)}`;
}

export function durationText(ms: number): string {
  if (ms % 86_400_000 === 0) return `${ms / 86_400_000} d`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${ms / 1_000} s`;
}
