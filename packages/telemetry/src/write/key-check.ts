import type { StoredValue } from '@fieldline/model';
import { telemetryErrors } from '../errors.js';
import { KEY_CHARACTERS_MAX, KNOWN_KEYS_MAX, VALUE_CHARACTERS_MAX } from '../limits.js';

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
    const reason = faultOf(key);
    if (reason !== undefined) throw telemetryErrors.KEY_INVALID({ key: key.slice(0, KEY_CHARACTERS_MAX), reason });
    if (this.#known.size >= KNOWN_KEYS_MAX) this.#known = new Set([...this.#known].slice(KNOWN_KEYS_MAX / 2));
    this.#known.add(key);
  }
}

/** @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_TOO_LARGE */
export function checkValue(keys: KeyCheck, key: string, value: StoredValue): void {
  keys.check(key);
  if (typeof value === 'string' && value.length > VALUE_CHARACTERS_MAX) {
    throw telemetryErrors.VALUE_TOO_LARGE({ key, charactersMax: VALUE_CHARACTERS_MAX });
  }
}

function faultOf(key: string): string | undefined {
  if (key.trim() === '') return 'is blank';
  if (key.length > KEY_CHARACTERS_MAX) return `is longer than ${KEY_CHARACTERS_MAX} characters`;
  // Keys end up in dashboards and templates of other programs, so markup is kept out (device-api.md §2.3).
  if (/[<>]/.test(key)) return 'contains markup';
  if (/\{\{.*\}\}/.test(key)) return 'contains a template expression';
  return undefined;
}
