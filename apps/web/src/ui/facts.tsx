import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { TimeAgo } from './time-ago.js';
import { shortTime } from './times.js';

/** A name and what it stands for, in a `dl`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** An instant, and how long ago it was. */
export function Instant({ tsMs }: { tsMs: number }) {
  return (
    <>
      <span className="fl-numeric">{shortTime(tsMs)}</span>
      <Text span size="xs" c="dimmed">
        <TimeAgo tsMs={tsMs} />
      </Text>
    </>
  );
}
