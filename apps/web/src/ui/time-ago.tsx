import { Tooltip } from '@mantine/core';
import { useNow } from './use-now.js';
import { fullTime, timeAgo } from './times.js';

/** How long ago something happened, kept current; the exact time on hover and focus. */
export function TimeAgo({ tsMs }: { tsMs: number }) {
  const nowMs = useNow();
  return (
    <Tooltip label={fullTime(tsMs)}>
      <time dateTime={new Date(tsMs).toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {timeAgo(tsMs, nowMs)}
      </time>
    </Tooltip>
  );
}
