import type { TimeSpan } from './history-reads.js';

/** What is left of a span without the removed ones: in ascending order, none of them empty or touching the next. */
export function shownSpans(within: TimeSpan, removed: readonly TimeSpan[]): readonly TimeSpan[] {
  const shown: TimeSpan[] = [];
  let { startMs } = within;
  for (const span of removed.toSorted((a, b) => a.startMs - b.startMs)) {
    if (span.startMs >= span.endMs || span.endMs <= startMs) continue;
    if (span.startMs >= within.endMs) break;
    if (span.startMs > startMs) shown.push({ startMs, endMs: span.startMs });
    startMs = span.endMs;
  }
  if (startMs < within.endMs) shown.push({ startMs, endMs: within.endMs });
  return shown;
}

/** What of the spans is not before a time. */
export function spansFrom(spans: readonly TimeSpan[], startMs: number): readonly TimeSpan[] {
  const first = spans[0];
  if (first === undefined || first.startMs >= startMs) return spans;
  return spans.flatMap((span) => (span.endMs <= startMs ? [] : [{ ...span, startMs: Math.max(span.startMs, startMs) }]));
}

/** Place of the first span that ends after a time; the number of spans where none does. */
export function spanEndingAfter(spans: readonly TimeSpan[], tsMs: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as TimeSpan).endMs <= tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
