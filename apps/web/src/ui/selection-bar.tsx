import { CloseButton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './selection-bar.module.css';

interface Props {
  /** Name of the group, such as "Selected alarms". */
  readonly label: string;
  /** How many, such as "3 alarms". */
  readonly count: string;
  readonly onClear: () => void;
  /** What can be done with all of them. */
  readonly children: ReactNode;
}

/** Stands above a table while rows of it are selected. */
export function SelectionBar({ label, count, onClear, children }: Props) {
  return (
    <div className={styles.root} role="group" aria-label={label}>
      <Text size="sm" fw={550} className={styles.count ?? ''} role="status">
        {count} selected
      </Text>
      <div className={styles.commands}>{children}</div>
      <CloseButton aria-label="Clear the selection" onClick={onClear} />
    </div>
  );
}
