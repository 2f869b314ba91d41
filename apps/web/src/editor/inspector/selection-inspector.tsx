import { Button, Stack } from '@mantine/core';
import { IconCopy, IconLayoutDistributeVertical, IconTrash } from '@tabler/icons-react';
import { deleteSelection, duplicateSelection } from '../canvas/canvas-actions.js';
import { tidy } from '../canvas/tidy.js';
import { useEditorStore } from '../editor-context.js';
import { showFailure } from '../../ui/notify.js';
import styles from './inspector.module.css';

/** What can be done with several things at once. */
export function SelectionInspector({ nodeCount, wireCount }: { nodeCount: number; wireCount: number }) {
  const store = useEditorStore();
  const parts = [count(nodeCount, 'node'), count(wireCount, 'connection')].filter((part) => part !== '');
  return (
    <aside className={styles.root} aria-label="Selection">
      <header className={styles.head}>
        <h2 className={styles.headTitle} style={{ gridColumn: '1 / -1' }}>
          {parts.join(' and ')}
        </h2>
      </header>
      <div className={styles.body}>
        <Stack gap="xs" className={styles.part ?? ''}>
          {nodeCount > 1 && (
            <Button
              variant="default"
              justify="start"
              leftSection={<IconLayoutDistributeVertical size={16} />}
              onClick={() => void tidy(store).catch((error: unknown) => showFailure('The nodes stay where they are', error))}
            >
              Tidy
            </Button>
          )}
          {nodeCount > 0 && (
            <Button variant="default" justify="start" leftSection={<IconCopy size={16} />} onClick={() => duplicateSelection(store)}>
              Duplicate
            </Button>
          )}
          <Button variant="default" justify="start" leftSection={<IconTrash size={16} />} onClick={() => deleteSelection(store)}>
            Delete
          </Button>
        </Stack>
      </div>
    </aside>
  );
}

function count(number: number, word: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}
