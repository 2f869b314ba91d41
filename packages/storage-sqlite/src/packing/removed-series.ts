import type { DatabaseSync } from 'node:sqlite';

/** The entities that were removed and are still named, and their series, as they are at one time. */
export class RemovedSeries {
  readonly #series: ReadonlySet<number>;
  readonly #entities: ReadonlySet<number>;
  readonly #isAny: boolean;

  constructor(database: DatabaseSync) {
    const entities = database.prepare(removedEntities).all();
    this.#entities = new Set(entities.map(({ number }) => Number(number)));
    const series = database.prepare('SELECT id FROM series WHERE entity_number = ?');
    this.#series = new Set([...this.#entities].flatMap((number) => series.all(number).map(({ id }) => Number(id))));
    this.#isAny = this.#entities.size > 0;
  }

  has(seriesId: number): boolean {
    return this.#isAny && this.#series.has(seriesId);
  }

  hasEntity(number: number): boolean {
    return this.#isAny && this.#entities.has(number);
  }
}

const removedEntities = `
SELECT number FROM entity WHERE is_removed = 1 AND is_swept < 2
UNION SELECT number FROM entity WHERE tenant_id IN (SELECT id FROM removed_tenant)`;
