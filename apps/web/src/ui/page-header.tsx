import { type ReactNode, useEffect } from 'react';
import styles from './page-header.module.css';

interface Props {
  readonly title: string;
  readonly summary?: ReactNode;
  readonly actions?: ReactNode;
}

/** Heading of a page; also names the browser tab. */
export function PageHeader({ title, summary, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Fieldline`;
  }, [title]);
  return (
    <header className={styles.root}>
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        {summary !== undefined && <div className={styles.summary}>{summary}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
