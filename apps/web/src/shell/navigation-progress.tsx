import styles from './navigation-progress.module.css';

/** A thin line at the top of the window while the next page loads. */
export function NavigationProgress({ isActive }: { isActive: boolean }) {
  return isActive ? <div className={styles.bar} role="progressbar" aria-label="Loading the page" /> : null;
}
