import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { frameOf } from './field.js';
import { isObject, isSecret } from './schema.js';
import { SecretInput, type SecretInputProps } from './secret-input.js';
import type { FieldProps } from './settings-form.js';

/** Pairs of texts. A row may be half typed: it counts once its left side has a name that no other row has. */
export function MappingField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const { label, description, error } = frameOf(props);
  const [rows, setRows] = useState<readonly (readonly [string, string])[]>(() => pairsOf(value));
  const shown = sameMapping(rows, value) ? rows : pairsOf(value);
  const change = (next: readonly (readonly [string, string])[]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(([name]) => name !== '')));
  };
  const put = (place: number, row: readonly [string, string]) => change(shown.map((other, index) => (index === place ? row : other)));
  return (
    <Input.Wrapper label={label} description={description} error={error} size="xs">
      <Stack gap={6} mt={6}>
        {shown.map(([name, target], place) => (
          <Group key={place} gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              aria-label={`${label}, from, row ${place + 1}`}
              value={name}
              onChange={(event) => put(place, [event.currentTarget.value, target])}
            />
            <IconArrowRight size={14} color="var(--fl-text-dim)" aria-label="becomes" />
            <Target
              size="xs"
              flex={1}
              aria-label={`${label}, to, row ${place + 1}`}
              value={target}
              isSecret={isSecret(schema, name)}
              onChange={(text) => put(place, [name, text])}
            />
            <ActionIcon
              size="sm"
              aria-label={`Remove row ${place + 1} of ${label}`}
              onClick={() => change(shown.filter((_, index) => index !== place))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} />}
          onClick={() => setRows([...shown, ['', '']])}
          style={{ alignSelf: 'start' }}
        >
          Add
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function Target({ isSecret: isHidden, onChange, ...input }: { readonly isSecret: boolean } & SecretInputProps) {
  return isHidden ? (
    <SecretInput {...input} onChange={onChange} />
  ) : (
    <TextInput {...input} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

function pairsOf(value: FieldProps['value']): [string, string][] {
  return isObject(value) ? Object.entries(value).map(([name, target]) => [name, typeof target === 'string' ? target : JSON.stringify(target)]) : [];
}

/** True while the rows stand for the value, half typed ones aside; false after an undo or a change from elsewhere. */
function sameMapping(rows: readonly (readonly [string, string])[], value: FieldProps['value']): boolean {
  const named = Object.fromEntries(rows.filter(([name]) => name !== ''));
  return JSON.stringify(named) === JSON.stringify(Object.fromEntries(pairsOf(value)));
}
