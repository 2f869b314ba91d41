import type { JsonObject, JsonValue } from './value.js';

/** Where a value is inside a JSON value: names of members, and places in arrays counted from 0. */
export type JsonPath = readonly (string | number)[];

/**
 * Reads the subset of JSON path that Kaa uses (kaa.md §5.1): `$`, `.name`, `['name']`, `["name"]` and `[n]`; the leading
 * `$.` may be left out.
 *
 * @returns undefined where the text is no such path
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  let rest = text.startsWith('$') ? text.slice(1) : /^[.[]/.test(text) ? text : `.${text}`;
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (step === null) return undefined;
    const [whole, name, single, double, place] = step;
    path.push(name ?? single ?? double ?? Number(place));
    rest = rest.slice(whole.length);
  }
  return path;
}

/** The value at a path; undefined where nothing is there. Only what the JSON itself says counts as a member. */
export function valueAtPath(value: JsonValue, path: JsonPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) at = typeof step === 'number' ? (at[step] as JsonValue | undefined) : undefined;
    else at = typeof step === 'string' && Object.hasOwn(at, step) ? (at as JsonObject)[step] : undefined;
  }
  return at;
}

const STEP = /^(?:\.([^.[\]'"]+)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d{1,6})\])/;
