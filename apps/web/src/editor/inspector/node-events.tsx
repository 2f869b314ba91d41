import { Box, Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type DebugFilter, debugEventsPerPage } from '../../api/event-api.js';
import { engineQueries } from '../../api/engine-queries.js';
import { messageOf } from '../../api/failures.js';
import { useSignedIn } from '../../api/signed-in.js';
import { Pager } from '../../ui/pager.js';
import type { ChainNode } from '../document/chain-document.js';
import { useEditor } from '../editor-context.js';
import { DebugSwitch } from './debug-switch.js';
import { EventRow } from './event-row.js';
import styles from './node-events.module.css';

/** While somebody looks, new events come in by themselves. */
const REFRESH_MS = 3_000;

const filters = [
  { value: 'all', label: 'All' },
  { value: 'IN', label: 'In' },
  { value: 'OUT', label: 'Out' },
  { value: 'errors', label: 'Errors' },
] as const satisfies { value: DebugFilter; label: string }[];

/** What is recorded of the messages of a node, and what was. */
export function NodeEvents({ node }: { node: ChainNode }) {
  const serverId = useEditor((state) => state.deployed.serverIds.get(node.key));
  return (
    <>
      <DebugSwitch node={node} />
      {serverId === undefined ? (
        <Text size="sm" c="dimmed" p={14}>
          Events come after the first deploy of the node.
        </Text>
      ) : (
        <Events ruleNodeId={serverId} />
      )}
    </>
  );
}

function Events({ ruleNodeId }: { ruleNodeId: string }) {
  const tenantId = useSignedIn()?.tenantId ?? '';
  const [filter, setFilter] = useState<DebugFilter>('all');
  const [page, setPage] = useState(0);
  const events = useQuery({
    ...engineQueries.debugEvents({ ruleNodeId, tenantId, filter, page }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const rows = events.data?.data;
  return (
    <section aria-label="Recorded messages">
      <div className={styles.filter}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Which messages"
          data={[...filters]}
          value={filter}
          onChange={(next) => {
            setFilter(next);
            setPage(0);
          }}
        />
      </div>
      {events.isError && rows === undefined ? (
        <div className={styles.none}>
          {messageOf(events.error)}{' '}
          <Button size="compact-xs" variant="default" onClick={() => void events.refetch()}>
            Try again
          </Button>
        </div>
      ) : rows === undefined ? (
        <Box px={14} pb={14}>
          <Skeleton height={120} />
        </Box>
      ) : rows.length === 0 ? (
        <p className={styles.none}>Nothing recorded{filter === 'all' ? ' yet' : ' that fits'}.</p>
      ) : (
        <ul className={styles.list}>
          {rows.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      )}
      <Pager page={page} pageSize={debugEventsPerPage} total={events.data?.totalElements ?? 0} onPage={setPage} />
    </section>
  );
}
