import { Button, Select, Text } from '@mantine/core';
import { IconDownload, IconEraser, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useMay } from '../api/signed-in.js';
import type { Span } from '../api/telemetry-api.js';
import type { EntityRef } from '../api/wire.js';
import { HistoryChart } from '../chart/history-chart.js';
import type { TimeWindow } from '../chart/time-window.js';
import { useChartHistory } from '../chart/use-chart-history.js';
import { windowText } from '../chart/window-address.js';
import { type AggregationChoice, WindowPicker } from '../chart/window-picker.js';
import type { NamedEntity } from '../entity/named-entity.js';
import { ReadingsRemoval } from '../entity/readings-removal.js';
import type { LatestValues } from '../entity/use-latest-values.js';
import { useNumberOf } from '../entity/use-number-of.js';
import { isChartable } from '../entity/value-kind.js';
import type { LiveFrame } from '../live/frames.js';
import { Card } from '../ui/card.js';
import { RowMenu } from '../ui/row-menu.js';
import { ExportDialog } from './export-dialog.js';
import styles from './key-history.module.css';
import { ReadingsCard } from './readings-card.js';
import { useReadings } from './use-readings.js';

interface Props {
  readonly entity: NamedEntity;
  readonly name: string;
  /** Of all keys of the entity. */
  readonly values: LatestValues;
  readonly window: TimeWindow;
  readonly aggregation: AggregationChoice;
  /** Whom live frames are handed to. */
  readonly forward: { current: (frame: LiveFrame) => void };
  readonly onChange: (parameter: 'key' | 'range' | 'agg', value: string) => void;
}

const noKeys: readonly string[] = [];
const usualColours: ReadonlyMap<string, string> = new Map();

/** One key: as a chart, as each of its readings, and as a file. */
export function KeyHistory({ entity, name, values, window, aggregation, forward, onChange }: Props) {
  const keys = useMemo(() => [name], [name]);
  const kind = values.get(name)?.kind;
  const isDrawn = isChartable(kind);
  const booleans = useMemo(() => new Set(kind === 'boolean' ? [name] : []), [kind, name]);
  const numberOf = useNumberOf(values);
  const asked = { entity, keys: isDrawn ? keys : noKeys, booleanKeys: booleans, window, aggregation, numberOf, withRange: kind === 'number' };
  const { history, takeFrame } = useChartHistory(asked);
  const readings = useReadings(entity, name, window);
  forward.current = (frame) => {
    takeFrame(frame);
    readings.takeFrame(frame);
  };
  const [exported, setExported] = useState<readonly string[]>();
  const names = [...new Set([...values.keys(), name])].sort();
  return (
    <div className={styles.root}>
      <Card>
        <Head
          names={names}
          name={name}
          onName={(next) => onChange('key', next)}
          actions={
            <>
              <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={() => setExported(keys)}>
                Export CSV…
              </Button>
              <Removal entity={entity} name={name} shown={readings.span} />
            </>
          }
        >
          <WindowPicker
            window={window}
            aggregation={isDrawn ? aggregation : undefined}
            onWindow={(next) => onChange('range', windowText(next))}
            onAggregation={(next) => onChange('agg', next)}
          />
        </Head>
        {isDrawn ? (
          <HistoryChart history={history} colours={usualColours} booleanKeys={booleans} />
        ) : (
          <Text size="sm" c="dimmed" p="md">
            {kind === undefined ? 'This key has no latest value.' : 'Texts and JSON are not drawn.'} Its readings are listed below.
          </Text>
        )}
      </Card>
      <ReadingsCard name={name} readings={readings} />
      <ExportDialog entity={entity} entityName={entity.name} names={names} chosen={exported} window={window} onClose={() => setExported(undefined)} />
    </div>
  );
}

interface HeadProps {
  readonly names: readonly string[];
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

function Head({ names, name, onName, actions, children }: HeadProps) {
  return (
    <div className={styles.head}>
      <Select
        className={styles.key ?? ''}
        size="xs"
        aria-label="Key"
        searchable
        allowDeselect={false}
        maxDropdownHeight={320}
        nothingFoundMessage="No such key"
        data={[...names]}
        value={name}
        onChange={(next) => next !== null && onName(next)}
      />
      {children}
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}

function Removal({ entity, name, shown }: { entity: EntityRef; name: string; shown: Span }) {
  const [deleting, setDeleting] = useState<Span | 'all'>();
  const { change } = useMay();
  if (!change) return null;
  return (
    <>
      <RowMenu
        of={name}
        actions={[
          { label: 'Delete the shown readings…', icon: IconEraser, isDangerous: true, onClick: () => setDeleting(shown) },
          { label: 'Delete all readings…', icon: IconTrash, isDangerous: true, onClick: () => setDeleting('all') },
        ]}
      />
      <ReadingsRemoval
        entity={entity}
        of={deleting === undefined ? undefined : name}
        span={deleting === 'all' ? undefined : deleting}
        onClose={() => setDeleting(undefined)}
      />
    </>
  );
}
