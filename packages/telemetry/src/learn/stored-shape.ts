import { TELEMETRY_KEY_LENGTH_MAX } from '@fieldline/model';
import { EXAMPLE_LENGTH_MAX, EXAMPLES_MAX, LEARNED_DEVICES, LEARNED_KEYS_MAX } from '../limits.js';
import type { StoredKey } from './key-facts.js';
import type { StoredShape } from './profile-shape.js';

/** What an attribute holds of a profile, where it is what was written: people may write attributes too. */
export function storedShape(value: unknown): StoredShape | undefined {
  try {
    const stored = JSON.parse(String(value)) as StoredShape;
    return isShape(stored) ? stored : undefined;
  } catch {
    // Something else was written there: then nothing is known, and it is learned anew.
    return undefined;
  }
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isCount = (value: unknown): boolean => isNumber(value) && value >= 0;
const areAll = (values: unknown, holds: (value: unknown) => boolean, lengthMax: number): boolean =>
  Array.isArray(values) && values.length <= lengthMax && values.every(holds);

function isShape(told: Partial<StoredShape> | null): told is StoredShape {
  if (typeof told !== 'object' || told === null || !isCount(told.messages)) return false;
  if (!areAll(told.devices, isNumber, LEARNED_DEVICES) || !areAll(told.seenMs ?? [], isBound, LEARNED_DEVICES)) return false;
  return areAll(told.keys, (pair) => isKey(...(pair as StoredShape['keys'][number])), LEARNED_KEYS_MAX);
}

function isKey(key: unknown, { counts, messages, lastSeenMs, min, max, examples, devices }: Partial<StoredKey>): boolean {
  const isNamed = typeof key === 'string' && key.length <= TELEMETRY_KEY_LENGTH_MAX;
  const isCounted = isCount(messages) && areAll(counts, isCount, 5) && areAll(devices, isNumber, 2) && Number.isSafeInteger(lastSeenMs);
  return isNamed && isCounted && isBound(min) && isBound(max) && areAll(examples, isExample, EXAMPLES_MAX);
}

function isBound(value: unknown): boolean {
  return value === null || isNumber(value);
}

function isExample(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || isNumber(value) || (typeof value === 'string' && value.length <= EXAMPLE_LENGTH_MAX);
}
