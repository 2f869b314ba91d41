import { Button, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { EntitySelect } from '../entities/entity-select.js';
import styles from './audit-filters.module.css';
import { actionChoices } from './audit-words.js';
import { spans } from '../ui/time-span.js';
import type { useAuditFilter } from './use-audit-filter.js';

type Props = Omit<ReturnType<typeof useAuditFilter>, 'filter'>;

/** Which records of the audit log are shown. */
export function AuditFilters({ span, action, userId, entity, from, to, change }: Props) {
  return (
    <div className={styles.filters}>
      <Select
        label="Time"
        allowDeselect={false}
        data={[...spans]}
        value={span}
        onChange={(next) => change({ span: next === '168' ? null : next, from: null, to: null })}
      />
      {span === 'custom' && (
        <>
          <TextInput label="From" type="datetime-local" value={from} onChange={(event) => change({ from: event.currentTarget.value })} />
          <TextInput label="To" type="datetime-local" value={to} onChange={(event) => change({ to: event.currentTarget.value })} />
        </>
      )}
      <Select
        label="Action"
        placeholder="Any"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any action' }}
        data={actionChoices}
        value={action === '' ? null : action}
        onChange={(next) => change({ action: next })}
      />
      {entity === '' ? (
        <div className={styles.wide}>
          <EntitySelect
            kind="USER"
            label="User"
            placeholder="Anybody"
            isClearable
            value={userId === '' ? null : userId}
            onChange={(next) => change({ user: next })}
          />
        </div>
      ) : (
        <Button variant="default" rightSection={<IconX size={14} />} onClick={() => change({ entity: null })}>
          One {entity.split(':')[0]?.toLowerCase()} only
        </Button>
      )}
    </div>
  );
}
