import { Drawer, Text } from '@mantine/core';
import { IconBellOff, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasStatus } from '../api/failures.js';
import { ALARM_REFRESH_MS, alarmQueries } from '../api/alarm-queries.js';
import type { AlarmInfo } from '../api/wire.js';
import { LoadFailure } from '../ui/load-failure.js';
import { PageLoading } from '../ui/page-loading.js';
import { StateMessage } from '../ui/state-message.js';
import { AlarmActions } from './alarm-actions.js';
import { AlarmActivity } from './alarm-activity.js';
import { AlarmDetails } from './alarm-details.js';
import styles from './alarm-drawer.module.css';
import { AlarmFacts } from './alarm-facts.js';

interface Props {
  /** Undefined while it is closed. */
  readonly alarmId: string | undefined;
  readonly onClose: () => void;
}

/** One alarm with everything about it, beside the list it was opened from. */
export function AlarmDrawer({ alarmId, onClose }: Props) {
  // A dialog over the drawer takes the Escape key for itself.
  const [hasDialog, setHasDialog] = useState(false);
  // What was shown stays while the drawer slides out.
  const [lastId, setLastId] = useState(alarmId);
  if (alarmId !== undefined && alarmId !== lastId) setLastId(alarmId);
  const alarm = useQuery({
    ...alarmQueries.one(lastId ?? ''),
    enabled: alarmId !== undefined,
    // What is gone does not come back.
    refetchInterval: ({ state }) => (hasStatus(state.error, 400, 403, 404) ? false : ALARM_REFRESH_MS),
  });
  return (
    <Drawer
      opened={alarmId !== undefined}
      onClose={onClose}
      position="right"
      size={560}
      closeOnEscape={!hasDialog}
      title={
        <Text size="lg" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {alarm.data?.type ?? 'Alarm'}
        </Text>
      }
    >
      {hasStatus(alarm.error, 400, 404) ? (
        <StateMessage icon={IconBellOff} title="This alarm is gone">
          It was deleted, or the address is not complete.
        </StateMessage>
      ) : hasStatus(alarm.error, 403) ? (
        <StateMessage icon={IconLock} title="You may not see this alarm">
          It belongs to somebody else. Ask an administrator of your organisation.
        </StateMessage>
      ) : alarm.isError && alarm.data === undefined ? (
        <LoadFailure error={alarm.error} what="The alarm" onRetry={() => void alarm.refetch()} />
      ) : alarm.data === undefined ? (
        <PageLoading />
      ) : (
        <AlarmView key={alarm.data.id.id} alarm={alarm.data} onDialog={setHasDialog} onDeleted={onClose} />
      )}
    </Drawer>
  );
}

interface ViewProps {
  readonly alarm: AlarmInfo;
  readonly onDialog: (isOpen: boolean) => void;
  readonly onDeleted: () => void;
}

function AlarmView({ alarm, onDialog, onDeleted }: ViewProps) {
  return (
    <div className={styles.view}>
      <AlarmActions alarm={alarm} onDialog={onDialog} onDeleted={onDeleted} />
      <AlarmFacts alarm={alarm} />
      <AlarmDetails details={alarm.details} />
      <AlarmActivity alarmId={alarm.id.id} onDialog={onDialog} />
    </div>
  );
}
