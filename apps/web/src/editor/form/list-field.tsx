import { ActionIcon, Button, Fieldset, Group, Input, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { defaultsOf } from './alternative-field.js';
import { Field, frameOf } from './field.js';
import { type Schema, labelOf } from './schema.js';
import type { FieldProps } from './settings-form.js';

/** A list of values that are more than words: each with its own fields. */
export function ListField({ items, ...props }: FieldProps & { readonly items: Schema }) {
  const { value, root, issues, path, onChange } = props;
  const list = Array.isArray(value) ? value : [];
  const { label, description, error } = frameOf(props);
  const first = items['type'] === 'object' ? defaultsOf(items) : (items['default'] ?? null);
  return (
    <Input.Wrapper label={label} description={description} error={error} size="xs">
      <Stack gap="xs" mt={6}>
        {list.map((entry, place) => (
          <Fieldset key={place} p="xs">
            <Group justify="flex-end" mb={-24}>
              <ActionIcon
                size="sm"
                aria-label={`Remove entry ${place + 1} of ${label}`}
                onClick={() => onChange(list.filter((_, other) => other !== place))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
            <Field
              name={`${labelOf(props.name, props.schema)} ${place + 1}`}
              schema={items}
              root={root}
              value={entry}
              issues={issues.filter((issue) => issue.path[path.length] === place)}
              path={[...path, place]}
              onChange={(next) => onChange(list.map((other, index) => (index === place ? (next ?? null) : other)))}
            />
          </Fieldset>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...list, first])}
          style={{ alignSelf: 'start' }}
        >
          Add
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
