import type { JsonValue, TypedValue } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';

/** A JSON value as it is stored; whole numbers are longs. */
export function typedOf(value: JsonValue): TypedValue {
  switch (typeof value) {
    case 'boolean':
      return { kind: ValueKind.boolean, value };
    case 'number':
      return { kind: Number.isSafeInteger(value) ? ValueKind.long : ValueKind.double, value };
    case 'string':
      return { kind: ValueKind.string, value };
    default:
      return { kind: ValueKind.json, value: JSON.stringify(value) };
  }
}

/** A stored value as JSON. */
export function jsonOf({ kind, value }: TypedValue): JsonValue {
  if (kind === ValueKind.json) return JSON.parse(String(value)) as JsonValue;
  return typeof value === 'bigint' ? Number(value) : value;
}
