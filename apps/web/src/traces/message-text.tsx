import { Text } from '@mantine/core';
import type { TracedMessage } from '../api/trace-api.js';
import { readableBody } from '../dead-letters/letter-text.js';
import { CopyBlock } from '../ui/copy-block.js';
import styles from './hop-list.module.css';

/** A message as it was, with nothing to compare it with. */
export function MessageText({ message: { type, data, metadata, isCut }, title }: { message: TracedMessage; title: string }) {
  return (
    <>
      <h3 className={styles.title}>
        {title} <code className={styles.aside}>{type}</code>
      </h3>
      <CopyBlock label="Body" text={readableBody(data)} />
      <CopyBlock label="Metadata" text={readableBody(metadata)} />
      {isCut && (
        <Text size="xs" c="dimmed">
          It was too long to be kept whole: its end is cut off.
        </Text>
      )}
    </>
  );
}
