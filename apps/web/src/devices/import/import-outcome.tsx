import type { ImportResult } from '../../api/wire.js';
import styles from './import-outcome.module.css';
import { outcomeText } from './outcome-text.js';

interface Props {
  readonly result: ImportResult;
  /** True where nothing was written yet. */
  readonly isCheck: boolean;
}

/** What became of an import, or what would become of it, with the reason for each line that is left out. */
export function ImportOutcome({ result, isCheck }: Props) {
  const { errors, errorsList } = result;
  return (
    <div className={styles.root} role="status" data-has-errors={errors > 0 ? '' : undefined}>
      <p className={styles.title}>{outcomeText(result, isCheck)}</p>
      {errors > 0 && (
        <ul className={styles.errors} aria-label="Lines left out" tabIndex={0}>
          {errorsList.map((line) => (
            <li key={line}>{line}</li>
          ))}
          {errors > errorsList.length && <li>And {errors - errorsList.length} more.</li>}
        </ul>
      )}
    </div>
  );
}
