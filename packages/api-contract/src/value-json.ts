import type { JsonValue, TypedValue } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';

interface RawJson {
  rawJSON(text: string): JsonValue;
}

/**
 * A value as JSON of its own type. Integers beyond 2^53 are printed exactly by `JSON.stringify`; everything
 * else is plain JSON.
 */
export function valueJson({ kind, value }: TypedValue): JsonValue {
  if (kind === ValueKind.json) return JSON.parse(String(value)) as JsonValue;
  if (typeof value === 'bigint') return (JSON as unknown as RawJson).rawJSON(value.toString());
  return value;
}
