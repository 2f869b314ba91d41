import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './row-link.module.css';

/** The link of a table row: its text is the name, its target the whole row. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={styles.link ?? ''}>
      {children}
    </Link>
  );
}
