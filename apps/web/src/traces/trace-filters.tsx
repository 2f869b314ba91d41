import { Select, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import { EntitySelect } from '../entities/entity-select.js';
import { spans } from '../ui/time-span.js';
import styles from './trace-filters.module.css';
import { reasonChoices } from './trace-words.js';
import type { TraceList } from './use-trace-list.js';

/** Which traces are shown. */
export function TraceFilters({ found: { list, choices, change } }: { found: TraceList }) {
  const { device, chain, reason, isFailedOnly, span, from, to } = choices;
  // A link names them by their ids only.
  const chosenDevice = useQuery({ ...queries.device(device), enabled: device !== '' });
  const chosenChain = useQuery({ ...queries.ruleChain(chain), enabled: chain !== '' });
  return (
    <div className={styles.filters}>
      <TextInput
        label="Message type"
        placeholder="Part of it"
        leftSection={<IconSearch size={16} />}
        value={list.search}
        onChange={(event) => list.setSearch(event.currentTarget.value)}
      />
      <div>
        <EntitySelect
          kind="DEVICE"
          label="Device"
          placeholder="Any"
          isClearable
          value={device === '' ? null : device}
          {...(chosenDevice.data === undefined ? {} : { known: { value: device, label: chosenDevice.data.name } })}
          onChange={(next) => change({ device: next })}
        />
      </div>
      <div>
        <EntitySelect
          kind="RULE_CHAIN"
          label="Rule chain"
          placeholder="Any"
          isClearable
          value={chain === '' ? null : chain}
          {...(chosenChain.data === undefined ? {} : { known: { value: chain, label: chosenChain.data.name } })}
          onChange={(next) => change({ chain: next })}
        />
      </div>
      <Select
        label="Recorded as"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any reason' }}
        data={reasonChoices}
        value={reason === '' ? null : reason}
        onChange={(next) => change({ reason: next })}
      />
      <Select
        label="Time"
        placeholder="Any time"
        clearable
        clearButtonProps={{ 'aria-label': 'Any time' }}
        data={[...spans]}
        value={span === '' ? null : span}
        onChange={(next) => change({ span: next, from: null, to: null })}
      />
      {span === 'custom' && (
        <>
          <TextInput label="From" type="datetime-local" value={from} onChange={(event) => change({ from: event.currentTarget.value })} />
          <TextInput label="To" type="datetime-local" value={to} onChange={(event) => change({ to: event.currentTarget.value })} />
        </>
      )}
      <Switch
        className={styles.toggle ?? ''}
        label="Failed only"
        checked={isFailedOnly}
        onChange={(event) => change({ failed: event.currentTarget.checked ? '1' : null })}
      />
    </div>
  );
}
