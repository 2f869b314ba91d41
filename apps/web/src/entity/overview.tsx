import { Button } from '@mantine/core';
import { IconActivity, IconDownload } from '@tabler/icons-react';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { HistoryChart } from '../chart/history-chart.js';
import { firstWindow, type TimeWindow, usualWindow } from '../chart/time-window.js';
import { useChartHistory } from '../chart/use-chart-history.js';
import { windowText } from '../chart/window-address.js';
import { type AggregationChoice, WindowPicker } from '../chart/window-picker.js';
import { useMay } from '../api/signed-in.js';
import { ExportDialog } from '../history/export-dialog.js';
import type { LiveFrame } from '../live/frames.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { StateMessage } from '../ui/state-message.js';
import styles from './overview.module.css';
import { LatestValueList } from './latest-values.js';
import type { NamedEntity } from './named-entity.js';
import { ReadingsRemoval } from './readings-removal.js';
import { type LatestValues, useLatestValues } from './use-latest-values.js';
import { useDrawnKeys } from './use-drawn-keys.js';
import { useNumberOf } from './use-number-of.js';
import { isChartable } from './value-kind.js';

interface Props {
  readonly entity: NamedEntity;
  /** What leads to a first reading, where there is none. */
  readonly howToSend: ReactNode;
}

/** Latest values beside their history. The list is the legend and the key picker of the chart. */
export function Overview({ entity, howToSend }: Props) {
  const [chosenWindow, setWindow] = useState<TimeWindow>();
  const [aggregation, setAggregation] = useState<AggregationChoice>('AUTO');
  const [deleting, setDeleting] = useState<string>();
  const [exported, setExported] = useState<readonly string[]>();
  const { change } = useMay();
  const [, setParams] = useSearchParams();
  const forward = useRef<(frame: LiveFrame) => void>(() => undefined);
  const { values, error, retry } = useLatestValues(entity, (frame) => forward.current(frame));
  const chartable = useMemo(() => chartableKeys(values), [values]);
  if (chosenWindow === undefined && values !== undefined && chartable.length > 0) setWindow(firstWindow(newestOf(values), Date.now()));
  const window = chosenWindow ?? usualWindow;
  const { keys, booleanKeys, colourNames, colours, toggle } = useDrawnKeys(values, chartable);
  const { history, takeFrame } = useChartHistory({ entity, keys, booleanKeys, window, aggregation, numberOf: useNumberOf(values) });
  forward.current = takeFrame;
  const names = [...(values?.keys() ?? [])].sort();
  if (error !== null) return <LoadFailure error={error} what="Latest values" onRetry={() => void retry()} />;
  if (values?.size === 0) return <NoReadings howToSend={howToSend} />;
  return (
    <div className={styles.overview}>
      <Card title="Latest values">
        <div className={styles.values}>
          <LatestValueList
            values={values}
            colours={colours}
            onToggle={toggle}
            onHistory={(key) => setParams({ tab: 'history', key, range: windowText(window) })}
            onExport={(key) => setExported([key])}
            onDelete={change ? setDeleting : undefined}
          />
        </div>
      </Card>
      <Card>
        <div className={styles.chartHead}>
          <WindowPicker window={window} aggregation={aggregation} onWindow={setWindow} onAggregation={setAggregation} />
          <Button
            className={styles.chartAction ?? ''}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            disabled={names.length === 0}
            onClick={() => setExported(keys.length === 0 ? names : keys)}
          >
            Export CSV…
          </Button>
        </div>
        <HistoryChart history={history} colours={colourNames} booleanKeys={booleanKeys} />
      </Card>
      <ExportDialog entity={entity} entityName={entity.name} names={names} chosen={exported} window={window} onClose={() => setExported(undefined)} />
      <ReadingsRemoval entity={entity} of={deleting} onClose={() => setDeleting(undefined)} />
    </div>
  );
}

function NoReadings({ howToSend }: { howToSend: ReactNode }) {
  return (
    <Card>
      <StateMessage icon={IconActivity} title="No readings yet" actions={howToSend}>
        The first one appears here the moment it is stored.
      </StateMessage>
    </Card>
  );
}

/** When the newest value came that can be drawn. */
function newestOf(values: LatestValues): number {
  return [...values.values()].reduce((newest, { tsMs, kind }) => (isChartable(kind) ? Math.max(newest, tsMs) : newest), 0);
}

/** Keys that can be drawn, numbers before booleans. */
function chartableKeys(values: LatestValues | undefined): string[] {
  if (values === undefined) return [];
  return [...values]
    .filter(([, { kind }]) => isChartable(kind))
    .sort(([a, { kind: kindOfA }], [b, { kind: kindOfB }]) => Number(kindOfA === 'boolean') - Number(kindOfB === 'boolean') || a.localeCompare(b))
    .map(([key]) => key);
}
