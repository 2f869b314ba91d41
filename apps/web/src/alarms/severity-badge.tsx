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

/** Severities in words. */
export const severityNames: Readonly<Record<AlarmSeverity, string>> = {
  CRITICAL: looks.CRITICAL.name,
  MAJOR: looks.MAJOR.name,
  MINOR: looks.MINOR.name,
  WARNING: looks.WARNING.name,
  INDETERMINATE: looks.INDETERMINATE.name,
};

/** The shape of a severity, without its word. */
export function SeverityIcon({ severity, size }: { severity: AlarmSeverity; size: number }) {
  const Shape = looks[severity].icon;
  return <Shape size={size} aria-hidden />;
}

/** Severity by word, shape and colour; a cleared alarm keeps the word and shape but gives up the colour. */
export function SeverityBadge({ severity, isActive }: { severity: AlarmSeverity; isActive: boolean }) {
  return (
    <span className={styles.root} data-severity={isActive ? severity : 'CLEARED'}>
      <SeverityIcon severity={severity} size={15} />
      {looks[severity].name}
    </span>
  );
}
