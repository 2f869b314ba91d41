import { LATEST_TIMES_CACHED } from '../limits.js';
import { inCalls, type MongoCollection } from '../mongo-collection.js';
import type { LatestDocument } from './data-documents.js';

/** The time of the latest point of each series, as it is in the collection: nobody else writes there. */
export class LatestTimes {
  readonly #latest: MongoCollection<LatestDocument>;
  readonly #times = new Map<string, number>();
  readonly #cachedMax: number;

  constructor(latest: MongoCollection<LatestDocument>, cachedMax = LATEST_TIMES_CACHED) {
    this.#latest = latest;
    this.#cachedMax = cachedMax;
  }

  /** Of those of the series that have a point. */
  async read(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const unknown: string[] = [];
    for (const name of names) {
      const time = this.#times.get(name);
      if (time === undefined) unknown.push(name);
      else found.set(name, time);
    }
    for (const part of inCalls(unknown)) {
      for (const { _id, ts } of await this.#latest.find({ _id: { $in: part } }, { fields: ['ts'] })) found.set(_id, ts);
    }
    return found;
  }

  /** These documents are in the collection now. */
  written(documents: readonly LatestDocument[]): void {
    for (const { _id, ts } of documents) {
      // Taken out first, so that it becomes the most recently used.
      this.#times.delete(_id);
      this.#times.set(_id, ts);
    }
    for (const oldest of this.#times.keys()) {
      if (this.#times.size <= this.#cachedMax) break;
      this.#times.delete(oldest);
    }
  }

  /** Some series may be gone. */
  forgetAll(): void {
    this.#times.clear();
  }
}
