import { Stack } from '@mantine/core';
import type { JsonObject } from '../../api/wire.js';
import { Field } from './field.js';
import { entityKindOf } from './entity-kind-of.js';
import { type Issue, type Schema, isForPeople, isObject } from './schema.js';

interface Props {
  readonly schema: Schema;
  readonly root: Schema;
  readonly value: JsonObject;
  readonly issues: readonly Issue[];
  readonly path: readonly (string | number)[];
  readonly hidden?: readonly string[];
  readonly onChange: (value: JsonObject, field: string) => void;
}

/** One field per member of an object, in the order of its schema. */
export function ObjectFields({ schema, root, value, issues, path, hidden = [], onChange }: Props) {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return (
    <Stack gap="sm">
      {Object.entries(properties).map(([name, property]) =>
        hidden.includes(name) || !isObject(property) || !isForPeople(property) ? null : (
          <Field
            key={name}
            name={name}
            schema={property}
            root={root}
            value={value[name]}
            issues={issues.filter((issue) => issue.path[path.length] === name)}
            path={[...path, name]}
            entityKind={entityKindOf(name, value)}
            onChange={(next) => {
              const { [name]: _before, ...others } = value;
              onChange(next === undefined ? others : { ...value, [name]: next }, name);
            }}
          />
        ),
      )}
    </Stack>
  );
}
