import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The search field above a list. */
export function ListSearch({ label, placeholder, value, onChange }: Props) {
  return (
    <TextInput
      m="sm"
      leftSection={<IconSearch size={16} />}
      placeholder={placeholder}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      style={{ maxWidth: 360 }}
    />
  );
}
