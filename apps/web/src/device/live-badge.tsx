import { Tooltip } from '@mantine/core';
import { useLiveState } from '../live/live.js';
import styles from './live-badge.module.css';

const words = {
  idle: { text: 'Not live', hint: 'Nothing on this page asks for live values.' },
  connecting: { text: 'Connecting', hint: 'Opening the live connection.' },
  live: { text: 'Live', hint: 'Values appear the moment they are stored.' },
  lost: { text: 'Reconnecting', hint: 'The live connection was lost and is tried again by itself. Values shown may be old.' },
} as const;

/** Says whether what is on the screen is current. */
export function LiveBadge() {
  const state = useLiveState();
  return (
    <Tooltip label={words[state].hint}>
      <span className={styles.root} data-state={state} role="status">
        <span className={styles.dot} aria-hidden />
        {words[state].text}
      </span>
    </Tooltip>
  );
}
