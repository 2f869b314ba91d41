import { Button, Text } from '@mantine/core';
import { IconArrowUp, IconListDetails } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { Reading } from '../api/telemetry-api.js';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Pager } from '../ui/pager.js';
import { LongValue } from '../ui/long-value.js';
import { StateMessage } from '../ui/state-message.js';
import { exactTime } from '../ui/times.js';
import { ValueDialog } from '../ui/value-dialog.js';
import { ROWS_PER_PAGE } from './limits.js';
import type { useReadings } from './use-readings.js';

interface Props {
  readonly name: string;
  readonly readings: ReturnType<typeof useReadings>;
}

/** Each reading of a key as it is stored, newest first. */
export function ReadingsCard({ name, readings }: Props) {
  const { rows, error, retry, total, page, setPage, newer, showNewer } = readings;
  const [shown, setShown] = useState<Reading>();
  const columns = useMemo(() => columnsWith(setShown), []);
  return (
    <Card
      title={total === undefined ? 'Readings' : `${total.toLocaleString()} ${total === 1 ? 'reading' : 'readings'}`}
      actions={
        <div aria-live="polite">
          {newer > 0 && (
            <Button size="compact-sm" variant="light" leftSection={<IconArrowUp size={14} />} onClick={showNewer}>
              Show {newer.toLocaleString()} newer
            </Button>
          )}
        </div>
      }
    >
      {error !== null ? (
        <LoadFailure error={error} what="The readings" onRetry={retry} />
      ) : rows?.length === 0 ? (
        <StateMessage icon={IconListDetails} title="No readings in this time">
          Choose a longer time above.
        </StateMessage>
      ) : (
        <DataTable label={`Readings of ${name}`} columns={columns} rows={rows} rowId={({ ts }) => String(ts)} />
      )}
      <Pager page={page} pageSize={ROWS_PER_PAGE} total={Math.max(total ?? 0, page * ROWS_PER_PAGE + (rows?.length ?? 0))} onPage={setPage} />
      <ValueDialog shown={shown && { name, tsMs: shown.ts, value: shown.value }} onClose={() => setShown(undefined)} />
    </Card>
  );
}

function columnsWith(onShow: (reading: Reading) => void): ColumnDef<Reading>[] {
  return [
    {
      id: 'ts',
      header: 'Time',
      meta: { width: 250 },
      cell: ({ row: { original } }) => (
        <Text span size="sm" className="fl-numeric">
          <time dateTime={exactTime(original.ts).iso}>{exactTime(original.ts).text}</time>
        </Text>
      ),
    },
    {
      id: 'value',
      header: 'Value',
      cell: ({ row: { original } }) => <LongValue value={original.value} of={exactTime(original.ts).text} onShow={() => onShow(original)} />,
    },
  ];
}
