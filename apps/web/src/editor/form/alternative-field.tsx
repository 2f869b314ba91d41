import { Fieldset, Select } from '@mantine/core';
import type { JsonObject } from '../../api/wire.js';
import { JsonField } from './json-field.js';
import { frameOf } from './field.js';
import { ObjectFields } from './object-fields.js';
import { type Schema, alternativesOf, isNamedBy, isObject, labelOf, optionLabel, resolve } from './schema.js';
import type { FieldProps } from './settings-form.js';

/** A setting that comes in several forms, told apart by a constant such as `type`: choose the form, then fill it. */
export function AlternativeField(props: FieldProps) {
  const { schema, root, value, issues, path, onChange } = props;
  const forms = (alternativesOf(schema) ?? []).flatMap((alternative) => {
    const resolved = resolve(alternative, root);
    const name = resolved && nameOf(resolved);
    return resolved === undefined || name === undefined ? [] : [{ name, schema: resolved }];
  });
  const frame = frameOf(props);
  if (forms.length === 0) return <JsonField {...frame} value={value ?? null} onChange={onChange} />;
  const current = forms.find((form) => isNamedBy(value, form.schema));
  const member = current?.name.member ?? forms[0]?.name.member ?? 'type';
  return (
    <Fieldset legend={labelOf(props.name, schema)} p="sm">
      <Select
        size="xs"
        aria-label={frame.label}
        description={frame.description}
        error={current === undefined ? frame.error : undefined}
        allowDeselect={false}
        data={forms.map(({ name }) => ({ value: name.constant, label: optionLabel(name.constant) }))}
        value={current?.name.constant ?? null}
        onChange={(constant) => {
          const form = forms.find(({ name }) => name.constant === constant);
          if (form !== undefined) onChange({ ...defaultsOf(form.schema), [member]: form.name.constant });
        }}
      />
      {current !== undefined && isObject(value) && hasOthers(current.schema, member) && (
        <div style={{ marginTop: 12 }}>
          <ObjectFields
            schema={current.schema}
            root={root}
            value={value}
            issues={issues}
            path={path}
            hidden={[member]}
            onChange={(next) => onChange(next)}
          />
        </div>
      )}
    </Fieldset>
  );
}

function hasOthers(schema: Schema, member: string): boolean {
  return isObject(schema['properties']) && Object.keys(schema['properties']).some((name) => name !== member);
}

/** The member and constant by which an alternative names itself. */
function nameOf(schema: Schema): { member: string; constant: string } | undefined {
  if (!isObject(schema['properties'])) return undefined;
  for (const [member, property] of Object.entries(schema['properties'])) {
    if (isObject(property) && typeof property['const'] === 'string') return { member, constant: property['const'] };
  }
  return undefined;
}

/** A first value for each member that has a default or an obvious start. */
export function defaultsOf(schema: Schema): JsonObject {
  const defaults: JsonObject = {};
  if (!isObject(schema['properties'])) return defaults;
  for (const [name, property] of Object.entries(schema['properties'])) {
    if (!isObject(property)) continue;
    if (property['default'] !== undefined) defaults[name] = property['default'];
    else if (property['const'] !== undefined) defaults[name] = property['const'];
    else if (Array.isArray(property['enum']) && property['enum'][0] !== undefined) defaults[name] = property['enum'][0];
    else if (property['type'] === 'array') defaults[name] = [];
    else if (property['type'] === 'string') defaults[name] = '';
    else if (property['type'] === 'boolean') defaults[name] = false;
    else if (property['type'] === 'object') defaults[name] = defaultsOf(property);
  }
  return defaults;
}
