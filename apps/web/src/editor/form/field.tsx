import { Fieldset, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput, Textarea } from '@mantine/core';
import type { JsonValue } from '../../api/wire.js';
import { AlternativeField } from './alternative-field.js';
import { EntityIdField } from './entity-id-field.js';
import { JsonField } from './json-field.js';
import { ListField } from './list-field.js';
import { MappingField } from './mapping-field.js';
import { ObjectFields } from './object-fields.js';
import { RuleChainField } from './rule-chain-field.js';
import { alternativesOf, isObject, isSecret, labelOf, optionLabel, resolve, withoutNull } from './schema.js';
import { SecretInput } from './secret-input.js';
import type { FieldProps } from './settings-form.js';

/** Members that hold longer text, whatever their schema says of their length. */
const longTextMembers = /template|pattern|script|body|description|definition|certificate|privateKey|caCert/i;

/** The field that fits a schema; plain JSON where none does. */
export function Field(props: FieldProps) {
  const schema = resolve(props.schema, props.root);
  if (schema === undefined) return <Json {...props} />;
  const nullable = withoutNull(schema);
  if (nullable !== undefined) return <Field {...props} schema={nullable} />;
  const resolved = { ...props, schema };
  if (props.name === 'ruleChainId') return <RuleChainField {...resolved} />;
  if (props.entityKind !== undefined) return <EntityIdField {...resolved} kind={props.entityKind} />;
  if (alternativesOf(schema) !== undefined) return <AlternativeField {...resolved} />;
  if (Array.isArray(schema['enum'])) return <Options {...resolved} options={schema['enum']} />;
  if ('const' in schema) return null;
  if (schema['type'] === 'boolean') return <YesNo {...resolved} />;
  if (schema['type'] === 'integer' || schema['type'] === 'number') return <Numeric {...resolved} />;
  if (schema['type'] === 'string') return <Words {...resolved} />;
  if (schema['type'] === 'array') return <Several {...resolved} />;
  if (schema['type'] === 'object') return <Group {...resolved} />;
  return <Json {...resolved} />;
}

function Words(props: FieldProps) {
  const { schema, value, name, onChange } = props;
  const isLong = longTextMembers.test(name) || (typeof value === 'string' && value.includes('\n'));
  const common = { ...frameOf(props), value: typeof value === 'string' ? value : '' };
  const change = (text: string) => onChange(text);
  if (isSecret(schema)) return <SecretInput {...common} isLong={isLong} onChange={change} />;
  if (isLong) return <Textarea {...common} autosize minRows={1} maxRows={10} onChange={(event) => change(event.currentTarget.value)} />;
  return (
    <TextInput
      {...common}
      {...(typeof schema['default'] === 'string' ? { placeholder: schema['default'] } : {})}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Numeric(props: FieldProps) {
  const { schema, value, onChange } = props;
  const bounds = {
    ...(typeof schema['minimum'] === 'number' && Math.abs(schema['minimum']) < Number.MAX_SAFE_INTEGER ? { min: schema['minimum'] } : {}),
    ...(typeof schema['maximum'] === 'number' && schema['maximum'] < Number.MAX_SAFE_INTEGER ? { max: schema['maximum'] } : {}),
  };
  return (
    <NumberInput
      {...frameOf(props)}
      {...bounds}
      clampBehavior="none"
      allowDecimal={schema['type'] === 'number'}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}

function YesNo(props: FieldProps) {
  const { label, description, error } = frameOf(props);
  const { value, schema, onChange } = props;
  const isOn = typeof value === 'boolean' ? value : schema['default'] === true;
  return (
    <Switch
      label={label}
      description={description}
      error={error}
      size="sm"
      checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function Options(props: FieldProps & { readonly options: readonly JsonValue[] }) {
  const { options, value, onChange } = props;
  const byText = new Map(options.map((option) => [JSON.stringify(option), option]));
  return (
    <Select
      {...frameOf(props)}
      data={[...byText].map(([text, option]) => ({ value: text, label: optionLabel(option) }))}
      searchable={options.length > 8}
      clearable={!props.issues.length && value !== undefined && props.schema['default'] === undefined && isOptional(props)}
      value={value === undefined || value === null ? null : JSON.stringify(value)}
      onChange={(text) => onChange(text === null ? undefined : byText.get(text))}
    />
  );
}

function Several(props: FieldProps) {
  const { schema, value, root, onChange } = props;
  const items = isObject(schema['items']) ? resolve(schema['items'], root) : undefined;
  const list = Array.isArray(value) ? value : [];
  if (Array.isArray(items?.['enum'])) {
    const options = items['enum'].filter((option) => typeof option === 'string');
    const texts = list.filter((entry) => typeof entry === 'string');
    const data = options.map((option) => ({ value: option, label: optionLabel(option) }));
    return <MultiSelect {...frameOf(props)} data={data} searchable value={texts} onChange={(next) => onChange(next)} />;
  }
  if (items?.['type'] === 'string') {
    const texts = list.filter((entry) => typeof entry === 'string');
    return (
      <TagsInput
        {...frameOf(props)}
        placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
        value={texts}
        onChange={(next) => onChange(next)}
      />
    );
  }
  return items === undefined ? <Json {...props} /> : <ListField {...props} items={items} />;
}

function Group(props: FieldProps) {
  const { schema, value, root, issues, path, onChange } = props;
  const object = isObject(value) ? value : {};
  if (isObject(schema['properties'])) {
    return (
      <Fieldset legend={labelOf(props.name, schema)} p="sm">
        <ObjectFields schema={schema} root={root} value={object} issues={issues} path={path} onChange={(next) => onChange(next)} />
      </Fieldset>
    );
  }
  const values = isObject(schema['additionalProperties']) ? resolve(schema['additionalProperties'], root) : undefined;
  if (values?.['type'] === 'string') return <MappingField {...props} />;
  return <Json {...props} />;
}

function Json(props: FieldProps) {
  const { label, description, error } = frameOf(props);
  return <JsonField label={label} description={description} error={error} value={props.value ?? null} onChange={(next) => props.onChange(next)} />;
}

/** Label, help and complaint, the same for every field. */
export function frameOf({ name, schema, issues, path }: FieldProps) {
  const own = issues.find((issue) => issue.path.length === path.length) ?? issues[0];
  const label = labelOf(name, schema);
  return {
    label,
    description: typeof schema['description'] === 'string' ? schema['description'] : undefined,
    error: own === undefined ? undefined : `${label} ${own.message}`,
    size: 'xs' as const,
  };
}

function isOptional({ root, name, path }: FieldProps): boolean {
  const required = path.length === 1 ? root['required'] : undefined;
  return !(Array.isArray(required) && required.includes(name));
}
