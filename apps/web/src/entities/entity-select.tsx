import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { messageOf } from '../api/failures.js';
import { useSignedIn } from '../api/signed-in.js';
import type { ChosenKind } from './chosen-kinds.js';
import { type Choice, choicesOf } from './entity-kinds.js';

interface Props {
  readonly kind: ChosenKind;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly isClearable?: boolean;
  readonly isRequired?: boolean;
  /** As in the forms of rule nodes, where there is little room. */
  readonly size?: 'xs';
}

/** Chooses one entity by its name; the server searches. */
export function EntitySelect({
  value,
  known,
  onChange,
  ...props
}: Props & { value: string | null; known?: Choice; onChange: (id: string | null) => void }) {
  const { choices, search, setSearch, error } = useChoices(props.kind, value === null ? [] : [value], known);
  return (
    <Select
      {...shared(props, error)}
      data={choices}
      searchable
      clearable={props.isClearable === true}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
    />
  );
}

/** Chooses some. */
export function EntityMultiSelect({ value, onChange, ...props }: Props & { value: string[]; onChange: (ids: string[]) => void }) {
  const { choices, search, setSearch, error } = useChoices(props.kind, value);
  return (
    <MultiSelect
      {...shared(props, error)}
      data={choices}
      searchable
      hidePickedOptions
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      maxValues={50}
      // The frame of the whole field shows the focus.
      styles={{ inputField: { outline: 'none' } }}
    />
  );
}

function shared({ label, description, placeholder, error, isRequired, size }: Props, failure: unknown) {
  const shown = error ?? (failure === null ? undefined : messageOf(failure));
  return {
    label,
    ...(description === undefined ? {} : { description }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(size === undefined ? {} : { size }),
    withAsterisk: isRequired === true,
    error: shown,
    nothingFoundMessage: 'Nothing matches',
    maxDropdownHeight: 240,
  };
}

/** What the server offers for the search, and what is chosen already, which the search may not find. */
function useChoices(kind: ChosenKind, chosen: readonly string[], known?: Choice) {
  const asker = useSignedIn();
  const [search, setSearch] = useState('');
  const seen = useRef(new Map<string, Choice>());
  if (known !== undefined) seen.current.set(known.value, known);
  const chosenNames = chosen.map((id) => seen.current.get(id)?.label);
  // A choice writes its name into the search field, which is no wish to search for it.
  const [settled] = useDebouncedValue(chosenNames.includes(search) ? '' : search, 200);
  const offered = useQuery({
    queryKey: ['choices', kind, settled],
    queryFn: ({ signal }) => (asker === undefined ? [] : choicesOf(kind, settled, asker, signal)),
    placeholderData: keepPreviousData,
  });
  const found = offered.data ?? [];
  for (const choice of found) seen.current.set(choice.value, choice);
  const missing = chosen.flatMap((id) => (found.some(({ value }) => value === id) ? [] : (seen.current.get(id) ?? [])));
  return { choices: [...missing, ...found], search, setSearch, error: offered.error };
}
