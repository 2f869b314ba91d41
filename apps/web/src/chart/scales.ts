import type { ChartPoint } from './align.js';

/** What a series is drawn against: an axis, or a lane that has none. */
export type ChartScale = 'left' | 'right' | 'lane';

/** Sizes that differ by less than this share an axis. */
const apartFactor = 5;

/**
 * Which axis each series is drawn against: the left one, or, where sizes lie far apart, the right one for the
 * smaller ones, so that a temperature is not a flat line under a pressure.
 */
export function axesFor(series: readonly (readonly ChartPoint[])[]): readonly ('left' | 'right')[] {
  const sizes = series.map((points) => points.reduce((largest, { value }) => Math.max(largest, Math.abs(value)), 0));
  const sorted = [...sizes].filter((size) => size > 0).sort((a, b) => a - b);
  let border = 0;
  let widest = apartFactor;
  sorted.forEach((size, index) => {
    const before = sorted[index - 1];
    if (before === undefined || size / before < widest) return;
    widest = size / before;
    border = size;
  });
  return sizes.map((size) => (size > 0 && size < border ? 'right' : 'left'));
}

/** The axis of each series of a chart. Booleans beside numbers have a lane of their own at the bottom, where no number flattens them. */
export function scalesFor(series: readonly { readonly points: readonly ChartPoint[]; readonly isTruth: boolean }[]): readonly ChartScale[] {
  const isMixed = series.some(({ isTruth }) => isTruth) && series.some(({ isTruth }) => !isTruth);
  const axes = axesFor(series.map(({ points, isTruth }) => (isTruth ? [] : points)));
  return series.map(({ isTruth }, index) => (isTruth && isMixed ? 'lane' : (axes[index] ?? 'left')));
}
