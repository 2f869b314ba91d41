import type { ReactNode } from 'react';
import styles from './page.module.css';

/** Width and margins of an ordinary page. The editor has its own. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={styles.root}>{children}</div>;
}
