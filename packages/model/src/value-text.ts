import type { TypedValue } from './value.js';
import { ValueKind } from './value.js';

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

/** A value as JSON text that is read back as the same value of the same kind: 42 is `42` as a long and `42.0` as a double. */
export function valueJsonText({ kind, value }: TypedValue): string {
  if (kind === ValueKind.string) return JSON.stringify(value);
  if (kind !== ValueKind.double || !Number.isInteger(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  // Plain digits: an exponent without a fraction would be read as a long.
  return `${BigInt(value)}.0`;
}
