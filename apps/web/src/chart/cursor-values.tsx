import { fullTime } from '../ui/times.js';
import type { AlignedColumns } from './align.js';
import styles from './uplot-chart.module.css';
import type { ChartSeries } from './uplot-chart.js';

export interface Cursor {
  readonly index: number;
  readonly left: number;
}

interface CursorValuesProps {
  readonly cursor: Cursor;
  readonly series: readonly ChartSeries[];
  readonly columns: AlignedColumns;
  readonly hasRange: boolean;
  readonly width: number;
}

/** The values under the cursor, beside it. */
export function CursorValues({ cursor, series, columns, hasRange, width }: CursorValuesProps) {
  const tsMs = columns[0][cursor.index];
  if (tsMs === undefined) return null;
  const isRight = cursor.left > width / 2;
  return (
    <div className={styles.tooltip} style={{ transform: `translate(${cursor.left}px, 8px) translateX(${isRight ? 'calc(-100% - 14px)' : '14px'})` }}>
      <div className={styles.tooltipTime}>{fullTime(tsMs)}</div>
      {series.map(({ name, colourVariable, isTruth }, index) => {
        const value = nearestValue(columns[index + 1], cursor.index);
        return (
          <div key={name} className={styles.tooltipRow}>
            <span className={styles.tooltipSwatch} style={{ background: `var(${colourVariable})` }} />
            {name}
            <span className={styles.tooltipValue}>{isTruth ? truthText(value) : numberText(value)}</span>
          </div>
        );
      })}
      {hasRange && (
        <div className={styles.tooltipRow}>
          Lowest – highest
          <span className={styles.tooltipValue}>
            {[-2, -1].map((place) => numberText(nearestValue(columns.at(place), cursor.index))).join(' – ')}
          </span>
        </div>
      )}
    </div>
  );
}

/** Without the noise of binary fractions. */
function numberText(value: number | undefined): string {
  if (value === undefined) return '–';
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(9)));
}

function truthText(value: number | undefined): string {
  return value === undefined ? '–' : String(value === 1);
}

/** The value at a place, or the one before it where only another series has a point there. */
function nearestValue(column: readonly (number | null | undefined)[] | undefined, index: number): number | undefined {
  for (let place = index; place >= 0; place -= 1) {
    const value = column?.[place];
    if (value === null) return undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
