import { Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { TopicMapping } from '../api/broker-api.js';
import { DataTable } from '../ui/data-table.js';
import { NarrowOnly } from '../ui/narrow-only.js';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { creationText, deviceText, valueText } from './mapping-words.js';

interface Row {
  readonly place: number;
  readonly isLast: boolean;
  readonly mapping: TopicMapping;
}

interface Props {
  /** Undefined while loading. */
  readonly mappings: readonly TopicMapping[] | undefined;
  readonly actionsOf: (place: number, isLast: boolean) => readonly RowAction[];
}

/** Mappings in words, the first that takes a topic being the one. */
export function MappingTable({ mappings, actionsOf }: Props) {
  const rows = useMemo(() => mappings?.map((mapping, place) => ({ place, isLast: place === mappings.length - 1, mapping })), [mappings]);
  const columns = [
    ...wordColumns,
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end' as const, width: 56 },
      cell: ({ row: { original } }) => (
        <RowMenu of={`mapping ${original.place + 1}, ${original.mapping.topicFilter}`} actions={actionsOf(original.place, original.isLast)} />
      ),
    } satisfies ColumnDef<Row>,
  ];
  return <DataTable label="Topic mappings" columns={columns} rows={rows} rowId={({ place }) => String(place)} />;
}

const wordColumns: ColumnDef<Row>[] = [
  {
    id: 'filter',
    header: 'Topics',
    cell: ({ row: { original } }) => (
      <>
        <Text size="sm" className="fl-mono" style={{ overflowWrap: 'anywhere' }}>
          <span className="fl-visually-hidden">{original.place + 1}. </span>
          {original.mapping.topicFilter}
        </Text>
        <NarrowOnly>
          <span>{deviceText(original.mapping)}.</span>
          <span>{valueText(original.mapping)}.</span>
        </NarrowOnly>
      </>
    ),
  },
  {
    id: 'device',
    header: 'Device',
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => (
      <>
        {deviceText(original.mapping)}
        <Text size="xs" c="dimmed">
          {creationText(original.mapping)}
        </Text>
      </>
    ),
  },
  { id: 'value', header: 'What it becomes', meta: { isWideOnly: true }, cell: ({ row: { original } }) => valueText(original.mapping) },
];
