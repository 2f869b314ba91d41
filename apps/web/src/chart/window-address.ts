import { type ChartAggregation, type TimeWindow, aggregations, presets } from './time-window.js';
import type { AggregationChoice } from './window-picker.js';

/** A window as a parameter of an address: the name of a preset, or two times in milliseconds. */
export function windowText(window: TimeWindow): string {
  if (window.kind === 'between') return `${window.startMs}-${window.endMs}`;
  return presets.find(({ lengthMs }) => lengthMs === window.lengthMs)?.id ?? presets[0].id;
}

/** What an address says, as far as it makes sense. */
export function windowOfText(text: string | null): TimeWindow | undefined {
  const preset = presets.find(({ id }) => id === text);
  if (preset !== undefined) return { kind: 'last', lengthMs: preset.lengthMs };
  const [, start, end] = /^(\d{1,16})-(\d{1,16})$/.exec(text ?? '') ?? [];
  const [startMs, endMs] = [Number(start), Number(end)];
  return endMs > startMs && endMs <= TIME_MAX_MS ? { kind: 'between', startMs, endMs } : undefined;
}

export function aggregationOfText(text: string | null): AggregationChoice {
  return aggregations.includes(text as ChartAggregation) ? (text as ChartAggregation) : 'AUTO';
}

/** The last time there is in JavaScript. */
const TIME_MAX_MS = 8.64e15;
