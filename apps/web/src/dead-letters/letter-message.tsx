import { Text } from '@mantine/core';
import type { DeadLetter } from '../api/engine-api.js';
import { CopyBlock } from '../ui/copy-block.js';
import styles from './letter-drawer.module.css';
import { readableBody } from './letter-text.js';

/** The message as it came to the node. */
export function LetterMessage({ message: { type, metadata, data } }: { message: DeadLetter['message'] }) {
  const entries = Object.entries(metadata).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section aria-labelledby="letter-message" className={styles.part}>
      <h3 id="letter-message" className={styles.heading}>
        Message <code className={styles.type}>{type}</code>
      </h3>
      <CopyBlock label="Body" text={readableBody(data)} />
      <h3 className={styles.heading}>Metadata</h3>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          It has none.
        </Text>
      ) : (
        <dl className={styles.list}>
          {entries.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt className="fl-mono">{name}</dt>
              <dd className="fl-mono">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
