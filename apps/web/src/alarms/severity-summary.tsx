import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ALARM_REFRESH_MS, alarmQueries } from '../api/alarm-queries.js';
import { type AlarmSeverity, alarmSeverities } from '../api/wire.js';
import { SeverityIcon, severityNames } from './severity-badge.js';
import styles from './severity-summary.module.css';

interface Props {
  readonly chosen: readonly AlarmSeverity[];
  readonly onChoose: (severities: readonly AlarmSeverity[]) => void;
}

/** How many alarms of each severity are active, the worst first. Each is a button that lists only its alarms. */
export function SeveritySummary({ chosen, onChoose }: Props) {
  const counts = useQuery({ ...alarmQueries.counts(), refetchInterval: ALARM_REFRESH_MS });
  // The list below says what is wrong; figures that are not known are better left out.
  if (counts.isError && counts.data === undefined) return null;
  return (
    <div className={styles.root} role="group" aria-label="Active alarms by severity">
      {alarmSeverities.map((severity) => {
        const count = counts.data?.bySeverity[severity];
        const isChosen = chosen.length === 1 && chosen[0] === severity;
        return (
          <button
            key={severity}
            type="button"
            className={styles.item}
            data-severity={count === 0 ? 'NONE' : severity}
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? [] : [severity])}
          >
            <SeverityIcon severity={severity} size={20} />
            {count === undefined ? <Skeleton width={28} height={22} /> : <span className={styles.count}>{count}</span>}
            <span className={styles.name}>{severityNames[severity]}</span>
          </button>
        );
      })}
    </div>
  );
}
