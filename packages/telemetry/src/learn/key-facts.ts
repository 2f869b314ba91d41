import { ValueKind, type JsonValue } from '@fieldline/model';
import type { LearnedKey, LearnedKind } from '@fieldline/ports';
import { EXAMPLE_CHARACTERS_MAX, EXAMPLES_MAX, LEARNED_KIND_SHARE_MIN } from '../limits.js';

/** A key as it is kept: counts by kind, numbers of the range, bits of the devices, in a form that is JSON. */
export interface StoredKey {
  readonly counts: readonly number[];
  readonly messages: number;
  readonly lastSeenMs: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly examples: readonly JsonValue[];
  /** Bit n of the two numbers says whether the n-th device of the profile had the key. */
  readonly devices: readonly [number, number];
}

const kinds = [ValueKind.boolean, ValueKind.long, ValueKind.double, ValueKind.string, ValueKind.json] as const;

/** What is learned of one key; it costs the same however many values it has seen. */
export class KeyFacts {
  readonly #counts: number[];
  #messages: number;
  #lastSeenMs: number;
  #min: number;
  #max: number;
  #examples: JsonValue[];
  readonly #devices: [number, number];

  constructor(stored?: StoredKey) {
    this.#counts = kinds.map((_, n) => stored?.counts[n] ?? 0);
    this.#messages = stored?.messages ?? 0;
    this.#lastSeenMs = stored?.lastSeenMs ?? 0;
    this.#min = stored?.min ?? Infinity;
    this.#max = stored?.max ?? -Infinity;
    this.#examples = [...(stored?.examples ?? [])];
    this.#devices = [stored?.devices[0] ?? 0, stored?.devices[1] ?? 0];
  }

  get lastSeenMs(): number {
    return this.#lastSeenMs;
  }

  /** @param place of the device among those that the profile keeps an eye on; -1 where it is none of them */
  see(value: JsonValue, place: number, atMs: number): void {
    if (place >= 0) this.#devices[place >>> 5] = (this.#devices[place >>> 5] ?? 0) | (1 << (place & 31));
    this.seeStored(kindOf(value), exampleOf(value), atMs);
  }

  /** @param example as `exampleOf` makes it; a number stands for itself */
  seeStored(kind: ValueKind, example: JsonValue, atMs: number): void {
    this.#messages += 1;
    this.#lastSeenMs = atMs;
    this.#counts[kind - 1] = (this.#counts[kind - 1] ?? 0) + 1;
    if (typeof example === 'number') {
      if (example < this.#min) this.#min = example;
      if (example > this.#max) this.#max = example;
    }
    this.#remember(example);
  }

  /** The device at this place is another one from now on. */
  forgetDevice(place: number): void {
    this.#devices[place >>> 5] = (this.#devices[place >>> 5] ?? 0) & ~(1 << (place & 31));
  }

  /** Makes what was seen count half, so that what is seen from now on shows soon. */
  fade(): void {
    this.#messages /= 2;
    const least = this.#counts.reduce((sum, count) => sum + count, 0) * LEARNED_KIND_SHARE_MIN;
    for (const [n, count] of this.#counts.entries()) this.#counts[n] = count < least ? 0 : count / 2;
    const isNumber = this.#count(ValueKind.long) + this.#count(ValueKind.double) > 0;
    if (!isNumber) [this.#min, this.#max] = [Infinity, -Infinity];
    const isText = this.#count(ValueKind.string) + this.#count(ValueKind.json) > 0;
    this.#examples = this.#examples.filter((example) => (typeof example === 'string' ? isText : typeof example !== 'number' || isNumber));
  }

  #count(kind: ValueKind): number {
    return this.#counts[kind - 1] ?? 0;
  }

  stored(): StoredKey {
    const [min, max] = this.#min <= this.#max ? [this.#min, this.#max] : [null, null];
    const [counts, examples] = [[...this.#counts], [...this.#examples]];
    return { counts, messages: this.#messages, lastSeenMs: this.#lastSeenMs, min, max, examples, devices: [...this.#devices] };
  }

  told(key: string): LearnedKey {
    const seen = kinds.map((kind, n): LearnedKind => ({ kind, count: this.#counts[n] ?? 0 })).filter(({ count }) => count > 0);
    return {
      key,
      kinds: seen.sort((a, b) => b.count - a.count),
      ...(this.#min <= this.#max ? { range: { min: this.#min, max: this.#max } } : {}),
      lastSeenMs: this.#lastSeenMs,
      messages: this.#messages,
      devices: bitsOf(this.#devices[0]) + bitsOf(this.#devices[1]),
      examples: [...this.#examples],
    };
  }

  /** Of numbers the newest alone says something; texts are often one of a few words. */
  #remember(example: JsonValue): void {
    const [newest] = this.#examples;
    if (newest === example) return;
    if (typeof example === 'string') this.#examples = [example, ...this.#examples.filter((other) => other !== example)].slice(0, EXAMPLES_MAX);
    else if (typeof newest === 'string')
      this.#examples = [example, ...this.#examples.filter((other) => typeof other === 'string')].slice(0, EXAMPLES_MAX);
    else this.#examples[0] = example;
  }
}

/** The kind that a value is stored with. */
export function kindOf(value: JsonValue): ValueKind {
  switch (typeof value) {
    case 'boolean':
      return ValueKind.boolean;
    case 'number':
      return Number.isInteger(value) ? ValueKind.long : ValueKind.double;
    case 'string':
      return ValueKind.string;
    default:
      return ValueKind.json;
  }
}

/** A value as an example: short, whatever a device sends. Objects are told by what they are. */
export function exampleOf(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.length > EXAMPLE_CHARACTERS_MAX ? `${cut(value)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return '[…]';
  const members = Object.keys(value).slice(0, EXAMPLES_MAX).join(', ');
  return `{${cut(members)}}`;
}

/** The beginning of a text, in memory of its own: a mere slice would keep the whole of it, which may be a payload. */
function cut(text: string): string {
  return JSON.parse(JSON.stringify(text.slice(0, EXAMPLE_CHARACTERS_MAX))) as string;
}

function bitsOf(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
