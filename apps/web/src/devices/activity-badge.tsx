import styles from './activity-badge.module.css';

/** Whether a device is heard from. Shape and word say it, the colour only helps. */
export function ActivityBadge({ isActive }: { isActive: boolean }) {
  return (
    <span className={styles.root}>
      <span className={isActive ? styles.active : styles.inactive} aria-hidden />
      {isActive ? 'Active' : 'Inactive'}
    </span>
  );
}
