import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './entity-summary.module.css';
import { LiveBadge } from './live-badge.js';

/** The line under the name of an entity: what is known of it, and whether what the page shows is current. */
export function EntitySummary({ facts, badge }: { facts: readonly (string | null)[]; badge?: ReactNode }) {
  const known = facts.filter((fact) => fact !== null && fact !== '');
  return (
    <div className={styles.root}>
      {badge}
      {known.length > 0 && (
        <Text size="sm" c="dimmed">
          {known.join(' · ')}
        </Text>
      )}
      <LiveBadge />
    </div>
  );
}
