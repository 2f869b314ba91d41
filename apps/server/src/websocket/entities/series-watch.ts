import { entityFrame, entityUpdateTail, livePoints, liveValueOf, noLiveValue, type LiveValue } from '@fieldline/api-contract';
import type { LiveUpdate } from '@fieldline/ports';
import type { EntityRow, RowSeries } from './entity-page.js';
import { EARLY_POINTS_MAX } from './limits.js';
import type { WatchParts } from './watch-parts.js';

/** A value with its key. */
type KeyedValue = readonly [string, LiveValue];

interface Rendering {
  readonly points: readonly KeyedValue[];
  /** Of all of them. */
  tail: string | undefined;
}

/**
 * Sends the points of some keys as they are stored, also older ones; the newest again is no news (websocket-api.md §5.3). Points that
 * come before the history was sent wait for that.
 */
export class SeriesWatch {
  readonly #parts: WatchParts;
  readonly #keys: ReadonlySet<string>;
  readonly #signature: string;
  readonly #watched = new Map<EntityRow, () => void>();
  readonly #newest = new Map<EntityRow, Map<string, LiveValue>>();
  #early: Map<EntityRow, KeyedValue[]> | undefined = new Map();
  #earlyCount = 0;

  constructor(parts: WatchParts, keys: readonly string[]) {
    this.#parts = parts;
    this.#keys = new Set(keys);
    this.#signature = JSON.stringify([...keys].sort());
  }

  /** @throws TELEMETRY_WATCH_LIMIT */
  watch(rows: readonly EntityRow[]): void {
    for (const row of rows)
      this.#watched.set(
        row,
        this.#parts.feed.subscribe(row.owner, row.entity, (update) => this.#updated(row, update)),
      );
  }

  /** Ends the watch over all other rows; what is not watched yet stays so. */
  keep(rows: readonly EntityRow[]): void {
    const wanted = new Set(rows);
    for (const row of [...this.#watched.keys()]) if (!wanted.has(row)) this.leave(row);
  }

  leave(row: EntityRow): void {
    this.#watched.get(row)?.();
    this.#watched.delete(row);
    this.#newest.delete(row);
    this.#early?.delete(row);
  }

  end(): void {
    for (const row of [...this.#watched.keys()]) this.leave(row);
  }

  /** To be called when the history was sent: what came while it was read follows, unless it is in it. */
  begin(history: ReadonlyMap<EntityRow, RowSeries>): void {
    const early = this.#early ?? new Map<EntityRow, KeyedValue[]>();
    this.#early = undefined;
    for (const [row, { timeseries }] of history) {
      if (!this.#watched.has(row)) continue;
      const newest = new Map<string, LiveValue>();
      // Aggregated values stand for points and are none.
      for (const [key, [first]] of Object.entries(timeseries ?? {})) if (first !== undefined && first.count === undefined) newest.set(key, first);
      this.#newest.set(row, newest);
    }
    for (const [row, points] of early) {
      const unsent = points.filter((point) => !isIn(history.get(row), point)).filter((point) => this.#takes(row, point));
      if (unsent.length > 0) this.#send(entityUpdateTail([livePoints(row.entity, unsent)], this.#parts.allowedEntities));
    }
  }

  #updated(row: EntityRow, update: LiveUpdate): void {
    const { renderings, allowedEntities } = this.#parts;
    const rendering = renderings.of<Rendering>(update, `points ${allowedEntities} ${this.#signature}`, () => ({
      points: this.#pointsOf(update),
      tail: undefined,
    }));
    if (this.#early !== undefined) {
      this.#keep(row, rendering.points);
      return;
    }
    const fresh = rendering.points.filter((point) => this.#takes(row, point));
    if (fresh.length === 0) return;
    if (fresh.length < rendering.points.length) this.#send(entityUpdateTail([livePoints(row.entity, fresh)], allowedEntities));
    else {
      rendering.tail ??= entityUpdateTail([livePoints(row.entity, fresh)], allowedEntities);
      this.#send(rendering.tail);
    }
  }

  /** Newest first; a key that has no value any more says so. */
  #pointsOf({ points, removedLatest = [] }: LiveUpdate): readonly KeyedValue[] {
    const wanted = points.filter(({ key }) => this.#keys.has(key)).sort((a, b) => b.tsMs - a.tsMs);
    const gone = removedLatest.filter(({ key, latest }) => latest === undefined && this.#keys.has(key));
    return [...wanted.map((point): KeyedValue => [point.key, liveValueOf(point)]), ...gone.map(({ key }): KeyedValue => [key, noLiveValue])];
  }

  /** A socket whose history takes this long is told so instead of missing points. */
  #keep(row: EntityRow, points: readonly KeyedValue[]): void {
    this.#earlyCount += points.length;
    if (this.#earlyCount > EARLY_POINTS_MAX) {
      this.#parts.queue.overflow();
      return;
    }
    const ofRow = this.#early?.get(row);
    if (ofRow === undefined) this.#early?.set(row, [...points]);
    else for (const point of points) ofRow.push(point);
  }

  #takes(row: EntityRow, [key, value]: KeyedValue): boolean {
    const ofRow = this.#newest.get(row) ?? new Map<string, LiveValue>();
    const newest = ofRow.get(key);
    if (newest !== undefined && newest.ts === value.ts && newest.value === value.value) return false;
    if (value === noLiveValue) ofRow.delete(key);
    else if (newest === undefined || value.ts >= newest.ts) ofRow.set(key, value);
    this.#newest.set(row, ofRow);
    return true;
  }

  #send(tail: string): void {
    this.#parts.queue.send(entityFrame(this.#parts.cmdId, tail));
  }
}

function isIn(history: RowSeries | undefined, [key, { ts, value }]: KeyedValue): boolean {
  return history?.timeseries?.[key]?.some((shown) => shown.count === undefined && shown.ts === ts && shown.value === value) === true;
}
