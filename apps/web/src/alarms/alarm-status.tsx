import { Tooltip } from '@mantine/core';
import { IconBellCheck, IconBellRinging, IconCheck, IconClockPause } from '@tabler/icons-react';
import type { AlarmInfo } from '../api/wire.js';
import { shortTime } from '../ui/times.js';
import { useNow } from '../ui/use-now.js';
import { shelvingOf, statusNames } from './alarm-state.js';
import styles from './alarm-status.module.css';

const icons = { ACTIVE_UNACK: IconBellRinging, ACTIVE_ACK: IconCheck, CLEARED_UNACK: IconBellCheck, CLEARED_ACK: IconBellCheck } as const;

/** Where an alarm is in its life, by shape and word; and that it is shelved, where it is. */
export function AlarmStatusLine({ alarm }: { alarm: AlarmInfo }) {
  const shelving = shelvingOf(alarm, useNow());
  const StatusIcon = icons[alarm.status];
  return (
    <span className={styles.root}>
      <span className={styles.part} data-status={alarm.status}>
        <StatusIcon size={14} aria-hidden />
        {statusNames[alarm.status]}
      </span>
      {shelving !== undefined && (
        <Tooltip label={shelving.reason}>
          <span className={styles.part}>
            <IconClockPause size={14} aria-hidden />
            Shelved until {shortTime(shelving.untilTs)}
          </span>
        </Tooltip>
      )}
    </span>
  );
}
