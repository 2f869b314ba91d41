import { Alert } from '@mantine/core';
import type { JsonObject, JsonValue } from '../../api/wire.js';
import type { ChosenKind } from '../../entities/chosen-kinds.js';
import { JsonField } from './json-field.js';
import { ObjectFields } from './object-fields.js';
import { type Issue, type Schema, isForPeople, isObject, issuesOf, scriptMembersOf } from './schema.js';
import { ScriptField } from './script-field.js';

interface Props {
  readonly schema: Schema | undefined;
  readonly value: JsonValue;
  /** True where the node has settings besides these, so that none here are nothing to tell. */
  readonly hasOthers?: boolean;
  /** Called with the whole value and the setting that was changed. */
  readonly onChange: (value: JsonValue, field: string) => void;
}

/** What every field of a generated form gets. */
export interface FieldProps {
  readonly name: string;
  readonly schema: Schema;
  readonly root: Schema;
  readonly value: JsonValue | undefined;
  readonly issues: readonly Issue[];
  readonly path: readonly (string | number)[];
  /** Kind of the entity whose id the field holds, as another field of the same object says it. */
  readonly entityKind?: ChosenKind | undefined;
  readonly onChange: (value: JsonValue | undefined) => void;
}

/**
 * The form of a node's settings, generated from their JSON Schema. Our own rather than a form library: the usual
 * one compiles schemas with `new Function`, which the content security policy forbids, and scripts, lists and
 * mappings want fields of their own anyway.
 */
export function SettingsForm({ schema, value, hasOthers = false, onChange }: Props) {
  if (schema === undefined || !isObject(value)) {
    return (
      <JsonField
        label="Settings"
        description="This kind of node comes without a form."
        value={value}
        onChange={(next) => onChange(next, 'settings')}
      />
    );
  }
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const issues = issuesOf(value, schema);
  const script = scriptMembersOf(schema);
  const change = (field: string, changes: JsonObject) => onChange({ ...value, ...changes }, field);
  return (
    <>
      {!hasOthers && !Object.values(properties).some((property) => isObject(property) && isForPeople(property)) && (
        <Alert color="gray" p="xs">
          This node has no settings.
        </Alert>
      )}
      {script !== undefined && <ScriptField value={value} members={script} onChange={(changes) => change('script', changes)} />}
      <ObjectFields
        schema={schema}
        root={schema}
        value={value}
        issues={issues}
        path={[]}
        hidden={script === undefined ? [] : ['scriptLang', script.javascript, ...(script.tbel === undefined ? [] : [script.tbel])]}
        onChange={(next, field) => onChange(next, field)}
      />
    </>
  );
}
