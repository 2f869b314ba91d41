import type { DataPoint } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import type { SeriesOwner } from './data-documents.js';
import { isAliveAt, type Expiry } from './expiry.js';
import type { UnitPoint, UnitRemoval } from './mongo-unit.js';

/** Stored points of a series before a time, the newest first, without those that have outlived their time to live. */
export type PointsBefore = (series: ReplayedSeries, beforeMs: number, expiry: Expiry) => AsyncIterable<DataPoint>;

/** What changes make of a series, one after the other, before any of it is stored. */
export class ReplayedSeries {
  /** As `seriesName` gives it. */
  readonly name: string;
  readonly owner: SeriesOwner;
  /** The points to store, by their time. */
  readonly points = new Map<number, UnitPoint>();
  /** What to remove before they are stored. */
  readonly removals: UnitRemoval[] = [];
  /** The latest value, which the changes may have left as it is stored, or without any. */
  latest: DataPoint | 'stored' | undefined = 'stored';
  readonly #storedMs: number | undefined;

  /** @param storedMs time of the stored latest value, if there is one */
  constructor(name: string, { tenantId, entity, key }: SeriesOwner, storedMs: number | undefined) {
    this.name = name;
    this.owner = { tenantId, entity, key };
    this.#storedMs = storedMs;
  }

  /** False where no latest value is stored. */
  get hasStoredLatest(): boolean {
    return this.#storedMs !== undefined;
  }

  /** The latest value if the changes made it. */
  get writtenLatest(): DataPoint | undefined {
    return this.latest === 'stored' ? undefined : this.latest;
  }

  /** False where its latest value, once it is written, names the series. */
  get isNameless(): boolean {
    return this.latest === undefined || [...this.points.values()].some(({ uses }) => (uses & ValueUse.latest) === 0);
  }

  put(point: UnitPoint): void {
    const { key, tsMs, kind, value, uses } = point;
    if ((uses & ValueUse.history) !== 0) this.points.set(tsMs, point);
    if ((uses & ValueUse.latest) !== 0 && tsMs >= this.#latestMs) this.latest = { key, tsMs, kind, value };
  }

  /** @returns whether it took the latest value */
  async remove(removal: UnitRemoval, expiry: Expiry, stored: PointsBefore): Promise<boolean> {
    const { startMs, endMs, latest } = removal;
    if (startMs >= endMs) return false;
    this.removals.push(removal);
    for (const tsMs of this.points.keys()) if (isWithin(removal, tsMs)) this.points.delete(tsMs);
    if (latest === 'keep' || !isWithin(removal, this.#latestMs)) return false;
    this.latest = latest === 'remove' ? undefined : await this.#newestBefore(startMs, expiry, stored);
    return true;
  }

  async #newestBefore(beforeMs: number, expiry: Expiry, stored: PointsBefore): Promise<DataPoint | undefined> {
    let newest: UnitPoint | undefined;
    for (const point of this.points.values()) {
      const isNewest = point.tsMs < beforeMs && point.tsMs > (newest?.tsMs ?? Number.NEGATIVE_INFINITY);
      if (isNewest && isAliveAt(point, expiry)) newest = point;
    }
    const old = await this.#newestLeft(beforeMs, expiry, stored);
    if (newest === undefined || (old?.tsMs ?? Number.NEGATIVE_INFINITY) > newest.tsMs) return old;
    return { key: newest.key, tsMs: newest.tsMs, kind: newest.kind, value: newest.value };
  }

  /** The newest stored point that no change has removed or replaced. */
  async #newestLeft(beforeMs: number, expiry: Expiry, stored: PointsBefore): Promise<DataPoint | undefined> {
    let endMs: number | undefined = beforeMs;
    while (endMs !== undefined) {
      const before: number = endMs;
      endMs = undefined;
      for await (const point of stored(this, before, expiry)) {
        const removal = this.removals.find((range) => isWithin(range, point.tsMs));
        // The whole range is gone: there is nothing to look at one by one.
        if (removal !== undefined) endMs = removal.startMs;
        else if (this.points.has(point.tsMs)) continue;
        else return point;
        break;
      }
    }
    return undefined;
  }

  get #latestMs(): number {
    if (this.latest === 'stored') return this.#storedMs ?? Number.NEGATIVE_INFINITY;
    return this.latest?.tsMs ?? Number.NEGATIVE_INFINITY;
  }
}

const isWithin = ({ startMs, endMs }: UnitRemoval, tsMs: number): boolean => tsMs >= startMs && tsMs < endMs;
