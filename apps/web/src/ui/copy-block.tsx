import styles from './copy-block.module.css';
import { CopyButton } from './copy-button.js';

/** A command to be copied into a terminal. */
export function CopyBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className={styles.root}>
      <pre className={styles.code} aria-label={label}>
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={`Copy: ${label}`} />
      </div>
    </div>
  );
}
