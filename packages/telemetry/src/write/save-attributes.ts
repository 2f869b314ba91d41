import { forEachTypedValue, type Message, type TypedValue } from '@fieldline/model';
import { telemetryErrors } from '../errors.js';
import { bodyForm, bodyOf } from './body.js';
import { checkValue, type KeyCheck } from './key-check.js';

/**
 * The flat object of an attributes message as typed values.
 *
 * @throws TELEMETRY_BODY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_TOO_LARGE
 */
export function readAttributeValues(keys: KeyCheck, message: Message): ReadonlyMap<string, TypedValue> {
  const values = new Map<string, TypedValue>();
  const isObject = forEachTypedValue(
    message,
    (key, kind, value) => {
      checkValue(keys, key, value);
      values.set(key, { kind, value });
    },
    (key) => {
      throw telemetryErrors.VALUE_NULL({ key });
    },
  );
  if (!isObject) throw telemetryErrors.BODY_INVALID({ found: bodyForm(bodyOf(message)) });
  return values;
}

/** True where both have the same kind and value: 42, 42.0 and "42" all differ. */
export function sameValue(stored: TypedValue | undefined, value: TypedValue): boolean {
  return stored !== undefined && stored.kind === value.kind && stored.value === value.value;
}
