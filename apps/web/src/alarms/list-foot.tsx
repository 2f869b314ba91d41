import { ActionIcon, Button, Group, Kbd, Text, Tooltip } from '@mantine/core';
import { IconClockPause, IconKeyboard } from '@tabler/icons-react';

import styles from './list-foot.module.css';
import { alarmCount } from './run-on-each.js';
import type { AlarmList } from './use-alarm-list.js';

const keys = [
  { key: '↑ ↓', does: 'go from alarm to alarm' },
  { key: 'Enter', does: 'opens the alarm' },
  { key: 'X', does: 'selects it' },
  { key: 'A', does: 'acknowledges it, or all selected' },
  { key: 'C', does: 'clears it, or all selected' },
];

/** What the list leaves out, when it was looked up if that is long ago, and the keys it knows. */
export function ListFoot({ list }: { list: AlarmList }) {
  const { hiddenCount, alarms, rows } = list;
  const isStale = alarms.isRefetchError && alarms.data !== undefined;
  if (!isStale && (rows === undefined || rows.length === 0)) return null;
  return (
    <div className={styles.root} data-says={isStale || hiddenCount > 0 ? '' : undefined}>
      <Group gap="xs" style={{ flex: 1 }}>
        {isStale && (
          <Text size="xs" c="var(--fl-warning)" role="status">
            As of {new Date(alarms.dataUpdatedAt).toLocaleTimeString()}: what came after could not be loaded.
          </Text>
        )}
        {hiddenCount > 0 && (
          <>
            <IconClockPause size={16} aria-hidden color="var(--fl-text-dim)" />
            <Text size="xs" c="dimmed">
              {alarmCount(hiddenCount)} shelved and not shown{alarms.data?.totalPages === 1 ? '' : ' on this page'}
            </Text>
            <Button variant="subtle" size="compact-sm" onClick={() => list.choose({ showsShelved: true })}>
              Show shelved
            </Button>
          </>
        )}
      </Group>
      <Tooltip multiline label={<KeyList />} openDelay={0} position="top-end">
        <ActionIcon className={styles.keys ?? ''} aria-label={`Keys: ${keys.map(({ key, does }) => `${key} ${does}`).join(', ')}`}>
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function KeyList() {
  return (
    <div className={styles.keyList}>
      {keys.map(({ key, does }) => (
        <span key={key}>
          <Kbd size="xs">{key}</Kbd> {does}
        </span>
      ))}
    </div>
  );
}
