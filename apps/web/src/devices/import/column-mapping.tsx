import { Select, TextInput } from '@mantine/core';
import type { ImportColumn } from '../../api/wire.js';
import styles from './column-mapping.module.css';
import { columnTypes, isKeyed } from './import-columns.js';

interface Props {
  readonly columns: readonly ImportColumn[];
  /** Titles of the columns; their numbers where the table has none. */
  readonly titles: readonly string[];
  readonly examples: readonly string[];
  readonly onChange: (columns: ImportColumn[]) => void;
}

/** One line a column: what it is called, an example, what it holds. */
export function ColumnMapping({ columns, titles, examples, onChange }: Props) {
  const change = (place: number, part: Partial<ImportColumn>) =>
    onChange(columns.map((column, at) => (at === place ? { ...column, ...part } : column)));
  return (
    <ul className={styles.list} aria-label="Columns">
      {columns.map(({ type, key }, place) => {
        const title = titles[place] ?? '';
        return (
          // Columns have no identity but their place.
          <li key={place} className={styles.row}>
            <div className={styles.source}>
              <span className={styles.title}>{title}</span>
              <span className={styles.example}>{examples[place] ?? ''}</span>
            </div>
            <Select
              aria-label={`What ${title} holds`}
              data={[...columnTypes]}
              value={type}
              allowDeselect={false}
              onChange={(value) => change(place, { type: value ?? 'IGNORE' })}
            />
            {isKeyed(type) && (
              <TextInput
                aria-label={`Key of ${title}`}
                placeholder="Key"
                value={key}
                maxLength={255}
                onChange={(event) => change(place, { key: event.currentTarget.value })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
