import { ValueKind, valueText, type JsonValue } from '@fieldline/plugin-sdk';
import { transformErrors } from '../errors.js';
import type { PathFunction } from './path.js';

/**
 * What a function makes of values, as JSON text. `together`: of all values that a path with `..` found; `alone`: of one value,
 * where numbers are those of the list it is.
 *
 * @throws TRANSFORM_PATH_NUMBERS_MISSING
 */
export function applyFunction(name: PathFunction, texts: readonly string[], how: 'together' | 'alone'): string {
  const values = texts.map((text) => JSON.parse(text) as JsonValue);
  const [value = null] = values;
  if (name === 'length') {
    const sizes = values.map(sizeOf);
    return how === 'together' ? String(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)) : String(sizes[0] ?? null);
  }
  if (name === 'keys') return JSON.stringify(keysOf(value) ?? null);
  const candidates = how === 'together' ? values : Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  const numbers = candidates.filter((one) => typeof one === 'number');
  if (numbers.length === 0) throw transformErrors.PATH_NUMBERS_MISSING({ name });
  return valueText({ kind: ValueKind.double, value: aggregated(name, numbers) });
}

function aggregated(name: 'min' | 'max' | 'avg' | 'sum' | 'stddev', numbers: readonly number[]): number {
  const sum = numbers.reduce((total, number) => total + number, 0);
  const mean = sum / numbers.length;
  switch (name) {
    case 'min':
      return numbers.reduce((least, number) => Math.min(least, number));
    case 'max':
      return numbers.reduce((most, number) => Math.max(most, number));
    case 'avg':
      return mean;
    case 'sum':
      return sum;
    case 'stddev':
      return Math.sqrt(numbers.reduce((total, number) => total + (number - mean) ** 2, 0) / numbers.length);
  }
}

function sizeOf(value: JsonValue): number | undefined {
  if (Array.isArray(value)) return value.length;
  return keysOf(value)?.length;
}

function keysOf(value: JsonValue): readonly string[] | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
}
