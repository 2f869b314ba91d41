import { BucketAggregate, ValueKind, type DataPoint, type StoredValue } from '@fieldline/model';
import type { AggregateQuery, RangeQuery } from '@fieldline/ports';
import { CHUNK_POINTS_MAX, CHUNK_POINTS_MIN } from '../limits.js';
import { Chunk, type OtherValue, type ReplacedPoint } from './chunk.js';
import type { SeriesEntity } from './series-entity.js';

/** The points of one entity and key in memory: chunks sorted by time, none of them empty but the only one. */
export class Series {
  readonly id: number;
  readonly key: string;
  readonly entity: SeriesEntity;
  /** Place among the series of the entity. */
  readonly place: number;
  count = 0;
  readonly #chunks: Chunk[] = [];
  #tail: Chunk | undefined = undefined;

  constructor(id: number, key: string, entity: SeriesEntity, place: number) {
    this.id = id;
    this.key = key;
    this.entity = entity;
    this.place = place;
  }

  /** Adds a point; returns the one of the same time that it replaced. */
  put(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): ReplacedPoint | undefined {
    const tail = this.#tail;
    if (tail !== undefined && tail.count < tail.capacity && tsMs > tail.lastMs) {
      tail.push(tsMs, kind, number, other);
      this.count += 1;
      return undefined;
    }
    return this.#putSlowly(tsMs, kind, number, other);
  }

  /** Takes a point away again, if it is there. */
  remove(tsMs: number): void {
    const at = this.#chunkOf(tsMs);
    const chunk = this.#chunks[at];
    const place = chunk?.firstNotBefore(tsMs) ?? 0;
    if (chunk === undefined || place === chunk.count || chunk.data[place] !== tsMs) return;
    chunk.remove(place);
    this.count -= 1;
    if (chunk.count === 0) this.#chunks.splice(at, 1);
    this.#tail = this.#chunks.at(-1);
  }

  latest(): DataPoint | undefined {
    const tail = this.#tail;
    return tail === undefined ? undefined : this.#pointOf(tail, tail.count - 1);
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
        else bucket.add(chunk.kindAt(place), valueOf(chunk, place));
      }
      if (end < chunk.count) break;
    }
    close();
    return points;
  }

  #putSlowly(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined): ReplacedPoint | undefined {
    const tail = this.#tail;
    if (tail === undefined || tsMs > tail.lastMs) {
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
      this.#tail = this.#chunks.at(-1);
      if (place > chunk.count) {
        place -= chunk.count;
        chunk = later;
      }
    } else if (chunk.count === chunk.capacity) chunk.grow();
    chunk.insert(place, tsMs, kind, number, other);
    this.count += 1;
    return undefined;
  }

  #roomAtEnd(): Chunk {
    let tail = this.#tail;
    if (tail !== undefined && tail.count < CHUNK_POINTS_MAX) {
      if (tail.count === tail.capacity) tail.grow();
      return tail;
    }
    // A series that filled a chunk is likely to fill the next one.
    tail = new Chunk(tail === undefined ? CHUNK_POINTS_MIN : CHUNK_POINTS_MAX / 4);
    this.#chunks.push(tail);
    this.#tail = tail;
    return tail;
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
    return { key: this.key, tsMs: chunk.data[place] as number, kind: chunk.kindAt(place), value: valueOf(chunk, place) };
  }
}

function valueOf(chunk: Chunk, place: number): StoredValue {
  const other = chunk.others?.[place];
  if (other !== undefined) return other;
  const number = chunk.data[chunk.capacity + place] as number;
  return chunk.kindAt(place) === ValueKind.boolean ? number === 1 : number;
}
