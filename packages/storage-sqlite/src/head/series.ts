import { AggregateBuckets, BucketAggregate, ValueKind, type DataPoint, type StoredValue } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type RangeQuery } from '@fieldline/ports';
import { CHUNK_POINTS_MAX, CHUNK_POINTS_MIN } from '../limits.js';
import { LatestFate } from '../log/record-format.js';
import { Chunk, type OtherValue, type ReplacedPoint } from './chunk.js';
import type { SeriesEntity } from './series-entity.js';

/** A latest point that is not the last of its series, or a time of minus infinity where the series has no latest point. */
export interface LatestApart extends ReplacedPoint {
  readonly tsMs: number;
}

/** What must be known to take a point out again that was more than added: what it replaced, and the latest point before it. */
export interface PutUndo {
  readonly replaced: ReplacedPoint | undefined;
  readonly apart: LatestApart | undefined;
}

/** What must be known to put a removed range back. */
export interface RemovalUndo {
  readonly removed: readonly Chunk[];
  readonly apart: LatestApart | undefined;
  /** True where the latest value went with it. */
  readonly isLatestLost: boolean;
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

  /**
   * Takes the points with `startMs <= time < endMs` out.
   *
   * @param fate of `LatestFate`: what becomes of a latest value in the range; one that is rewritten is the caller's to put again
   */
  remove(startMs: number, endMs: number, fate: number): RemovalUndo {
    const apart = this.#apart;
    const latest = apart ?? this.#lastPoint();
    const isLatestIn = latest.tsMs >= startMs && latest.tsMs < endMs;
    const removed = this.#takeRange(startMs, endMs);
    if (!isLatestIn) this.#setApart(apart);
    else this.#setApart(fate === LatestFate.keep ? latest : noLatest);
    return { removed, apart, isLatestLost: isLatestIn && fate !== LatestFate.keep };
  }

  /** Gives a series that `remove` left without a latest value another one. */
  replaceLatest(latest: LatestApart): void {
    this.#setApart(latest);
  }

  /** Makes the latest value a point of its own that is nothing else. */
  putLatestAgain(): PutUndo {
    const apart = this.#apart;
    this.#setApart(apart ?? this.#lastPoint());
    return { replaced: undefined, apart };
  }

  /** Puts back what `remove` took; in the same reverse order as `takeBack`. */
  restore({ removed, apart }: RemovalUndo): void {
    for (const chunk of removed) {
      for (let place = 0; place < chunk.count; place += 1) {
        this.#putSlowly(chunk.data[place] as number, chunk.kindAt(place), chunk.data[chunk.capacity + place] as number, chunk.others?.[place]);
      }
    }
    this.#setApart(apart);
  }

  /** The newest point before a time. */
  newestBefore(tsMs: number): LatestApart | undefined {
    let chunk = this.#chunks[this.#chunkOf(tsMs)];
    let place = (chunk?.firstNotBefore(tsMs) ?? 0) - 1;
    if (place < 0) {
      chunk = this.#chunks[this.#chunkOf(tsMs) - 1];
      place = (chunk?.count ?? 0) - 1;
    }
    return chunk === undefined ? undefined : pointApart(chunk, place);
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

  aggregate(query: AggregateQuery): DataPoint[] {
    const { startMs, endMs, aggregation } = query;
    const points: DataPoint[] = [];
    const buckets = new AggregateBuckets(query);
    let bucket = new BucketAggregate();
    let number = 0;
    let bucketEndMs = Number.NEGATIVE_INFINITY;
    const close = (): void => {
      const result = bucketEndMs === Number.NEGATIVE_INFINITY ? undefined : bucket.result(aggregation);
      if (result !== undefined) points.push({ key: this.key, tsMs: buckets.middleMs(number), ...result });
    };
    for (let at = this.#chunkOf(startMs); at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] as Chunk;
      const end = chunk.firstNotBefore(endMs);
      for (let place = chunk.firstNotBefore(startMs); place < end; place += 1) {
        const tsMs = chunk.data[place] as number;
        if (tsMs >= bucketEndMs) {
          close();
          bucket = new BucketAggregate();
          number = buckets.numberAt(tsMs);
          bucketEndMs = buckets.endMs(number);
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

  #takeRange(startMs: number, endMs: number): Chunk[] {
    const taken: Chunk[] = [];
    for (let at = this.#chunkOf(startMs); at < this.#chunks.length;) {
      const chunk = this.#chunks[at] as Chunk;
      const [start, end] = [chunk.firstNotBefore(startMs), chunk.firstNotBefore(endMs)];
      if (start >= end) break;
      if (end - start === chunk.count) {
        taken.push(chunk);
        this.#chunks.splice(at, 1);
      } else {
        taken.push(chunk.take(start, end));
        at += 1;
      }
    }
    for (const { count } of taken) this.count -= count;
    return taken;
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
    return pointApart(last, last.count - 1);
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

const pointApart = (chunk: Chunk, place: number): LatestApart => ({
  tsMs: chunk.data[place] as number,
  kind: chunk.kindAt(place),
  number: chunk.data[chunk.capacity + place] as number,
  other: chunk.others?.[place],
});

function valueAt(chunk: Chunk, place: number): StoredValue {
  return valueOf(chunk.kindAt(place), chunk.data[chunk.capacity + place] as number, chunk.others?.[place]);
}

function valueOf(kind: ValueKind, number: number, other: OtherValue | undefined): StoredValue {
  if (other !== undefined) return other;
  return kind === ValueKind.boolean ? number === 1 : number;
}
