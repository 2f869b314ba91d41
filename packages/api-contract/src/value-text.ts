import type { JsonValue, TypedValue } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';

/**
 * The text of a double as ThingsBoard prints it: plain decimals with at least one fractional digit from 1e-3
 * to below 1e7, `d.dddE±n` otherwise, the shortest digits that read back as the same number (rest-api.md §6.3).
 */
export function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** A value as text: how latest values, history and subscription frames show it unless strict types are asked for. */
export function valueText({ kind, value }: TypedValue): string {
  return kind === ValueKind.double ? doubleText(Number(value)) : String(value);
}

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
