import type { StoredValue, TypedValue } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';

/** A value as JSON can say it: integers beyond 2^53 as text. */
export interface WireValue {
  readonly kind: number;
  readonly value: boolean | number | string;
}

/** With everything else the value came with, such as its key and time. */
export function packValue<T extends TypedValue>(typed: T): Omit<T, 'value'> & WireValue {
  const { value } = typed;
  return { ...typed, value: typeof value === 'bigint' ? value.toString() : value };
}

/** @throws SyntaxError where the text of an integer is none */
export function unpackValue<T extends WireValue>(wire: T): Omit<T, 'kind' | 'value'> & TypedValue {
  const { kind, value } = wire;
  const stored: StoredValue = kind === ValueKind.long && typeof value === 'string' ? BigInt(value) : value;
  return { ...wire, kind: kind as ValueKind, value: stored };
}
