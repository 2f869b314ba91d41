import { IconBellCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AlarmTable } from '../alarms/alarm-table.js';
import { queries } from '../api/queries.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Pager } from '../ui/pager.js';
import { StateMessage } from '../ui/state-message.js';

const pageSize = 20;

/** Alarms of one device, newest first, looked up again every few seconds while the page is open. */
export function AlarmsSection({ deviceId }: { deviceId: string }) {
  const [page, setPage] = useState(0);
  const list = { page, pageSize, sortProperty: 'createdTime', sortOrder: 'DESC' } as const;
  const alarms = useQuery({ ...queries.deviceAlarms(deviceId, list), refetchInterval: 5_000 });
  return (
    <Card>
      {alarms.isError && alarms.data === undefined ? (
        <LoadFailure error={alarms.error} what="Alarms" onRetry={() => void alarms.refetch()} />
      ) : alarms.data?.totalElements === 0 ? (
        <StateMessage icon={IconBellCheck} title="No alarms">
          A rule chain raises one with the node “create alarm”.
        </StateMessage>
      ) : (
        <AlarmTable alarms={alarms.data?.data} showsOriginator={false} />
      )}
      <Pager page={page} pageSize={pageSize} total={alarms.data?.totalElements ?? 0} onPage={setPage} />
    </Card>
  );
}
