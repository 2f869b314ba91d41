import styles from './activity-badge.module.css';

/** Says that a device is heard from. Its absence says nothing: the server may not watch activity. */
export function ActivityBadge() {
  return (
    <span className={styles.root}>
      <span className={styles.active} aria-hidden />
      Active
    </span>
  );
}
