import { IconAlertHexagon, IconAlertOctagon, IconAlertTriangle, IconHelpCircle, IconInfoCircle } from '@tabler/icons-react';
import type { AlarmSeverity } from '../api/wire.js';
import styles from './severity-badge.module.css';

const looks = {
  CRITICAL: { name: 'Critical', icon: IconAlertOctagon },
  MAJOR: { name: 'Major', icon: IconAlertHexagon },
  MINOR: { name: 'Minor', icon: IconAlertTriangle },
  WARNING: { name: 'Warning', icon: IconInfoCircle },
  INDETERMINATE: { name: 'Indeterminate', icon: IconHelpCircle },
} as const;

/** Severity by word, shape and colour; a cleared alarm keeps the word and shape but gives up the colour. */
export function SeverityBadge({ severity, isActive }: { severity: AlarmSeverity; isActive: boolean }) {
  const { name, icon: SeverityIcon } = looks[severity];
  return (
    <span className={styles.root} data-severity={isActive ? severity : 'CLEARED'}>
      <SeverityIcon size={15} aria-hidden />
      {name}
    </span>
  );
}
