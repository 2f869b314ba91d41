import { SegmentedControl } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { Pager } from '../ui/pager.js';
import { StateMessage } from '../ui/state-message.js';
import { AlarmTable } from './alarm-table.js';

const pageSize = 20;
const filters = [
  { value: 'ACTIVE', label: 'Active' },
  { value: 'CLEARED', label: 'Cleared' },
  { value: 'ANY', label: 'All' },
] as const;
type Filter = (typeof filters)[number]['value'];

/** Alarms of all devices, newest first. */
export function AlarmsPage() {
  const [searchStatus, setSearchStatus] = useState<Filter>('ACTIVE');
  const [page, setPage] = useState(0);
  const list = { page, pageSize, sortProperty: 'createdTime', sortOrder: 'DESC', searchStatus } as const;
  const alarms = useQuery({ ...queries.alarms(list), placeholderData: keepPreviousData, refetchInterval: 5_000 });
  const total = alarms.data?.totalElements;
  return (
    <Page>
      <PageHeader title="Alarms" summary="Raised and cleared by rule chains." />
      <Card>
        <div style={{ padding: 12 }}>
          <SegmentedControl
            size="xs"
            data={[...filters]}
            value={searchStatus}
            onChange={(value) => {
              setSearchStatus(value);
              setPage(0);
            }}
            aria-label="Which alarms"
          />
        </div>
        {alarms.isError && alarms.data === undefined ? (
          <LoadFailure error={alarms.error} what="Alarms" onRetry={() => void alarms.refetch()} />
        ) : total === 0 ? (
          <StateMessage icon={IconBellCheck} title={searchStatus === 'ACTIVE' ? 'No active alarms' : 'No alarms'}>
            A rule chain raises one with the node “create alarm”.
          </StateMessage>
        ) : (
          <AlarmTable alarms={alarms.data?.data} showsOriginator />
        )}
        <Pager page={page} pageSize={pageSize} total={total ?? 0} onPage={setPage} />
      </Card>
    </Page>
  );
}
