import type { Clock } from '@fieldline/kernel';
import { queryErrors, type TimeSeriesReader } from '@fieldline/ports';
import type { DataCollections } from '../data/data-collections.js';
import type { EntityCollections } from '../entities/entity-collections.js';
import type { FindOptions, MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';

/** What queries read. */
export interface QueriedCollections {
  readonly entities: EntityCollections;
  readonly data: Pick<DataCollections, 'latest' | 'attribute' | 'alarm' | 'queried' | 'queriedKey'>;
  readonly history: Pick<TimeSeriesReader, 'range'>;
}

export interface QueryLimits {
  readonly entitiesMax: number;
  readonly alarmsMax: number;
  readonly deadlineMs: number;
  readonly readByKeyFrom: number;
}

/** One query under way: reads as much as it may, as long as it may. */
export class QueryRun {
  readonly collections: QueriedCollections;
  readonly limits: QueryLimits;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(collections: QueriedCollections, limits: QueryLimits, clock: Clock) {
    this.collections = collections;
    this.limits = limits;
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
  }

  /** @throws QUERY_TOO_SLOW */
  checkTime(): void {
    const { deadlineMs } = this.limits;
    if (this.#clock.monotonicMs() - this.#startedMs > deadlineMs) throw queryErrors.TOO_SLOW({ deadlineMs });
  }

  /**
   * Everything that matches.
   *
   * @throws QUERY_TOO_SLOW; QUERY_TOO_MANY_ENTITIES where that is more than `max`
   */
  async all<T extends Stored>(collection: MongoCollection<T>, filter: MongoFilter, max: number, options: FindOptions = {}): Promise<T[]> {
    this.checkTime();
    const found: T[] = [];
    for await (const batch of collection.batches(filter, { ...options, limit: max + 1 })) {
      for (const document of batch) found.push(document);
      this.checkTime();
    }
    if (found.length > max) throw queryErrors.TOO_MANY_ENTITIES({ max });
    return found;
  }

  /**
   * The texts of a field of everything that matches, each once.
   *
   * @throws QUERY_TOO_SLOW; QUERY_TOO_MANY_ENTITIES where that is more than `max`
   */
  async texts<T extends Stored>(collection: MongoCollection<T>, field: string, filter: MongoFilter, max: number): Promise<readonly string[]> {
    this.checkTime();
    const found = await collection.texts(field, filter);
    this.checkTime();
    if (found === undefined || found.length > max) throw queryErrors.TOO_MANY_ENTITIES({ max });
    return found;
  }
}
