import { Group, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import type { TraceHead } from '../api/trace-api.js';
import { kindText } from '../entities/entity-address.js';
import { NarrowOnly } from '../ui/narrow-only.js';
import { RowLink } from '../ui/row-link.js';
import { TimeAgo } from '../ui/time-ago.js';
import { FailedBadge } from './failed-badge.js';
import { hopCountText, reasonText } from './trace-words.js';

/** @param names of devices, by id */
export function columnsWith(names: ReadonlyMap<string, string>): ColumnDef<TraceHead>[] {
  const about = ({ originator: { entityType, id } }: TraceHead) => names.get(id) ?? kindText(entityType);
  return [
    {
      id: 'message',
      header: 'Message',
      cell: ({ row: { original } }) => (
        <>
          <Group gap={8}>
            <RowLink to={`/traces/${original.traceId}`}>
              <span className="fl-mono" style={{ fontSize: 12.5, overflowWrap: 'anywhere' }}>
                {original.messageType}
              </span>
            </RowLink>
            {original.hasFailed && <FailedBadge />}
          </Group>
          {!original.isStart && (
            <Text size="xs" c="dimmed">
              Went on after a pause
            </Text>
          )}
          <NarrowOnly>
            <span>{about(original)}</span>
            <span>{original.ruleChainName ?? 'A rule chain that is gone'}</span>
            <TimeAgo tsMs={original.startTime} />
          </NarrowOnly>
        </>
      ),
    },
    { id: 'about', header: 'About', meta: { isWideOnly: true }, cell: ({ row: { original } }) => about(original) },
    {
      id: 'chain',
      header: 'Rule chain',
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => original.ruleChainName ?? 'A rule chain that is gone',
    },
    { id: 'hops', header: 'Path', meta: { isWideOnly: true, width: 110 }, cell: ({ row: { original } }) => hopCountText(original.hopCount) },
    { id: 'reason', header: 'Recorded as', meta: { isWideOnly: true, width: 140 }, cell: ({ row: { original } }) => reasonText(original.reason) },
    {
      id: 'startTime',
      header: 'When',
      meta: { isWideOnly: true, width: 130 },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.startTime} />,
    },
  ];
}
