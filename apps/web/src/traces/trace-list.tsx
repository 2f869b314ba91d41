import { Button } from '@mantine/core';
import { IconRoute2, IconZoomQuestion } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Card } from '../ui/card.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Pager } from '../ui/pager.js';
import { StateMessage } from '../ui/state-message.js';
import { columnsWith } from './trace-columns.js';
import { TraceFilters } from './trace-filters.js';
import { type TraceList as List, useTraceList } from './use-trace-list.js';

/** Filters and the table of traces. */
export function TraceList() {
  const found = useTraceList();
  const { list, traces, names } = found;
  const columns = useMemo(() => columnsWith(names ?? new Map()), [names]);
  return (
    <Card>
      <TraceFilters found={found} />
      {traces.isError && traces.data === undefined ? (
        <LoadFailure error={traces.error} what="Traces" onRetry={() => void traces.refetch()} />
      ) : traces.data?.totalElements === 0 ? (
        <NoTraces found={found} />
      ) : (
        <DataTable label="Traces" columns={columns} rows={traces.data?.data} rowId={({ id }) => id} />
      )}
      <Pager page={list.query.page} pageSize={list.query.pageSize} total={traces.data?.totalElements ?? 0} onPage={list.setPage} />
    </Card>
  );
}

/** Why nothing is listed. */
function NoTraces({ found: { isNarrowed, reset } }: { found: List }) {
  if (!isNarrowed) {
    return (
      <StateMessage icon={IconRoute2} title="No traces yet">
        The first message of each device in an hour is recorded, and every one that fails. Send a reading, and its path is here.
      </StateMessage>
    );
  }
  const button = (
    <Button variant="default" onClick={reset}>
      Reset filters
    </Button>
  );
  return (
    <StateMessage icon={IconZoomQuestion} title="No trace matches" actions={button}>
      Most messages that succeed are not recorded, and traces are removed after some days. Choose a longer time, or fewer filters.
    </StateMessage>
  );
}
