import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './state-message.module.css';

interface Props {
  readonly icon: Icon;
  readonly title: string;
  /** Where it takes the place of a whole page, its title is that page's main heading. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What a place says when it has nothing to show: why, and what to do about it. */
export function StateMessage({ icon: StateIcon, title, isPage = false, children, actions }: Props) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={styles.root}>
      <div className={styles.icon}>
        <StateIcon size={24} stroke={1.6} aria-hidden />
      </div>
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
