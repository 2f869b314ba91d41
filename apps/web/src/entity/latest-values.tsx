import { Skeleton, TextInput, Tooltip } from '@mantine/core';
import { IconChartLine, IconDownload, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { TimeAgo } from '../ui/time-ago.js';
import styles from './latest-values.module.css';
import type { LatestValues } from './use-latest-values.js';
import { isChartable, type LatestValue } from './value-kind.js';

/** With so many keys and more the list has a search: it no longer fits the screen. */
const SEARCHED_FROM = 12;

/** So short a text is never cut in the list. */
const UNCUT_CHARACTERS = 12;

interface Props {
  readonly values: LatestValues | undefined;
  /** Colour of each key that is in the chart. */
  readonly colours: ReadonlyMap<string, string>;
  readonly onToggle: (key: string) => void;
  readonly onHistory: (key: string) => void;
  readonly onExport: (key: string) => void;
  /** Absent where nothing may be deleted. */
  readonly onDelete: ((key: string) => void) | undefined;
}

/** The newest value of each key; a click puts a numeric one into the chart or takes it out. */
export function LatestValueList({ values, ...row }: Props) {
  const [search, setSearch] = useState('');
  if (values === undefined) {
    return (
      <div style={{ padding: 16 }}>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={14} my={14} />
        ))}
      </div>
    );
  }
  const found = [...values].filter(([key]) => key.toLowerCase().includes(search.trim().toLowerCase())).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <>
      {values.size >= SEARCHED_FROM && (
        <TextInput
          className={styles.search ?? ''}
          size="xs"
          leftSection={<IconSearch size={14} />}
          placeholder={`Search ${values.size} keys`}
          aria-label="Search keys"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={styles.list}>
        {found.map(([key, value]) => (
          <Row key={key} name={key} value={value} {...row} />
        ))}
        {found.length === 0 && <li className={styles.none}>No key matches.</li>}
      </ul>
    </>
  );
}

interface RowProps extends Omit<Props, 'values'> {
  readonly name: string;
  readonly value: LatestValue;
}

function Row({ name, value, colours, onToggle, onHistory, onExport, onDelete }: RowProps) {
  const colour = colours.get(name);
  const isDrawn = isChartable(value.kind);
  const actions: RowAction[] = [
    { label: 'History', icon: IconChartLine, onClick: () => onHistory(name) },
    { label: 'Export CSV…', icon: IconDownload, onClick: () => onExport(name) },
    ...(onDelete === undefined ? [] : [{ label: 'Delete readings…', icon: IconTrash, isDangerous: true, onClick: () => onDelete(name) }]),
  ];
  const swatch = colour === undefined ? undefined : { background: colour, borderColor: colour };
  const content = (
    <>
      <span className={styles.key}>
        {isDrawn ? <span className={styles.swatch} style={swatch} aria-hidden /> : <span className={styles.noSwatch} />}
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
      {isDrawn ? (
        <button type="button" className={styles.row} aria-pressed={colour !== undefined} onClick={() => onToggle(name)}>
          {content}
        </button>
      ) : (
        <div className={styles.row}>{content}</div>
      )}
      <RowMenu of={name} actions={actions} />
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
  if (value.text.length <= UNCUT_CHARACTERS) return shown;
  return (
    <Tooltip label={value.text.slice(0, 2_000)} multiline maw={420} style={{ overflowWrap: 'anywhere' }}>
      {shown}
    </Tooltip>
  );
}
