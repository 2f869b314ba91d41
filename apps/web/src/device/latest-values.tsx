import { Skeleton, Tooltip } from '@mantine/core';
import { IconActivity, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { TimeAgo } from '../ui/time-ago.js';
import styles from './latest-values.module.css';
import type { LatestValues } from './use-latest-values.js';
import type { LatestValue } from './value-kind.js';

interface Props {
  readonly values: LatestValues | undefined;
  /** Colour of each key that is in the chart. */
  readonly colours: ReadonlyMap<string, string>;
  readonly onToggle: (key: string) => void;
  /** Absent where nothing may be deleted. */
  readonly onDelete: ((key: string) => void) | undefined;
  readonly connectButton: ReactNode;
}

/** The newest value of each key; a click puts a numeric one into the chart or takes it out. */
export function LatestValueList({ values, colours, onToggle, onDelete, connectButton }: Props) {
  if (values === undefined) {
    return (
      <div style={{ padding: 16 }}>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={14} my={14} />
        ))}
      </div>
    );
  }
  if (values.size === 0) {
    return (
      <StateMessage icon={IconActivity} title="No readings yet" actions={connectButton}>
        The first one appears here the moment it is stored.
      </StateMessage>
    );
  }
  return (
    <ul className={styles.list}>
      {[...values.keys()].sort().map((key) => {
        const value = values.get(key);
        return value === undefined ? null : (
          <Row key={key} name={key} value={value} colour={colours.get(key)} onToggle={onToggle} onDelete={onDelete} />
        );
      })}
    </ul>
  );
}

interface RowProps {
  readonly name: string;
  readonly value: LatestValue;
  readonly colour: string | undefined;
  readonly onToggle: (key: string) => void;
  readonly onDelete: Props['onDelete'];
}

function Row({ name, value, colour, onToggle, onDelete }: RowProps) {
  const isChartable = value.kind === 'number' || value.kind === 'boolean';
  const swatch = colour === undefined ? undefined : { background: colour, borderColor: colour };
  const content = (
    <>
      <span className={styles.key}>
        {isChartable ? <span className={styles.swatch} style={swatch} aria-hidden /> : <span className={styles.noSwatch} />}
        <span className={styles.keyText} title={name}>
          {name}
        </span>
      </span>
      <Value value={value} />
      <span className={styles.when}>
        <TimeAgo tsMs={value.tsMs} />
      </span>
    </>
  );
  return (
    <li className={styles.item}>
      {isChartable ? (
        <button type="button" className={styles.row} aria-pressed={colour !== undefined} onClick={() => onToggle(name)}>
          {content}
        </button>
      ) : (
        <div className={styles.row}>{content}</div>
      )}
      {onDelete !== undefined && (
        <RowMenu of={name} actions={[{ label: 'Delete readings…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(name) }]} />
      )}
    </li>
  );
}

/** The span is replaced with each new point, so that it lights up anew. */
function Value({ value }: { value: LatestValue }) {
  const kindClass = value.kind === 'json' ? styles.json : value.kind === 'text' ? styles.text : '';
  const shown = (
    <span key={`${value.tsMs} ${value.text}`} className={`${styles.value ?? ''} ${styles.fresh ?? ''} ${kindClass ?? ''}`}>
      {value.text === '' ? '(empty text)' : value.text}
    </span>
  );
  if (value.text.length <= 24) return shown;
  return (
    <Tooltip label={value.text.slice(0, 2_000)} multiline maw={420} style={{ overflowWrap: 'anywhere' }}>
      {shown}
    </Tooltip>
  );
}
