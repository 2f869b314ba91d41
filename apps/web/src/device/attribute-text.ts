import type { JsonValue } from '../api/wire.js';

/** The value that a typed text stands for: JSON where it is some, except `null`, which no attribute can hold; text otherwise. */
export function readAttributeText(text: string): JsonValue {
  try {
    const value = JSON.parse(text) as JsonValue;
    return value === null ? text : value;
  } catch {
    return text;
  }
}
