import { SECRET_MISSING, SECRET_SET } from '@fieldline/model';
import type { JsonObject, JsonValue } from '../../api/wire.js';

/** The part of JSON Schema that node settings use (what zod writes for their declarations). */
export type Schema = JsonObject;

export interface Issue {
  /** Members and places that lead to the value, such as `["filters", 0, "type"]`. */
  readonly path: readonly (string | number)[];
  /** What is wrong, to be read after the name of the setting. */
  readonly message: string;
}

/** Follows a reference inside the same schema; undefined where it leads nowhere. */
export function resolve(schema: Schema, root: Schema): Schema | undefined {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  if (reference === '#') return root;
  let place: JsonValue | undefined = root;
  for (const member of reference.replace(/^#\//, '').split('/')) place = isObject(place) ? place[member] : undefined;
  return isObject(place) ? place : undefined;
}

/** The alternatives of a schema that has some. */
export function alternativesOf(schema: Schema): readonly Schema[] | undefined {
  const list = schema['oneOf'] ?? schema['anyOf'];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

/** What a schema says of a setting whatever form its value has. */
const ownWords = new Set(['title', 'description', 'secret', 'secretExcept']);

/** What a schema allows besides null, under its own words; undefined where it does not allow null, or several other forms. */
export function withoutNull(schema: Schema): Schema | undefined {
  const { type } = schema;
  const words = Object.fromEntries(Object.entries(schema).filter(([name]) => ownWords.has(name)));
  if (Array.isArray(type)) {
    const [only, ...more] = type.filter((one) => one !== 'null');
    return only === undefined || more.length > 0 ? undefined : { ...schema, type: only };
  }
  const [only, ...more] = alternativesOf(schema)?.filter((alternative) => alternative['type'] !== 'null') ?? [];
  return only === undefined || more.length > 0 ? undefined : { ...only, ...words };
}

/** Everything that keeps a value from fitting a schema. Unknown keywords are passed over: the server has the last word. */
export function issuesOf(value: JsonValue | undefined, schema: Schema, root: Schema = schema, path: Issue['path'] = []): Issue[] {
  const resolved = resolve(schema, root);
  if (resolved === undefined || value === SECRET_SET) return [];
  if (value === SECRET_MISSING) return [{ path, message: 'must be set: copies and files have no secrets.' }];
  const alternatives = alternativesOf(resolved);
  if (alternatives !== undefined) return alternativeIssues(value, alternatives, root, path);
  if (value === undefined) return [{ path, message: 'is missing.' }];
  if ('const' in resolved) return resolved['const'] === value ? [] : [{ path, message: `must be ${JSON.stringify(resolved['const'])}.` }];
  const options = resolved['enum'];
  if (Array.isArray(options))
    return options.includes(value)
      ? []
      : [{ path, message: `must be one of ${options.map((option) => (typeof option === 'string' ? option : JSON.stringify(option))).join(', ')}.` }];
  const type = resolved['type'];
  if (type !== undefined && !hasType(value, type)) return [{ path, message: `must be ${typeName(type)}.` }];
  if (typeof value === 'string') return textIssues(value, resolved, path);
  if (typeof value === 'number') return numberIssues(value, resolved, path);
  if (Array.isArray(value)) return listIssues(value, resolved, root, path);
  return isObject(value) ? objectIssues(value, resolved, root, path) : [];
}

/** Where an alternative names itself by a constant that fits, its issues are told; otherwise those of the closest one. */
function alternativeIssues(value: JsonValue | undefined, alternatives: readonly Schema[], root: Schema, path: Issue['path']): Issue[] {
  const each = alternatives.map((alternative) => issuesOf(value, alternative, root, path));
  const named = alternatives.findIndex((alternative) => isNamedBy(value, alternative));
  return each[named] ?? each.reduce((best, issues) => (issues.length < best.length ? issues : best), each[0] ?? []);
}

/** True where the value is an object that carries every constant of the alternative, such as its `type`. */
export function isNamedBy(value: JsonValue | undefined, alternative: Schema): boolean {
  const properties = alternative['properties'];
  if (!isObject(properties) || !isObject(value)) return false;
  const constants = Object.entries(properties).filter(([, property]) => isObject(property) && 'const' in property);
  return constants.length > 0 && constants.every(([name, property]) => isObject(property) && property['const'] === value[name]);
}

function textIssues(value: string, schema: Schema, path: Issue['path']): Issue[] {
  const { minLength, maxLength, pattern } = schema;
  if (typeof minLength === 'number' && value.length < minLength) {
    return [{ path, message: value === '' ? 'must not be empty.' : `needs at least ${minLength} characters.` }];
  }
  if (typeof maxLength === 'number' && value.length > maxLength) return [{ path, message: `may have at most ${maxLength} characters.` }];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) return [{ path, message: 'does not have the expected form.' }];
  return [];
}

function numberIssues(value: number, schema: Schema, path: Issue['path']): Issue[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number' && value < minimum) return [{ path, message: `is ${value}; it must be at least ${minimum}.` }];
  if (typeof maximum === 'number' && value > maximum) return [{ path, message: `is ${value}; it must be at most ${maximum}.` }];
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return [{ path, message: `must be more than ${exclusiveMinimum}.` }];
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return [{ path, message: `must be less than ${exclusiveMaximum}.` }];
  return [];
}

function listIssues(value: readonly JsonValue[], schema: Schema, root: Schema, path: Issue['path']): Issue[] {
  const { minItems, maxItems, items } = schema;
  const issues: Issue[] = [];
  if (typeof minItems === 'number' && value.length < minItems)
    issues.push({ path, message: minItems === 1 ? 'must not be empty.' : `needs at least ${minItems} entries.` });
  if (typeof maxItems === 'number' && value.length > maxItems) issues.push({ path, message: `may have at most ${maxItems} entries.` });
  if (isObject(items)) value.forEach((item, place) => issues.push(...issuesOf(item, items, root, [...path, place])));
  return issues;
}

function objectIssues(value: JsonObject, schema: Schema, root: Schema, path: Issue['path']): Issue[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const issues: Issue[] = [];
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    // A setting with a default may be left out although a schema of the parsed form lists it as required.
    if (value[name] === undefined && (!required.includes(name) || 'default' in property)) continue;
    issues.push(...issuesOf(value[name], property, root, [...path, name]));
  }
  const others = schema['additionalProperties'];
  if (!isObject(others)) return issues;
  for (const name of Object.keys(value)) if (!(name in properties)) issues.push(...issuesOf(value[name], others, root, [...path, name]));
  return issues;
}

function hasType(value: JsonValue, type: JsonValue): boolean {
  if (Array.isArray(type)) return type.some((one) => hasType(value, one));
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function typeName(type: JsonValue): string {
  const names: Record<string, string> = {
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  };
  return typeof type === 'string' ? (names[type] ?? type) : 'of another kind';
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of a setting for people: its title, or its key in words, such as "Default TTL" for `defaultTTL`. */
export function labelOf(name: string, schema: Schema): string {
  if (typeof schema['title'] === 'string') return schema['title'];
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The settings that hold a node's script, one a language. */
export interface ScriptMembers {
  readonly javascript: string;
  readonly tbel: string | undefined;
}

/** Where the settings of a node hold its script: their declaration names the language of each. */
export function scriptMembersOf(schema: Schema): ScriptMembers | undefined {
  const properties = Object.entries(isObject(schema['properties']) ? schema['properties'] : {});
  const member = (language: string) => properties.find(([, property]) => isObject(property) && property['language'] === language)?.[0];
  const javascript = member('javascript');
  return javascript === undefined ? undefined : { javascript, tbel: member('tbel') };
}

/** Whether a setting is one that nobody reads again; of a mapping, whether the value of this name is. */
export function isSecret(schema: Schema, name?: string): boolean {
  const { secret, secretExcept } = schema;
  return secret === true && !(name !== undefined && Array.isArray(secretExcept) && secretExcept.includes(name.toLowerCase()));
}

/** False for a setting that its declaration marks `hidden`: kept for import and export, of no use to people. */
export function isForPeople(schema: Schema): boolean {
  return schema['hidden'] !== true;
}

/** An option in words: "Client scope" for `CLIENT_SCOPE`. */
export function optionLabel(option: JsonValue): string {
  if (typeof option !== 'string') return JSON.stringify(option);
  if (!/^[A-Z][A-Z\d_]+$/.test(option)) return option;
  const words = option.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
