import { Tooltip } from '@mantine/core';
import { useLiveState } from '../live/live.js';
import styles from './live-badge.module.css';

const words = {
  connecting: { text: 'Connecting', hint: 'Opening the live connection.' },
  live: { text: 'Live', hint: 'Values appear the moment they are stored.' },
  refused: { text: 'Not live', hint: 'The right to follow these values has ended, or the session has. Values shown are old; load the page again.' },
  lost: { text: 'Reconnecting', hint: 'The live connection was lost and is tried again by itself. Values shown may be old.' },
} as const;

/** Says whether what is on the screen is current; nothing where no part of the page is live. */
export function LiveBadge() {
  const state = useLiveState();
  if (state === 'idle') return null;
  return (
    <Tooltip label={words[state].hint}>
      <span className={styles.root} data-state={state} role="status">
        <span className={styles.dot} aria-hidden />
        {words[state].text}
      </span>
    </Tooltip>
  );
}
