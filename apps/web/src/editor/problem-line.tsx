import { IconAlertOctagonFilled, IconAlertTriangleFilled } from '@tabler/icons-react';
import styles from './problem-line.module.css';
import type { Complaint } from './problems.js';

/** What is wrong, what to do about it, and the code to search for. */
export function ProblemLine({ problem }: { problem: Complaint }) {
  const isError = problem.severity === 'error';
  const SeverityIcon = isError ? IconAlertOctagonFilled : IconAlertTriangleFilled;
  const colour = (isError ? styles.error : styles.warning) ?? '';
  return (
    <div className={styles.root}>
      <SeverityIcon size={15} className={`${styles.icon ?? ''} ${colour}`} aria-label={isError ? 'Error' : 'Warning'} />
      <span>
        {problem.message} <span className={styles.remedy}>{problem.remedy}</span>
        <span className={styles.code}>{problem.code}</span>
      </span>
    </div>
  );
}
