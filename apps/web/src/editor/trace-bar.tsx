import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconRoute2, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { engineQueries } from '../api/engine-queries.js';
import { pathIn } from '../traces/trace-steps.js';
import { shortTime } from '../ui/times.js';
import { useEditorStore } from './editor-context.js';
import styles from './trace-bar.module.css';

/** Draws the path of the message that the address names over the chain, and says whose it is. */
export function TraceBar({ ruleChainId }: { ruleChainId: string }) {
  const store = useEditorStore();
  const [params, setParams] = useSearchParams();
  const traceId = params.get('trace');
  const trace = useQuery({ ...engineQueries.trace(traceId ?? ''), enabled: traceId !== null });
  const shown = traceId === null ? undefined : trace.data;
  useEffect(() => {
    store.getState().showPath(shown === undefined ? undefined : pathIn(shown, ruleChainId));
  }, [store, shown, ruleChainId]);
  if (traceId === null) return null;
  const close = () =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('trace');
        return after;
      },
      { replace: true },
    );
  return (
    <div className={styles.root} role="status">
      <IconRoute2 size={16} aria-hidden />
      <Text size="xs" truncate>
        {trace.isError ? (
          'The path could not be loaded.'
        ) : shown === undefined ? (
          'Loading the path…'
        ) : (
          <>
            Path of {shown.parts[0]?.messageType}, {shortTime(shown.parts[0]?.startTime ?? 0)}
          </>
        )}
      </Text>
      <Anchor component={Link} size="xs" to={`/traces/${traceId}`} style={{ flex: 'none' }}>
        Open the trace
      </Anchor>
      <ActionIcon size="sm" aria-label="Stop showing the path" onClick={close}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
