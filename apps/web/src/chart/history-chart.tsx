import { Button, Skeleton, Text } from '@mantine/core';
import { IconChartLine, IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { messageOf } from '../api/failures.js';
import { LoadFailure } from '../ui/load-failure.js';
import { StateMessage } from '../ui/state-message.js';
import { shortTime } from '../ui/times.js';
import { alignSeries, gapOf } from './align.js';
import { type ChartScale, scalesFor } from './scales.js';
import styles from './history-chart.module.css';
import type { ChartHistory } from './use-chart-history.js';
import { describeResolution, isDrawnRaw } from './time-window.js';
import { UplotChart } from './uplot-chart.js';
import type { EarlierReadings } from './use-raw-history.js';

interface Props {
  readonly history: ChartHistory;
  readonly colours: ReadonlyMap<string, string>;
  readonly booleanKeys: ReadonlySet<string>;
}

/** The chart of the chosen keys with everything around it: loading, failure, nothing to show, and what a point stands for. */
export function HistoryChart({ history, colours, booleanKeys }: Props) {
  const { keys, points, range, earlier, resolution, bounds } = history;
  const columns = useMemo(() => {
    const series = keys.map((key) => points.get(key) ?? []);
    const intervalOf = (key: string) => ('intervalMs' in resolution && !isDrawnRaw(key, booleanKeys, resolution) ? resolution.intervalMs : 0);
    const gaps = keys.map((key, index) => gapOf(series[index] ?? [], intervalOf(key)));
    if (range === undefined) return alignSeries(series, gaps);
    return alignSeries([...series, range.lowest, range.highest], [...gaps, ...gaps, ...gaps]);
  }, [keys, booleanKeys, points, range, resolution]);
  const isEmpty = columns[0].every((tsMs) => tsMs < bounds.startMs || tsMs > bounds.endMs);
  const isTruth = (key: string) => booleanKeys.has(key) && isDrawnRaw(key, booleanKeys, resolution);
  const scales = isEmpty ? [] : scalesFor(keys.map((key) => ({ points: points.get(key) ?? [], isTruth: isTruth(key) })));
  const shapes = keys.map((name, index) => ({
    name,
    colourVariable: colours.get(name) ?? '--fl-series-1',
    isTruth: isTruth(name),
    scale: scales[index] ?? 'left',
  }));
  const against = (wanted: ChartScale) => shapes.flatMap(({ name, scale }) => (scale === wanted ? [name] : [])).join(', ');
  const [onRight, inLane] = [against('right'), against('lane')];
  if (keys.length === 0) {
    return (
      <StateMessage icon={IconChartLine} title="Nothing chosen">
        Choose one or more numeric values in the list.
      </StateMessage>
    );
  }
  if (history.error !== null) return <LoadFailure error={history.error} what="The history" onRetry={history.retry} />;
  if (history.isLoading) return <Skeleton height="clamp(280px, 52vh, 560px)" m="md" w="auto" />;
  const single = keys.filter((key) => isDrawnRaw(key, booleanKeys, resolution));
  return (
    <div style={{ padding: '12px 12px 8px', position: 'relative' }}>
      <UplotChart
        label={`History of ${keys.join(', ')}`}
        series={shapes}
        columns={columns}
        hasRange={range !== undefined}
        startMs={bounds.startMs}
        endMs={bounds.endMs}
        missingBeforeMs={earlier?.beforeMs}
      />
      {isEmpty && (
        <Text size="sm" c="dimmed" ta="center" style={{ position: 'absolute', inset: '38% 0 auto', pointerEvents: 'none' }}>
          No points in this time range
        </Text>
      )}
      <div className={styles.foot}>
        <Text span inherit>
          {onRight !== '' && `Right axis: ${onRight} · `}
          {inLane !== '' && `Steps at the bottom: ${inLane} · `}
          {single.length === keys.length ? 'Shows every point' : `Shows ${describeResolution(resolution)}`}
          {range !== undefined && ', shaded from lowest to highest'}
          {earlier !== undefined && earlierText(earlier, keys.length)}
        </Text>
        {earlier?.load !== undefined && (
          <Button size="compact-xs" variant="default" leftSection={<IconHistory size={14} />} loading={earlier.isLoading} onClick={earlier.load}>
            Load earlier
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is not drawn, and why where nothing can be done about it here. */
function earlierText({ keys, beforeMs, load, error }: EarlierReadings, drawnCount: number): string {
  const what = `; ${drawnCount > 1 ? `of ${keys.join(', ')} ` : ''}only from ${shortTime(beforeMs)}`;
  if (error !== null) return `${what}. Earlier ones could not be loaded: ${messageOf(error)}`;
  return load === undefined ? `${what}, as many as a chart takes: choose a shorter or an earlier time` : what;
}
