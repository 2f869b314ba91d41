import { fnv1aOfText } from '@fieldline/kernel';
import { TELEMETRY_KEY_LENGTH_MAX, type JsonObject, type JsonValue } from '@fieldline/model';
import type { LearnedProfile } from '@fieldline/ports';
import { LEARNED_DEVICES, LEARNED_KEYS_MAX, LEARNED_MESSAGES_FADE, LEARNED_MEMBERS_MAX } from '../limits.js';
import { KeyFacts, type StoredKey } from './key-facts.js';

/** What was learned of a profile, as it is kept. */
export interface StoredShape {
  readonly messages: number;
  /** Hashes of the devices that are kept an eye on. */
  readonly devices: readonly number[];
  readonly keys: readonly (readonly [key: string, facts: StoredKey])[];
}

/**
 * The shape of the telemetry messages of the devices of a profile. A few devices are kept an eye on to tell how many of all
 * have a key: those whose ids have the smallest hashes, which is any of them with equal chance.
 */
export class ProfileShape {
  readonly #keys: Map<string, KeyFacts>;
  readonly #devices: number[];
  #messages: number;

  constructor(stored?: StoredShape) {
    this.#keys = new Map(stored?.keys.map(([key, facts]) => [key, new KeyFacts(facts)]));
    this.#devices = [...(stored?.devices ?? [])];
    this.#messages = stored?.messages ?? 0;
  }

  get keyCount(): number {
    return this.#keys.size;
  }

  /** Looks at one message. */
  see(deviceId: string, data: JsonObject, atMs: number): void {
    if (this.#messages >= LEARNED_MESSAGES_FADE) this.#fade();
    this.#messages += 1;
    const place = this.#placeOf(fnv1aOfText(deviceId));
    let members = 0;
    for (const key in data) {
      if (++members > LEARNED_MEMBERS_MAX) return;
      (this.#keys.get(key) ?? this.#add(key))?.see(data[key] as JsonValue, place, atMs);
    }
  }

  told(): LearnedProfile {
    const keys = [...this.#keys].map(([key, facts]) => facts.told(key));
    return { messages: this.#messages, devices: this.#devices.length, keys: keys.sort((a, b) => b.messages - a.messages) };
  }

  stored(): StoredShape {
    return { messages: this.#messages, devices: [...this.#devices], keys: [...this.#keys].map(([key, facts]) => [key, facts.stored()]) };
  }

  /** Where there are too many keys, the one that was not seen for longest goes: devices that make up keys must not fill the memory. */
  #add(key: string): KeyFacts | undefined {
    if (key.length > TELEMETRY_KEY_LENGTH_MAX) return undefined;
    if (this.#keys.size >= LEARNED_KEYS_MAX) {
      let oldest: string | undefined;
      let oldestMs = Infinity;
      for (const [known, { lastSeenMs }] of this.#keys) {
        if (lastSeenMs < oldestMs) [oldest, oldestMs] = [known, lastSeenMs];
      }
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    const facts = new KeyFacts();
    this.#keys.set(key, facts);
    return facts;
  }

  #placeOf(hash: number): number {
    const known = this.#devices.indexOf(hash);
    if (known >= 0) return known;
    if (this.#devices.length < LEARNED_DEVICES) return this.#devices.push(hash) - 1;
    let place = 0;
    for (const [n, device] of this.#devices.entries()) if (device > (this.#devices[place] as number)) place = n;
    if (hash > (this.#devices[place] as number)) return -1;
    this.#devices[place] = hash;
    for (const facts of this.#keys.values()) facts.forgetDevice(place);
    return place;
  }

  #fade(): void {
    this.#messages /= 2;
    for (const facts of this.#keys.values()) facts.fade();
  }
}
