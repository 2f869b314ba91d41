import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../shell/brand-mark.js';
import styles from './entry-card.module.css';

interface EntryCardProps {
  readonly title: string;
  readonly summary: ReactNode;
  readonly children?: ReactNode;
  /** Below the card. */
  readonly foot?: ReactNode;
}

/** The frame of every page that somebody sees who is not signed in. */
export function EntryCard({ title, summary, children, foot }: EntryCardProps) {
  useEffect(() => {
    document.title = `${title} · Fieldline`;
  }, [title]);
  return (
    <main className={styles.root}>
      <div>
        <div className={styles.card}>
          <div className={styles.brand}>
            <BrandMark size={30} />
            Fieldline
          </div>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.summary}>{summary}</p>
          {children}
        </div>
        {foot !== undefined && <p className={styles.foot}>{foot}</p>}
      </div>
    </main>
  );
}
