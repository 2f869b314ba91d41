import { BucketAggregate, ValueKind, type DataPoint, type StoredValue } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { CHUNK_POINTS_MAX, CHUNK_POINTS_MIN } from '../limits.js';
import { Chunk, type OtherValue, type ReplacedPoint } from './chunk.js';
import type { SeriesEntity } from './series-entity.js';

/** A latest point that is not the last of its series, or a time of minus infinity where the series has no latest point. */
interface LatestApart extends ReplacedPoint {
  readonly tsMs: number;
}

/** What must be known to take a point out again that was more than added: what it replaced, and the latest point before it. */
export interface PutUndo {
  readonly replaced: ReplacedPoint | undefined;
  readonly apart: LatestApart | undefined;
}

/**
 * The points of one entity and key in memory: chunks sorted by time, none of them empty but the only one. The last point is
 * the latest value, unless there were points that may not be it, or may be nothing else.
 */
export class Series {
  readonly id: number;
  readonly key: string;
  readonly entity: SeriesEntity;
  /** Place among the series of the entity. */
  readonly place: number;
  count = 0;
  readonly #chunks: Chunk[] = [];
  /** The last chunk; absent while the latest point is apart, so that `put` looks there. */
  #tail: Chunk | undefined = undefined;
  #apart: LatestApart | undefined = undefined;

  constructor(id: number, key: string, entity: SeriesEntity, place: number) {
    this.id = id;
    this.key = key;
    this.entity = entity;
    this.place = place;
  }

  get hasLatest(): boolean {
    return this.#apart === undefined ? this.count > 0 : this.#apart !== noLatest;
  }

  /** Adds a point; returns what else it changed. */
  put(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): PutUndo | undefined {
    const tail = this.#tail;
    if (tail !== undefined && tail.count < tail.capacity && tsMs > tail.lastMs) {
      tail.push(tsMs, kind, number, other);
      this.count += 1;
      return undefined;
    }
    const apart = this.#apart;
    const replaced = this.#putSlowly(tsMs, kind, number, other);
    if (apart !== undefined && tsMs >= apart.tsMs) this.#setApart(tsMs === this.#chunks.at(-1)?.lastMs ? undefined : { tsMs, kind, number, other });
    return replaced === undefined && apart === undefined ? undefined : { replaced, apart };
  }

  /**
   * Adds a point that is not history and latest value in one.
   *
   * @param uses of `ValueUse`
   */
  putApart(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined, uses: number): PutUndo {
    const before = this.#apart;
    const latest = before ?? this.#lastPoint();
    let replaced: ReplacedPoint | undefined;
    if ((uses & ValueUse.history) !== 0) {
      this.#setApart(latest);
      replaced = this.#putSlowly(tsMs, kind, number, other);
    } else if ((uses & ValueUse.latest) !== 0 && tsMs >= latest.tsMs) this.#setApart({ tsMs, kind, number, other });
    return { replaced, apart: before };
  }

  /** Takes out what `put` or `putApart` added. Points are taken out in the reverse of the order in which they were added. */
  takeBack(tsMs: number, uses: number, undo: PutUndo | undefined): void {
    const replaced = undo?.replaced;
    if (replaced !== undefined) this.#putSlowly(tsMs, replaced.kind, replaced.number, replaced.other);
    else if ((uses & ValueUse.history) !== 0) this.#remove(tsMs);
    this.#setApart(undo?.apart);
  }

  latest(): DataPoint | undefined {
    const tail = this.#tail;
    if (tail !== undefined) return this.#pointOf(tail, tail.count - 1);
    const apart = this.#apart;
    if (apart === undefined || apart === noLatest) return undefined;
    return { key: this.key, tsMs: apart.tsMs, kind: apart.kind, value: valueOf(apart.kind, apart.number, apart.other) };
  }

  range({ startMs, endMs, limit, order }: RangeQuery): DataPoint[] {
    const points: DataPoint[] = [];
    if (startMs >= endMs) return points;
    if (order === 'ASC') {
      for (let at = this.#chunkOf(startMs); at < this.#chunks.length; at += 1) {
        const chunk = this.#chunks[at] as Chunk;
        const end = chunk.firstNotBefore(endMs);
        for (let place = chunk.firstNotBefore(startMs); place < end && points.length < limit; place += 1) points.push(this.#pointOf(chunk, place));
        if (end < chunk.count || points.length >= limit) break;
      }
      return points;
    }
    for (let at = this.#chunkOf(endMs); at >= 0; at -= 1) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) continue;
      const start = chunk.firstNotBefore(startMs);
      for (let place = chunk.firstNotBefore(endMs) - 1; place >= start && points.length < limit; place -= 1) points.push(this.#pointOf(chunk, place));
      if (start > 0 || points.length >= limit) break;
    }
    return points;
  }

  aggregate({ startMs, endMs, intervalMs, aggregation }: AggregateQuery): DataPoint[] {
    const points: DataPoint[] = [];
    let bucket = new BucketAggregate();
    let bucketStartMs = startMs;
    let bucketEndMs = Number.NEGATIVE_INFINITY;
    const close = (): void => {
      const result = bucketEndMs === Number.NEGATIVE_INFINITY ? undefined : bucket.result(aggregation);
      if (result !== undefined) points.push({ key: this.key, tsMs: bucketStartMs + Math.floor((bucketEndMs - bucketStartMs) / 2), ...result });
    };
    for (let at = this.#chunkOf(startMs); at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] as Chunk;
      const end = chunk.firstNotBefore(endMs);
      for (let place = chunk.firstNotBefore(startMs); place < end; place += 1) {
        const tsMs = chunk.data[place] as number;
        if (tsMs >= bucketEndMs) {
          close();
          bucket = new BucketAggregate();
          bucketStartMs = startMs + Math.floor((tsMs - startMs) / intervalMs) * intervalMs;
          bucketEndMs = Math.min(bucketStartMs + intervalMs, endMs);
        }
        if (chunk.kind === ValueKind.double) bucket.addDouble(chunk.data[chunk.capacity + place] as number);
        else bucket.add(chunk.kindAt(place), valueAt(chunk, place));
      }
      if (end < chunk.count) break;
    }
    close();
    return points;
  }

  #putSlowly(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): ReplacedPoint | undefined {
    const last = this.#chunks.at(-1);
    if (last === undefined || tsMs > last.lastMs) {
      this.#roomAtEnd().push(tsMs, kind, number, other);
      this.count += 1;
      return undefined;
    }
    const at = this.#chunkOf(tsMs);
    let chunk = this.#chunks[at] as Chunk;
    let place = chunk.firstNotBefore(tsMs);
    if (chunk.data[place] === tsMs) return chunk.replace(place, kind, number, other);
    if (chunk.count === CHUNK_POINTS_MAX) {
      const later = chunk.split();
      this.#chunks.splice(at + 1, 0, later);
      this.#setApart(this.#apart);
      if (place > chunk.count) {
        place -= chunk.count;
        chunk = later;
      }
    } else if (chunk.count === chunk.capacity) chunk.grow();
    chunk.insert(place, tsMs, kind, number, other);
    this.count += 1;
    return undefined;
  }

  /** Takes a point away again, if it is there. */
  #remove(tsMs: number): void {
    const at = this.#chunkOf(tsMs);
    const chunk = this.#chunks[at];
    const place = chunk?.firstNotBefore(tsMs) ?? 0;
    if (chunk === undefined || place === chunk.count || chunk.data[place] !== tsMs) return;
    chunk.remove(place);
    this.count -= 1;
    if (chunk.count === 0) this.#chunks.splice(at, 1);
  }

  #setApart(apart: LatestApart | undefined): void {
    this.#apart = apart;
    this.#tail = apart === undefined ? this.#chunks.at(-1) : undefined;
  }

  #lastPoint(): LatestApart {
    const last = this.#chunks.at(-1);
    if (last === undefined) return noLatest;
    const place = last.count - 1;
    return { tsMs: last.lastMs, kind: last.kindAt(place), number: last.data[last.capacity + place] as number, other: last.others?.[place] };
  }

  #roomAtEnd(): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.count < CHUNK_POINTS_MAX) {
      if (last.count === last.capacity) last.grow();
      return last;
    }
    // A series that filled a chunk is likely to fill the next one.
    const next = new Chunk(last === undefined ? CHUNK_POINTS_MIN : CHUNK_POINTS_MAX / 4);
    this.#chunks.push(next);
    this.#setApart(this.#apart);
    return next;
  }

  /** Place of the first chunk that ends at or after `tsMs`; the number of chunks if all end before. */
  #chunkOf(tsMs: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as Chunk).lastMs < tsMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #pointOf(chunk: Chunk, place: number): DataPoint {
    return { key: this.key, tsMs: chunk.data[place] as number, kind: chunk.kindAt(place), value: valueAt(chunk, place) };
  }
}

/** Stands for the latest point of a series that has none. */
const noLatest: LatestApart = { tsMs: Number.NEGATIVE_INFINITY, kind: ValueKind.double, number: 0, other: undefined };

function valueAt(chunk: Chunk, place: number): StoredValue {
  return valueOf(chunk.kindAt(place), chunk.data[chunk.capacity + place] as number, chunk.others?.[place]);
}

function valueOf(kind: ValueKind, number: number, other: OtherValue | undefined): StoredValue {
  if (other !== undefined) return other;
  return kind === ValueKind.boolean ? number === 1 : number;
}
