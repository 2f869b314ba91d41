import { fnv1aOfText } from '@fieldline/kernel';
import { TELEMETRY_KEY_LENGTH_MAX, type JsonObject, type JsonValue } from '@fieldline/model';
import type { LearnedProfile } from '@fieldline/ports';
import {
  LEARNED_DEVICE_SILENT_MS,
  LEARNED_DEVICES,
  LEARNED_KEYS_MAX,
  LEARNED_MESSAGES_FADE,
  LEARNED_MEMBERS_MAX,
  LEARNED_SILENCE_LOOK_MS,
} from '../limits.js';
import { KeyFacts, type StoredKey } from './key-facts.js';

/** What was learned of a profile, as it is kept. */
export interface StoredShape {
  readonly messages: number;
  /** Hashes of the devices that are kept an eye on. */
  readonly devices: readonly number[];
  /** When each of them was last seen; absent or null where it was written before that was noted. */
  readonly seenMs?: readonly (number | null)[] | undefined;
  readonly keys: readonly (readonly [key: string, facts: StoredKey])[];
}

/**
 * The shape of the telemetry messages of the devices of a profile. A few devices are kept an eye on to tell how many of all
 * have a key: those whose ids have the smallest hashes, which is any of them with equal chance.
 */
export class ProfileShape {
  readonly #keys: Map<string, KeyFacts>;
  readonly #devices: number[];
  readonly #seenMs: number[];
  #messages: number;
  #lookedForSilentMs = 0;

  constructor(stored?: StoredShape) {
    this.#keys = new Map(stored?.keys.map(([key, facts]) => [key, new KeyFacts(facts)]));
    this.#devices = [...(stored?.devices ?? [])];
    this.#seenMs = this.#devices.map((_, place) => stored?.seenMs?.[place] ?? Infinity);
    this.#messages = stored?.messages ?? 0;
  }

  get keyCount(): number {
    return this.#keys.size;
  }

  /** Looks at one message. */
  see(deviceId: string, data: JsonObject, atMs: number): void {
    if (this.#messages >= LEARNED_MESSAGES_FADE) this.#fade();
    this.#messages += 1;
    if (atMs - this.#lookedForSilentMs >= LEARNED_SILENCE_LOOK_MS) this.#forgetSilent(atMs);
    const place = this.#placeOf(fnv1aOfText(deviceId));
    if (place >= 0) this.#seenMs[place] = atMs;
    let members = 0;
    for (const key in data) {
      if (++members > LEARNED_MEMBERS_MAX) return;
      (this.#keys.get(key) ?? this.#add(key))?.see(data[key] as JsonValue, place, atMs);
    }
  }

  /** A device was deleted. */
  forgetDevice(deviceId: string): boolean {
    const place = this.#devices.indexOf(fnv1aOfText(deviceId));
    if (place >= 0) this.#empty(place);
    return place >= 0;
  }

  told(): LearnedProfile {
    const keys = [...this.#keys].map(([key, facts]) => facts.told(key));
    const devices = this.#devices.filter((device) => device !== NOBODY).length;
    return { messages: this.#messages, devices, keys: keys.sort((a, b) => b.messages - a.messages) };
  }

  stored(): StoredShape {
    const keys = [...this.#keys].map(([key, facts]) => [key, facts.stored()] as const);
    return { messages: this.#messages, devices: [...this.#devices], seenMs: [...this.#seenMs], keys };
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
    const free = this.#devices.indexOf(NOBODY);
    if (free < 0 && this.#devices.length < LEARNED_DEVICES) return this.#devices.push(hash) - 1;
    const place = free < 0 ? this.#placeOfLargest() : free;
    if (free < 0 && hash > (this.#devices[place] as number)) return -1;
    this.#empty(place);
    this.#devices[place] = hash;
    return place;
  }

  #placeOfLargest(): number {
    let place = 0;
    for (const [n, device] of this.#devices.entries()) if (device > (this.#devices[place] as number)) place = n;
    return place;
  }

  #empty(place: number): void {
    this.#devices[place] = NOBODY;
    for (const facts of this.#keys.values()) facts.forgetDevice(place);
  }

  /** A device that has another profile now tells us only by its silence. */
  #forgetSilent(atMs: number): void {
    this.#lookedForSilentMs = atMs;
    for (const [place, seenMs] of this.#seenMs.entries()) {
      if (seenMs === Infinity) this.#seenMs[place] = atMs;
      else if (atMs - seenMs >= LEARNED_DEVICE_SILENT_MS) this.#empty(place);
    }
  }

  #fade(): void {
    this.#messages /= 2;
    for (const facts of this.#keys.values()) facts.fade();
  }
}

/** Stands at the place of a device that is gone; no hash is negative. */
const NOBODY = -1;
