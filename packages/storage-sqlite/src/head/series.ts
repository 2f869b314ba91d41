import type { DataPoint, OtherValue, ValueKind } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { CHUNK_POINTS_MAX, CHUNK_POINTS_MIN } from '../limits.js';
import { LatestFate } from '../log/record-format.js';
import type { TimeSpan } from '../reads/history-reads.js';
import { Chunk, type ReplacedPoint } from './chunk.js';
import { chunkOf, pointsIn, takeRange } from './chunks.js';
import type { Generations } from './generations.js';
import { latestAt, noLatest, pointOfLatest, type LatestApart } from './latest-apart.js';
import type { SeriesEntity } from './series-entity.js';

/** What must be known to take a point out again that was more than added: what it replaced, and the latest point before it. */
export interface PutUndo {
  readonly replaced: ReplacedPoint | undefined;
  readonly apart: LatestApart | undefined;
}

/** What must be known to put a removed range back. */
export interface RemovalUndo {
  readonly removed: readonly Chunk[];
  readonly apart: LatestApart | undefined;
  /** True where the range was noted down to hide what is stored elsewhere. */
  readonly isNoted: boolean;
  /** True where the latest value went with it. */
  readonly isLatestLost: boolean;
}

/** Points of one generation in memory, and the ranges in which they are all there is: those that removals emptied before. */
export interface GenerationPart {
  readonly chunks: readonly Chunk[];
  readonly removed: readonly TimeSpan[];
}

/** The generation on its way to the blocks. */
interface SealedPart extends GenerationPart {
  readonly generation: number;
  readonly chunks: Chunk[];
  readonly removed: TimeSpan[];
  /** As it was when this was the current generation. */
  readonly apart: LatestApart | undefined;
}

/**
 * The points of one entity and key in memory: chunks sorted by time, none of them empty. The last point is the latest value,
 * unless there were points that may not be it, or may be nothing else, or the point is no longer here.
 */
export class Series {
  readonly id: number;
  readonly key: string;
  readonly entity: SeriesEntity;
  /** Place among the series of the entity. */
  readonly place: number;
  /** Of the chunks. */
  generation: number;
  /** True once points of it may be in blocks. */
  hasBlocks = false;
  #chunks: Chunk[] = none;
  /** The last chunk; absent while the latest point is apart, so that `put` looks there. */
  #tail: Chunk | undefined = undefined;
  #apart: LatestApart | undefined = undefined;
  /** Ranges that were emptied in this generation: they hide what is sealed or in blocks. */
  #removed: TimeSpan[] | undefined = undefined;
  #sealed: SealedPart | undefined = undefined;

  constructor(id: number, key: string, entity: SeriesEntity, place: number, generation: number) {
    this.id = id;
    this.key = key;
    this.entity = entity;
    this.place = place;
    this.generation = generation;
  }

  get hasLatest(): boolean {
    return this.#apart === undefined ? this.#chunks.length > 0 : this.#apart !== noLatest;
  }

  /** Points of the current generation. */
  get count(): number {
    return pointsIn(this.#chunks);
  }

  /** Points in memory, those counted twice that are in both generations. */
  get headCount(): number {
    return this.count + pointsIn(this.#sealed?.chunks ?? none);
  }

  get current(): GenerationPart {
    return { chunks: this.#chunks, removed: this.#removed ?? [] };
  }

  get sealed(): GenerationPart | undefined {
    return this.#sealed;
  }

  /** Lets go of what was dropped, and seals what is of the generation before. To be called before anything but `latest`. */
  settle({ current, dropped }: Generations): void {
    if (this.#sealed !== undefined && this.#sealed.generation <= dropped) this.#dropPart(this.#sealed);
    if (this.generation === current) return;
    const part = { generation: this.generation, chunks: this.#chunks, removed: this.#removed ?? none, apart: this.#apart };
    if (this.#chunks.length > 0) this.#apart ??= this.#lastPoint();
    if (part.chunks.length > 0 || part.removed.length > 0) {
      if (part.generation <= dropped) this.#dropPart(part);
      else this.#sealed = part;
    }
    this.#chunks = none;
    this.#tail = undefined;
    this.#removed = undefined;
    this.generation = current;
  }

  /** Undoes the last `settle`, after all that was put since was taken back. */
  unseal(generation: number): void {
    if (this.generation <= generation) return;
    this.generation = generation;
    const sealed = this.#sealed;
    if (sealed?.generation !== generation) return;
    this.#sealed = undefined;
    this.#chunks = sealed.chunks;
    this.#removed = sealed.removed.length === 0 ? undefined : sealed.removed;
    this.#setApart(sealed.apart);
  }

  /** Adds a point; returns what else it changed. */
  put(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined, ttlMs: number): PutUndo | undefined {
    const tail = this.#tail;
    if (tail !== undefined && tail.count < tail.capacity && tsMs > tail.lastMs) {
      tail.push(tsMs, kind, number, other, ttlMs);
      return undefined;
    }
    const apart = this.#apart;
    const replaced = this.#putSlowly(tsMs, kind, number, other, ttlMs);
    if (apart !== undefined && tsMs >= apart.tsMs) this.#setApart(tsMs === this.#chunks.at(-1)?.lastMs ? undefined : { tsMs, kind, number, other });
    return replaced === undefined && apart === undefined ? undefined : { replaced, apart };
  }

  /**
   * Adds a point that is not history and latest value in one.
   *
   * @param uses of `ValueUse`
   */
  putApart(tsMs: number, point: ReplacedPoint, uses: number): PutUndo {
    const { kind, number, other, ttlMs } = point;
    const before = this.#apart;
    const latest = before ?? this.#lastPoint();
    let replaced: ReplacedPoint | undefined;
    if ((uses & ValueUse.history) !== 0) {
      this.#setApart(latest);
      replaced = this.#putSlowly(tsMs, kind, number, other, ttlMs);
    } else if ((uses & ValueUse.latest) !== 0 && tsMs >= latest.tsMs) this.#setApart({ tsMs, kind, number, other });
    return { replaced, apart: before };
  }

  /** Takes out what `put` or `putApart` added. Points are taken out in the reverse of the order in which they were added. */
  takeBack(tsMs: number, uses: number, undo: PutUndo | undefined): void {
    const replaced = undo?.replaced;
    if (replaced !== undefined) this.#putSlowly(tsMs, replaced.kind, replaced.number, replaced.other, replaced.ttlMs);
    else if ((uses & ValueUse.history) !== 0) this.#takeOut(tsMs);
    this.#setApart(undo?.apart);
  }

  /**
   * Takes the points with `startMs <= time < endMs` out.
   *
   * @param fate of `LatestFate`: what becomes of a latest value in the range; one that is rewritten is the caller's to set
   */
  remove(startMs: number, endMs: number, fate: number): RemovalUndo {
    const apart = this.#apart;
    const latest = apart ?? this.#lastPoint();
    const isLatestIn = latest.tsMs >= startMs && latest.tsMs < endMs;
    const removed = takeRange(this.#chunks, startMs, endMs);
    const isNoted = this.hasBlocks || this.#sealed !== undefined;
    if (isNoted) (this.#removed ??= []).push({ startMs, endMs });
    if (!isLatestIn) this.#setApart(apart);
    else this.#setApart(fate === LatestFate.keep ? latest : noLatest);
    return { removed, apart, isNoted, isLatestLost: isLatestIn && fate !== LatestFate.keep };
  }

  /** Puts back what `remove` took; in the same reverse order as `takeBack`. */
  restore({ removed, apart, isNoted }: RemovalUndo): void {
    if (isNoted) this.#removed?.pop();
    for (const chunk of removed) {
      for (let place = 0; place < chunk.count; place += 1) {
        const { kind, number, other, ttlMs } = chunk.pointAt(place);
        this.#putSlowly(chunk.data[place] as number, kind, number, other, ttlMs);
      }
    }
    this.#setApart(apart);
  }

  /** Sets the latest value to what somebody else worked out; absent: there is none. */
  setLatest(latest: LatestApart | undefined): void {
    this.#setApart(latest ?? noLatest);
  }

  latest(): DataPoint | undefined {
    const tail = this.#tail;
    if (tail !== undefined) return pointOfLatest(this.key, latestAt(tail, tail.count - 1));
    const apart = this.#apart;
    return apart === undefined || apart === noLatest ? undefined : pointOfLatest(this.key, apart);
  }

  #dropPart({ chunks }: GenerationPart): void {
    this.#sealed = undefined;
    if (chunks.length > 0) this.hasBlocks = true;
  }

  #putSlowly(tsMs: number, kind: ValueKind, number: number, other: OtherValue | undefined, ttlMs: number): ReplacedPoint | undefined {
    const last = this.#chunks.at(-1);
    if (last === undefined || tsMs > last.lastMs) {
      this.#roomAtEnd().push(tsMs, kind, number, other, ttlMs);
      return undefined;
    }
    const at = chunkOf(this.#chunks, tsMs);
    let chunk = this.#chunks[at] as Chunk;
    let place = chunk.firstNotBefore(tsMs);
    const point = { kind, number, other, ttlMs };
    if (chunk.data[place] === tsMs) return chunk.replace(place, point);
    if (chunk.count === CHUNK_POINTS_MAX) {
      const later = chunk.split();
      this.#chunks.splice(at + 1, 0, later);
      this.#setApart(this.#apart);
      if (place > chunk.count) {
        place -= chunk.count;
        chunk = later;
      }
    } else if (chunk.count === chunk.capacity) chunk.grow();
    chunk.insert(place, tsMs, point);
    return undefined;
  }

  /** Takes a point away again, if it is there. */
  #takeOut(tsMs: number): void {
    const at = chunkOf(this.#chunks, tsMs);
    const chunk = this.#chunks[at];
    const place = chunk?.firstNotBefore(tsMs) ?? 0;
    if (chunk === undefined || chunk.data[place] !== tsMs) return;
    chunk.remove(place, place + 1);
    if (chunk.count === 0) this.#chunks.splice(at, 1);
  }

  #setApart(apart: LatestApart | undefined): void {
    this.#apart = apart;
    this.#tail = apart === undefined ? this.#chunks.at(-1) : undefined;
  }

  #lastPoint(): LatestApart {
    const last = this.#chunks.at(-1);
    return last === undefined ? noLatest : latestAt(last, last.count - 1);
  }

  #roomAtEnd(): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.count < CHUNK_POINTS_MAX) {
      if (last.count === last.capacity) last.grow();
      return last;
    }
    // A series that filled a chunk is likely to fill the next one.
    const next = new Chunk(last === undefined ? CHUNK_POINTS_MIN : CHUNK_POINTS_MAX / 4);
    // A list that starts with its first member is smaller than one that grew.
    if (last === undefined) this.#chunks = [next];
    else this.#chunks.push(next);
    this.#setApart(this.#apart);
    return next;
  }
}

/** Nothing is ever put here. */
const none: never[] = [];
