import type { ValueKind } from '@fieldline/model';
import { CHUNK_POINTS_MAX } from '../limits.js';

/** What is not a number: an int64 beyond 2^53, a string or JSON text. */
export type OtherValue = bigint | string;

/** A point that another one took the place of. */
export interface ReplacedPoint {
  readonly kind: ValueKind;
  readonly number: number;
  readonly other: OtherValue | undefined;
}

/**
 * A run of points sorted by time. Times and numbers share one typed array (times in its first half), because
 * most series of a large installation are short and each typed array costs more than its content.
 */
export class Chunk {
  count = 0;
  capacity: number;
  /** Times at 0 to capacity - 1, numbers at capacity to 2 * capacity - 1. */
  data: Float64Array;
  /** The kind of all points, or 0 where they differ; then `kinds` has each. */
  kind: ValueKind | 0 = 0;
  kinds: Uint8Array | undefined = undefined;
  /** Values that are no numbers, by place; absent where there are none. */
  others: (OtherValue | undefined)[] | undefined = undefined;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.data = new Float64Array(2 * capacity);
  }

  get firstMs(): number {
    return this.data[0] as number;
  }

  get lastMs(): number {
    return this.data[this.count - 1] as number;
  }

  kindAt(place: number): ValueKind {
    return this.kinds === undefined ? (this.kind as ValueKind) : (this.kinds[place] as ValueKind);
  }

  /** Adds a point at the end; its time is greater than all times here, and there is room. */
  push(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): void {
    const place = this.count;
    this.data[place] = tsMs;
    this.data[this.capacity + place] = number;
    if (place === 0 && this.kinds === undefined) this.kind = kind;
    else if (kind !== this.kind) this.#mix();
    if (this.kinds !== undefined) this.kinds[place] = kind;
    if (other !== undefined || this.others !== undefined) this.#setOther(place, other);
    this.count = place + 1;
  }

  /** Adds a point before the one at `place`; there is room. */
  insert(place: number, tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): void {
    const { data, capacity, count } = this;
    data.copyWithin(place + 1, place, count);
    data.copyWithin(capacity + place + 1, capacity + place, capacity + count);
    this.kinds?.copyWithin(place + 1, place, count);
    this.others?.splice(place, 0, undefined);
    data[place] = tsMs;
    this.count = count + 1;
    this.#set(place, kind, number, other);
  }

  replace(place: number, kind: ValueKind, number: number, other: OtherValue | undefined): ReplacedPoint {
    const replaced = { kind: this.kindAt(place), number: this.data[this.capacity + place] as number, other: this.others?.[place] };
    this.#set(place, kind, number, other);
    return replaced;
  }

  remove(place: number): void {
    const { data, capacity, count } = this;
    data.copyWithin(place, place + 1, count);
    data.copyWithin(capacity + place, capacity + place + 1, capacity + count);
    this.kinds?.copyWithin(place, place + 1, count);
    this.others?.splice(place, 1);
    this.count = count - 1;
  }

  /** Takes the points from `start` to before `end` out and returns them as a chunk of their own. */
  take(start: number, end: number): Chunk {
    const taken = new Chunk(end - start);
    for (let place = start; place < end; place += 1) {
      taken.push(this.data[place] as number, this.kindAt(place), this.data[this.capacity + place] as number, this.others?.[place]);
    }
    const { data, capacity, count } = this;
    data.copyWithin(start, end, count);
    data.copyWithin(capacity + start, capacity + end, capacity + count);
    this.kinds?.copyWithin(start, end, count);
    this.others?.splice(start, end - start);
    this.count = count - (end - start);
    return taken;
  }

  /** Place of the first point whose time is not before `tsMs`; `count` if there is none. */
  firstNotBefore(tsMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.data[middle] as number) < tsMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Makes room for twice as many points, at most `CHUNK_POINTS_MAX`. */
  grow(): void {
    const capacity = Math.min(this.capacity * 2, CHUNK_POINTS_MAX);
    const data = new Float64Array(2 * capacity);
    data.set(this.data.subarray(0, this.count));
    data.set(this.data.subarray(this.capacity, this.capacity + this.count), capacity);
    if (this.kinds !== undefined) {
      const kinds = new Uint8Array(capacity);
      kinds.set(this.kinds);
      this.kinds = kinds;
    }
    this.data = data;
    this.capacity = capacity;
  }

  /** Moves the later half to a chunk of its own and returns that. */
  split(): Chunk {
    const half = this.count >>> 1;
    const later = new Chunk(this.capacity);
    for (let place = half; place < this.count; place += 1) {
      later.push(this.data[place] as number, this.kindAt(place), this.data[this.capacity + place] as number, this.others?.[place]);
    }
    this.count = half;
    if (this.others !== undefined) this.others.length = half;
    return later;
  }

  #set(place: number, kind: ValueKind, number: number, other: OtherValue | undefined): void {
    this.data[this.capacity + place] = number;
    if (kind !== this.kind) this.#mix();
    if (this.kinds !== undefined) this.kinds[place] = kind;
    if (other !== undefined || this.others !== undefined) this.#setOther(place, other);
  }

  #mix(): void {
    if (this.kinds !== undefined) return;
    this.kinds = new Uint8Array(this.capacity).fill(this.kind);
    this.kind = 0;
  }

  #setOther(place: number, other: OtherValue | undefined): void {
    this.others ??= new Array<undefined>(this.count).fill(undefined);
    this.others[place] = other;
  }
}
