import { compactJson, everyNumber, forEachMember, skipSpace, stringAt } from './json-scan.js';
import type { Message } from './message.js';
import { isNumericText, numberValue } from './number-value.js';
import type { JsonObject, JsonValue, StoredValue, TypedValue } from './value.js';
import { ValueKind } from './value.js';

/**
 * Calls `visit` for each value of a message body with its stored kind, in the order of the body. Takes the
 * parsed body where that is exact, else reads the text the message was given.
 *
 * @param visitNull gets the keys whose value is null; without it they are passed over
 * @returns false where the body is not a JSON object; then nothing was visited
 */
export function forEachTypedValue(
  message: Message,
  visit: (key: string, kind: ValueKind, value: StoredValue) => void,
  visitNull?: (key: string) => void,
): boolean {
  const body = bodyOf(message);
  if (body === undefined) return false;
  const text = message.originalText;
  if (text !== undefined && !isExactJson(text)) {
    for (const [key, typed] of exactMembers(text, true)) {
      if (typed === null) visitNull?.(key);
      else visit(key, typed.kind, typed.value);
    }
    return true;
  }
  for (const key in body) {
    const value = body[key] as JsonValue;
    // The two commonest kinds first, without making an object for them.
    if (typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))) {
      if (Number.isInteger(value)) visit(key, ValueKind.long, value + 0);
      else visit(key, ValueKind.double, value);
    } else if (typeof value === 'boolean') visit(key, ValueKind.boolean, value);
    else if (value === null) visitNull?.(key);
    else {
      const typed = typedValue(value);
      if (typed !== undefined) visit(key, typed.kind, typed.value);
    }
  }
  return true;
}

/**
 * The stored form of a parsed value (device-api.md §2.3). Numeric texts become numbers, objects and arrays
 * JSON text; null has none. Give numbers only from text for which `isExactJson` holds, or from a computation.
 */
export function typedValue(value: JsonValue): TypedValue | undefined {
  switch (typeof value) {
    case 'number':
      if (!Number.isInteger(value)) return { kind: ValueKind.double, value };
      return Number.isSafeInteger(value) ? { kind: ValueKind.long, value: value + 0 } : numberValue(String(value));
    case 'string':
      return typedText(value);
    case 'boolean':
      return { kind: ValueKind.boolean, value };
    default:
      return value === null ? undefined : { kind: ValueKind.json, value: JSON.stringify(value) };
  }
}

/**
 * Reads a flat JSON object without losing how its numbers were written; every row of device-api.md §2.3. Of
 * equal keys the last counts. A null member is kept as null.
 *
 * @returns undefined where the text is not JSON or not an object
 */
export function parseLosslessObject(text: string): ReadonlyMap<string, TypedValue | null> | undefined {
  try {
    return isObject(JSON.parse(text)) ? exactMembers(text, false) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The typed value of one value inside valid JSON text. */
export function typedSpan(text: string, from: number, to: number, isComputed = false): TypedValue | null {
  switch (text.charCodeAt(from)) {
    case 0x22: // "
      return typedText(stringAt(text, from, to));
    case 0x7b: // {
    case 0x5b: // [
      return { kind: ValueKind.json, value: compactJson(text.slice(from, to)) };
    case 0x74: // t
      return { kind: ValueKind.boolean, value: true };
    case 0x66: // f
      return { kind: ValueKind.boolean, value: false };
    case 0x6e: // n
      return null;
    default:
      return numberValue(text.slice(from, to), isComputed);
  }
}

/**
 * True where JSON.parse of this valid JSON text keeps the kind and value of each number: no exponent, no
 * integer of more than 15 digits, no `42.0`, no digits after the point that a double cannot hold.
 */
export function isExactJson(text: string): boolean {
  // One cheap look; what it suspects, also inside strings, is looked at number by number.
  return !SUSPECT.test(text) || everyNumber(text, (from, to) => isExactNumber(text.slice(from, to)));
}

const SUSPECT = /\d(?:[eE]|[\d.]{15})|\.0/;

function isExactNumber(literal: string): boolean {
  if (/^-?\d{1,15}$/.test(literal)) return true;
  const parts = /^-?\d+\.(\d{1,16})$/.exec(literal);
  return parts !== null && !Number.isInteger(Number(literal)) && Number.isFinite(Number(literal));
}

function typedText(value: string): TypedValue {
  return isNumericText(value) ? numberValue(value) : { kind: ValueKind.string, value };
}

function exactMembers(text: string, isComputed: boolean): Map<string, TypedValue | null> {
  const members = new Map<string, TypedValue | null>();
  forEachMember(text, skipSpace(text, 0), (key, from, to) => members.set(key, typedSpan(text, from, to, isComputed)));
  return members;
}

function bodyOf(message: Message): JsonObject | undefined {
  try {
    const body = message.data;
    return isObject(body) ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
