import type { Span } from '../api/telemetry-api.js';
import { boundsOf, presets, type TimeWindow } from '../chart/time-window.js';
import { shortTime } from '../ui/times.js';

/** The last time there is in JavaScript: readings of a clock that is ahead belong to "everything". */
const TIME_MAX_MS = 8.64e15;

/** Times that an export may take: first what the page shows. */
export function exportSpans(window: TimeWindow): { value: string; label: string }[] {
  const preset = window.kind === 'last' ? presets.find(({ lengthMs }) => lengthMs === window.lengthMs) : undefined;
  const shown = window.kind === 'between' ? `${shortTime(window.startMs)} – ${shortTime(window.endMs)}` : `last ${preset?.name ?? ''}`;
  return [
    { value: 'shown', label: `As shown: ${shown}` },
    ...presets.filter((one) => one !== preset).map(({ id, name }) => ({ value: id, label: `Last ${name}` })),
    { value: 'all', label: 'Everything' },
  ];
}

/** The bounds of a choice; what arrives after `nowMs` is not part of it, except of everything. */
export function exportSpan(choice: string, window: TimeWindow, nowMs: number): Span {
  if (choice === 'all') return { startTs: 0, endTs: TIME_MAX_MS };
  const preset = presets.find(({ id }) => id === choice);
  const { startMs, endMs } = boundsOf(preset === undefined ? window : { kind: 'last', lengthMs: preset.lengthMs }, nowMs);
  return { startTs: startMs, endTs: endMs + 1 };
}
