import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.js';
import { frameOf } from './field.js';
import type { FieldProps } from './settings-form.js';

/** Another rule chain, chosen by name. One that no longer exists stays visible by its id. */
export function RuleChainField(props: FieldProps) {
  const { value, onChange } = props;
  const chains = useQuery(queries.ruleChains({ page: 0, pageSize: 100, sortProperty: 'name' }));
  const options = (chains.data?.data ?? []).map((chain) => ({ value: chain.id.id, label: chain.name }));
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  const isGone = chosen !== null && chains.data !== undefined && !options.some((option) => option.value === chosen);
  const frame = frameOf(props);
  return (
    <Select
      {...frame}
      label="Rule chain"
      error={isGone ? 'This rule chain does not exist any more. Choose another.' : frame.error}
      searchable
      data={isGone && chosen !== null ? [...options, { value: chosen, label: chosen }] : options}
      value={chosen}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
