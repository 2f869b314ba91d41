import type { ReactNode } from 'react';
import styles from './narrow-only.module.css';

/** Stands in the first cell of a row, where the window is too narrow for the other columns, and says what they say. */
export function NarrowOnly({ children }: { children: ReactNode }) {
  return <div className={styles.root}>{children}</div>;
}
