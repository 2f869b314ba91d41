import { TELEMETRY_KEY_LENGTH_MAX, TELEMETRY_TEXT_LENGTH_MAX, telemetryKeyFault, type StoredValue } from '@fieldline/model';
import { telemetryErrors } from '../errors.js';
import { KNOWN_KEYS_MAX } from '../limits.js';

/** Checks keys, remembering those that passed: devices send the same few keys for ever. */
export class KeyCheck {
  #known = new Set<string>();

  /** Keys remembered now. */
  get size(): number {
    return this.#known.size;
  }

  /** @throws TELEMETRY_KEY_INVALID */
  check(key: string): void {
    if (this.#known.has(key)) return;
    const reason = telemetryKeyFault(key);
    if (reason !== undefined) throw telemetryErrors.KEY_INVALID({ key: key.slice(0, TELEMETRY_KEY_LENGTH_MAX), reason });
    if (this.#known.size >= KNOWN_KEYS_MAX) this.#known = new Set([...this.#known].slice(KNOWN_KEYS_MAX / 2));
    this.#known.add(key);
  }
}

/** @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_TOO_LARGE */
export function checkValue(keys: KeyCheck, key: string, value: StoredValue): void {
  keys.check(key);
  if (typeof value === 'string' && value.length > TELEMETRY_TEXT_LENGTH_MAX) {
    throw telemetryErrors.VALUE_TOO_LARGE({ key, charactersMax: TELEMETRY_TEXT_LENGTH_MAX });
  }
}
