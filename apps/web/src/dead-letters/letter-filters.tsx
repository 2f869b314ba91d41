import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { spans } from '../ui/time-span.js';
import styles from './letter-filters.module.css';
import type { LetterList } from './use-letter-list.js';

/** Which dead letters are shown. */
export function LetterFilters({ letters: { list, counts, nameOf, choices, change } }: { letters: LetterList }) {
  const { chainId, span, from, to } = choices;
  // A chain that is chosen stays on offer when its last dead letter has gone.
  const offered = [...new Set([...(counts ?? []).flatMap(({ ruleChainId }) => ruleChainId ?? []), ...(chainId === '' ? [] : [chainId])])];
  const countOf = (id: string) => counts?.find(({ ruleChainId }) => ruleChainId === id)?.count ?? 0;
  return (
    <div className={styles.filters}>
      <TextInput
        className={styles.search ?? ''}
        label="Search"
        placeholder="Part of the error"
        leftSection={<IconSearch size={16} />}
        value={list.search}
        onChange={(event) => list.setSearch(event.currentTarget.value)}
      />
      <Select
        label="Rule chain"
        placeholder="Any"
        clearable
        searchable
        clearButtonProps={{ 'aria-label': 'Any rule chain' }}
        data={offered.map((id) => ({ value: id, label: `${nameOf(id)} (${countOf(id)})` }))}
        value={chainId === '' ? null : chainId}
        onChange={(next) => change({ chain: next })}
      />
      <CodeField value={choices.code} onChange={(code) => change({ code })} />
      <Select
        label="Failed"
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
    </div>
  );
}

/** Half a code finds nothing, so that it is asked for when the typing has stopped. */
function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const settle = useDebouncedCallback(onChange, 400);
  return (
    <TextInput
      label="Code"
      placeholder="Any"
      maxLength={255}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value.trim());
      }}
    />
  );
}
