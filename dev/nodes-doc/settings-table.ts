import { cell, codeBlock, codeSpan } from './markdown.js';
import { alternatives, isMap, type Schema, schemaWords } from './schema-words.js';

/** Beyond it a value does not fit into a table and gets a block of its own. */
const CHARACTERS_IN_CELL_MAX = 60;

interface Row {
  readonly key: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  /** What a node has that is freshly dropped on the canvas; undefined where it has nothing there. */
  readonly preset: unknown;
  /** True where the value of what it is in is shown as a whole. */
  readonly isShownAbove: boolean;
  /** The forms of the object around it that have this member, where not all do. */
  readonly onlyWith?: readonly string[] | undefined;
}

/** The settings as a table, what is nested in them by its path, and long values of a fresh node below it. */
export function settingsSection(schema: Schema, defaults: unknown): string {
  const rows = rowsOf(schema, defaults, '', false);
  if (rows.length === 0) return 'The node has no settings.\n';
  const table = rows.map((row) => {
    const { key, schema: setting } = row;
    const name = setting.title === undefined ? `\`${key}\`` : `${cell(setting.title)}<br>\`${key}\``;
    const meaning = meaningOf(row);
    return `| ${name} | ${cell(schemaWords(setting))} | ${presetCell(row)} | ${cell(meaning)} |`;
  });
  const long = rows
    .filter((row) => isLong(row.preset) && !row.isShownAbove)
    .map(({ key, preset }) => `\nA new node has as \`${key}\`:\n\n${block(preset).trimEnd()}`);
  return ['| setting | type | new node | meaning |', '|---|---|---|---|', ...table, ...long].join('\n') + '\n';
}

function meaningOf({ key, schema, onlyWith = [] }: Row): string {
  const forms = onlyWith.map((form) => `\`${form}\``).join(' and ');
  const own = schema.description ?? (key.endsWith('.type') ? 'Which form it has.' : '');
  return [forms === '' ? '' : `With ${forms}.`, own, schema.secret === true ? 'Kept secret: never shown again.' : '']
    .filter((text) => text !== '')
    .join(' ');
}

function rowsOf(schema: Schema, defaults: unknown, path: string, isShownAbove: boolean): readonly Row[] {
  const entries = Object.entries(schema.properties ?? {}).filter(([, setting]) => setting.hidden !== true);
  return entries.flatMap(([name, setting]) => {
    const key = `${path}${name}`;
    const preset = memberOf(defaults, name) ?? setting.default;
    const row = { key, schema: setting, preset, isRequired: schema.required?.includes(name) === true, isShownAbove };
    return [row, ...nested(setting, preset, key, isShownAbove || isLong(preset))];
  });
}

/** Members of an object, of the objects of a list, and of each form that a value may have. */
function nested(schema: Schema, preset: unknown, key: string, isShownAbove: boolean): readonly Row[] {
  const forms = alternatives(schema);
  const perForm = forms.map((form) => {
    if (form.type === 'array' && form.items !== undefined) return nested(form.items, undefined, `${key}[]`, isShownAbove);
    const rows = form.type === 'object' && !isMap(form) ? rowsOf(form, preset, `${key}.`, isShownAbove) : [];
    const name = form.properties?.['type']?.const;
    return rows.map((row) => ({ ...row, onlyWith: row.onlyWith ?? (typeof name === 'string' ? [name] : undefined) }));
  });
  return merged(perForm.flat(), forms.length);
}

/** One row for a member that several forms have: with the types of all of them. What one form lacks is not required. */
function merged(rows: readonly Row[], formCount: number): readonly Row[] {
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return [...byKey.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || formCount === 1) return alike;
    const { title, description } = first.schema;
    const anyOf = alike.flatMap(({ schema }) => schema.anyOf ?? [schema]);
    const secret = alike.some((row) => row.schema.secret === true);
    const schema = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }), secret, anyOf };
    const isInAll = alike.length === formCount;
    const onlyWith = isInAll ? undefined : [...new Set(alike.flatMap((row) => row.onlyWith ?? []))];
    return [{ ...first, schema, isRequired: isInAll && alike.every(({ isRequired }) => isRequired), onlyWith }];
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

const isLong = (preset: unknown): boolean =>
  preset !== undefined && (printed(preset).length > CHARACTERS_IN_CELL_MAX || printed(preset).includes('\n'));

function presetCell({ preset, isRequired, isShownAbove }: Row): string {
  if (preset === undefined || preset === null) return isRequired ? 'none, required' : '';
  if (isLong(preset)) return isShownAbove ? '' : 'see below';
  return preset === '' ? 'empty' : preset === true ? 'yes' : preset === false ? 'no' : cell(codeSpan(printed(preset)));
}

const printed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function block(preset: unknown): string {
  return typeof preset === 'string' ? codeBlock(preset, '') : codeBlock(JSON.stringify(preset, null, 2), 'json');
}
