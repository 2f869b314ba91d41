import type { ReactNode } from 'react';
import styles from './card.module.css';

interface Props {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A framed part of a page. */
export function Card({ title, actions, children }: Props) {
  return (
    <section className={styles.root}>
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
