import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { AlignedColumns } from './align.js';
import { axisTimes } from './axis-times.js';
import { axisNumbers, axisWidth } from './axis-numbers.js';
import { type Cursor, CursorValues } from './cursor-values.js';
import { drawMissing } from './missing-part.js';
import type { ChartScale } from './scales.js';
import styles from './uplot-chart.module.css';

export interface ChartSeries {
  readonly name: string;
  /** Name of a CSS variable, such as `--fl-series-1`. */
  readonly colourVariable: string;
  /** Drawn in steps: 1 is true, 0 is false. */
  readonly isTruth: boolean;
  readonly scale: ChartScale;
}

interface Props {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly columns: AlignedColumns;
  /** The last two columns are the lowest and the highest values of the only series; the room between them is shaded. */
  readonly hasRange: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** Readings before this time are not loaded; undefined where all are. */
  readonly missingBeforeMs: number | undefined;
}

type Bounds = Pick<Props, 'startMs' | 'endMs' | 'missingBeforeMs'>;

/** Lines over time. Makes a new uPlot when the series or the colours change, and otherwise only hands it new data. */
export function UplotChart({ label, series, columns, hasRange, startMs, endMs, missingBeforeMs }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const scheme = useComputedColorScheme();
  const [cursor, setCursor] = useState<Cursor>();
  const bounds = useRef<Bounds>({ startMs, endMs, missingBeforeMs });
  const data = useRef(columns);
  const shape = JSON.stringify(series);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const given = optionsFor(JSON.parse(shape) as ChartSeries[], element, bounds, setCursor);
    const options = hasRange ? withRange(given) : given;
    const made = new uPlot(options, data.current, element);
    plot.current = made;
    const watcher = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, scheme, hasRange]);
  useEffect(() => {
    data.current = columns;
    bounds.current = { startMs, endMs, missingBeforeMs };
    // A chart that was just made for other series has these columns already.
    if (plot.current?.series.length === columns.length) plot.current.setData(columns);
  }, [columns, startMs, endMs, missingBeforeMs]);
  return (
    <div className={styles.root} ref={frame} role="img" aria-label={label}>
      {cursor !== undefined && (
        <CursorValues cursor={cursor} series={series} columns={columns} hasRange={hasRange} width={frame.current?.clientWidth ?? 0} />
      )}
    </div>
  );
}

/** Two lines that are not drawn, and the room between them in the colour of the series. */
function withRange(options: uPlot.Options): uPlot.Options {
  const drawn = options.series[1];
  const edge: uPlot.Series = { scale: drawn?.scale ?? 'left', width: 0, stroke: 'transparent', points: { show: false } };
  const fill = typeof drawn?.stroke === 'string' ? `${drawn.stroke}33` : null;
  return { ...options, series: [...options.series, edge, edge], ...(fill === null ? {} : { bands: [{ series: [3, 2], fill }] }) };
}

const valueAxis: uPlot.Axis = {
  values: (_, numbers) => axisNumbers(numbers),
  size: (_, texts) => axisWidth(texts),
};

const truthAxis: uPlot.Axis = { splits: () => [0, 1], values: () => ['false', 'true'], size: 56 };
const truthRange: uPlot.Range.MinMax = [-0.1, 1.1];
/** The lane takes a tenth of the height. */
const laneRange: uPlot.Range.MinMax = [-0.2, 10];

/** Whether an axis has nothing but booleans. */
function isTruthOnly(series: readonly ChartSeries[], side: ChartScale): boolean {
  const drawn = series.filter(({ scale }) => scale === side);
  return drawn.length > 0 && drawn.every(({ isTruth }) => isTruth);
}

function optionsFor(
  series: readonly ChartSeries[],
  element: HTMLElement,
  bounds: { readonly current: Bounds },
  onCursor: (cursor: Cursor | undefined) => void,
): uPlot.Options {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name: string) => colours.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--fl-text-dim'),
    font: `12px ${colour('--fl-font')}`,
    grid: { stroke: colour('--fl-border'), width: 1 },
    ticks: { stroke: colour('--fl-border'), width: 1, size: 5 },
  };
  const font = `${12 * devicePixelRatio}px ${colour('--fl-font')}`;
  const look = { line: colour('--fl-border'), words: colour('--fl-text-dim'), font };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    ms: 1,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
    scales: {
      ...Object.fromEntries((['left', 'right'] as const).flatMap((side) => (isTruthOnly(series, side) ? [[side, { range: truthRange }]] : []))),
      lane: { range: laneRange },
      x: { time: true, range: () => [bounds.current.startMs, bounds.current.endMs] },
    },
    axes: [
      { ...axis, space: 80, values: (_, times, __, ___, stepMs) => axisTimes(times, stepMs) },
      { ...axis, ...(isTruthOnly(series, 'left') ? truthAxis : valueAxis), scale: 'left' },
      ...(series.some(({ scale }) => scale === 'right')
        ? [{ ...axis, ...(isTruthOnly(series, 'right') ? truthAxis : valueAxis), scale: 'right', side: 1, grid: { show: false } }]
        : []),
    ],
    series: [
      {},
      ...series.map(({ name, colourVariable, isTruth, scale }): uPlot.Series => {
        const stepped = isTruth ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
        return {
          label: name,
          scale,
          stroke: colour(colourVariable),
          width: 1.5,
          points: { size: 5 },
          ...(stepped === undefined ? {} : { paths: stepped }),
        };
      }),
    ],
    hooks: {
      drawAxes: [(plot) => drawMissing(plot, bounds.current.missingBeforeMs, look)],
      setCursor: [
        ({ cursor: { idx, left }, over }) =>
          onCursor(idx === null || idx === undefined || left === undefined || left < 0 ? undefined : { index: idx, left: left + over.offsetLeft }),
      ],
    },
  };
}
