import type { JsonObject, JsonValue } from './value.js';

// Settings of rule nodes that nobody may read once they are saved. A node type marks them in its schema: `secret` at a text hides
// it, at an object or list every text in it, but members that `secretExcept` names (in lower case).

/** Stands for a secret that is set, wherever settings leave the server. Saved, it keeps what is stored. */
export const SECRET_SET = '********(set)';

/** Stands for a secret that a copied or imported node does not have: it has to be set before the node starts. */
export const SECRET_MISSING = '********(missing)';

/** Names that settings with secrets mostly have. A node type that has one of them without `secret` does not pass the conformance tests. */
export const soundsSecret = /^(.*password|.*passphrase|.*secret(Key)?|privateKey|accessKey|apiKey|sasKey|.*token)$/i;
/** Settings whose members have all kinds of names, and are mostly secret. */
const holdsSecrets = /^(headers|.*credentials|otherProperties)$/i;

/**
 * Settings as everybody may see them: `SECRET_SET` in place of each secret. Without a schema, as of a node whose plugin is not
 * there at the moment, what is called like a secret is one: its secrets were saved when the plugin was there.
 */
export function hideSecrets(settings: JsonValue, schema: JsonObject | undefined): JsonValue {
  return schema === undefined ? hiddenByName(settings) : hidden(settings, schema, { root: schema, isSecret: false, except: [] });
}

/** What a client sends, with its secrets. */
export interface KeptSecrets {
  readonly settings: JsonValue;
  /** Settings that are said to be set and have nothing stored, such as `credentials.password`. */
  readonly unknown: readonly string[];
}

/** Puts stored values back in where a client sent `SECRET_SET`: each from the same place in the settings before. */
export function keepSecrets(sent: JsonValue, stored: JsonValue | undefined): KeptSecrets {
  const unknown: string[] = [];
  const settings = replaced(sent, (path) => {
    const kept = valueAt(stored, path);
    if (typeof kept === 'string' && kept !== '') return kept;
    unknown.push(path.join('.'));
    return SECRET_MISSING;
  });
  return { settings, unknown };
}

/** Settings of a copy: what is said to be set is not, as only the original has it. */
export function withoutSecrets(settings: JsonValue): JsonValue {
  return keepSecrets(settings, undefined).settings;
}

/** The first setting that is to be set before the node starts, such as `credentials.password`. */
export function missingSecret(settings: JsonValue, path: readonly string[] = []): string | undefined {
  if (settings === SECRET_MISSING) return path.join('.');
  if (typeof settings !== 'object' || settings === null) return undefined;
  for (const [name, member] of Object.entries(settings)) {
    const missing = missingSecret(member, [...path, name]);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

interface Around {
  readonly root: JsonObject;
  readonly isSecret: boolean;
  readonly except: readonly JsonValue[];
}

function hidden(value: JsonValue, given: JsonObject, around: Around): JsonValue {
  const schema = resolved(given, around.root);
  const except = schema['secretExcept'];
  const here = {
    root: around.root,
    isSecret: around.isSecret || schema['secret'] === true,
    except: Array.isArray(except) ? except : around.except,
  };
  // Settings fit one of the alternatives; what is secret in any of them is hidden.
  const forms = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap((list) => list ?? []).filter(isObject);
  if (forms.length > 0) return forms.reduce((shown, form) => hidden(shown, form, here), value);
  if (typeof value === 'string') return isHidden(value, schema, here) ? SECRET_SET : value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => hidden(item, isObject(schema['items']) ? schema['items'] : {}, here));
  if (!isObject(value)) return value;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const others = isObject(schema['additionalProperties']) ? schema['additionalProperties'] : {};
  const shown = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    if (here.except.includes(name.toLowerCase())) return [name, member];
    const property = Object.hasOwn(properties, name) ? properties[name] : others;
    return [name, hidden(member, isObject(property) ? property : {}, here)];
  });
  return Object.fromEntries(shown);
}

function hiddenByName(value: JsonValue, isSecret = false): JsonValue {
  if (typeof value === 'string') return isHidden(value, {}, { isSecret }) ? SECRET_SET : value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => hiddenByName(item, isSecret));
  if (!isObject(value)) return value;
  const isNamed = (name: string): boolean => isSecret || soundsSecret.test(name) || holdsSecrets.test(name);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hiddenByName(member, isNamed(name))]));
}

/** A constant tells which form the settings have, and a choice is none of what it protects. */
function isHidden(value: string, schema: JsonObject, { isSecret }: Pick<Around, 'isSecret'>): boolean {
  return isSecret && value !== '' && value !== SECRET_MISSING && !('const' in schema) && !('enum' in schema);
}

/** Follows a reference inside the same schema. */
function resolved(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  let place: JsonValue | undefined = root;
  for (const member of reference.split('/').slice(1)) place = isObject(place) ? place[member] : undefined;
  return isObject(place) ? place : {};
}

function replaced(value: JsonValue, by: (path: readonly string[]) => JsonValue, path: readonly string[] = []): JsonValue {
  if (value === SECRET_SET) return by(path);
  if (Array.isArray(value)) return value.map((item: JsonValue, place) => replaced(item, by, [...path, String(place)]));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, by, [...path, name])]));
}

function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let place = value;
  for (const name of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
    place = (place as JsonObject)[name];
  }
  return place;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
