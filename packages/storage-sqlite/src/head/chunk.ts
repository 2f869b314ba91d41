import type { OtherValue, ValueKind } from '@fieldline/model';
import { CHUNK_POINTS_MAX } from '../limits.js';

/** A point that another one took the place of. */
export interface ReplacedPoint {
  readonly kind: ValueKind;
  readonly number: number;
  readonly other: OtherValue | undefined;
  readonly ttlMs: number;
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
  /** The time to live of all points, 0 being that of the tenant, or -1 where they differ; then `ttls` has each. */
  ttlMs = 0;
  kinds: Uint8Array | undefined = undefined;
  ttls: Float64Array | undefined = undefined;
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

  numberAt(place: number): number {
    return this.data[this.capacity + place] as number;
  }

  ttlAt(place: number): number {
    return this.ttls === undefined ? this.ttlMs : (this.ttls[place] as number);
  }

  pointAt(place: number): ReplacedPoint {
    return { kind: this.kindAt(place), number: this.numberAt(place), other: this.others?.[place], ttlMs: this.ttlAt(place) };
  }

  /** Adds a point at the end; its time is greater than all times here, and there is room. */
  push(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined, ttlMs: number): void {
    const place = this.count;
    this.data[place] = tsMs;
    this.data[this.capacity + place] = number;
    // The first of all is always another: no kind is 0.
    if (kind !== this.kind || ttlMs !== this.ttlMs) this.#pushOther(place, kind, ttlMs);
    if (other !== undefined || this.others !== undefined) this.#setOther(place, other);
    this.count = place + 1;
  }

  /** Adds a point before the one at `place`; there is room. */
  insert(place: number, tsMs: number, point: ReplacedPoint): void {
    const { data, capacity, count } = this;
    data.copyWithin(place + 1, place, count);
    data.copyWithin(capacity + place + 1, capacity + place, capacity + count);
    this.kinds?.copyWithin(place + 1, place, count);
    this.ttls?.copyWithin(place + 1, place, count);
    this.others?.splice(place, 0, undefined);
    data[place] = tsMs;
    this.count = count + 1;
    this.#set(place, point);
  }

  replace(place: number, point: ReplacedPoint): ReplacedPoint {
    const replaced = this.pointAt(place);
    this.#set(place, point);
    return replaced;
  }

  /** Takes the points from `start` to before `end` out. */
  remove(start: number, end: number): void {
    const { data, capacity, count } = this;
    data.copyWithin(start, end, count);
    data.copyWithin(capacity + start, capacity + end, capacity + count);
    this.kinds?.copyWithin(start, end, count);
    this.ttls?.copyWithin(start, end, count);
    this.others?.splice(start, end - start);
    this.count = count - (end - start);
  }

  /** The points from `start` to before `end`, as a chunk of their own with room for more. */
  copy(start: number, end: number, capacity: number): Chunk {
    const copy = new Chunk(capacity);
    for (let place = start; place < end; place += 1) {
      copy.push(this.data[place] as number, this.kindAt(place), this.numberAt(place), this.others?.[place], this.ttlAt(place));
    }
    return copy;
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
    if (this.ttls !== undefined) {
      const ttls = new Float64Array(capacity);
      ttls.set(this.ttls);
      this.ttls = ttls;
    }
    this.data = data;
    this.capacity = capacity;
  }

  /** Moves the later half to a chunk of its own and returns that. */
  split(): Chunk {
    const half = this.count >>> 1;
    const later = this.copy(half, this.count, this.capacity);
    this.remove(half, this.count);
    return later;
  }

  /** What the first point is, the others are taken to be. */
  #pushOther(place: number, kind: ValueKind, ttlMs: number): void {
    if (place === 0 && this.kinds === undefined) this.kind = kind;
    if (place === 0 && this.ttls === undefined) this.ttlMs = ttlMs;
    if (kind !== this.kind) this.#setKind(place, kind);
    if (ttlMs !== this.ttlMs) this.#setTtl(place, ttlMs);
  }

  #set(place: number, { kind, number, other, ttlMs }: ReplacedPoint): void {
    this.data[this.capacity + place] = number;
    if (kind !== this.kind) this.#setKind(place, kind);
    if (ttlMs !== this.ttlMs) this.#setTtl(place, ttlMs);
    if (other !== undefined || this.others !== undefined) this.#setOther(place, other);
  }

  #setKind(place: number, kind: ValueKind): void {
    this.kinds ??= new Uint8Array(this.capacity).fill(this.kind);
    this.kind = 0;
    this.kinds[place] = kind;
  }

  #setTtl(place: number, ttlMs: number): void {
    this.ttls ??= new Float64Array(this.capacity).fill(this.ttlMs);
    this.ttlMs = MIXED;
    this.ttls[place] = ttlMs;
  }

  #setOther(place: number, other: OtherValue | undefined): void {
    this.others ??= new Array<undefined>(this.count).fill(undefined);
    this.others[place] = other;
  }
}

const MIXED = -1;
