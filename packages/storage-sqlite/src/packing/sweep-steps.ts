import type { DatabaseSync } from 'node:sqlite';
import { PACKED_ROWS_A_WRITE, SERIES_SWEPT_AT_ONCE } from '../limits.js';
import type { WriteStatement } from '../writer/writer-link.js';
import { PublishCollection } from './publish-collection.js';
import { RemovedSeries } from './removed-series.js';

/**
 * Takes away what nobody reads any more, a request at a time: each must be on the disk before the next is asked for, and packing may
 * happen in between. First what is left of removed entities, then blocks all of whose points have outlived their time to live.
 */
export function* sweepSteps(database: DatabaseSync, nowMs: number): Generator<readonly WriteStatement[]> {
  yield* removedEntitySteps(database);
  yield* expirySteps(database, nowMs);
}

function* removedEntitySteps(database: DatabaseSync): Generator<readonly WriteStatement[]> {
  const series = database.prepare('SELECT s.id, l.series_id FROM series s LEFT JOIN latest l ON l.series_id = s.id WHERE s.entity_number = ?');
  let gone = new GoneNames(database);
  for (const row of database.prepare(removedEntities).all()) {
    const number = Number(row['number']);
    const found = series.all(number).map(({ id, series_id: withLatest }) => ({ id: Number(id), hasLatest: withLatest !== null }));
    for (const { id } of found) yield* blocksOf(database, id);
    gone.latest.push(...found.filter(({ hasLatest }) => hasLatest).map(({ id }) => id));
    if (row['is_named'] === 1) {
      if (row['is_removed'] === 0) gone.marked.push(number);
    } else {
      gone.series.push(...found.map(({ id }) => id));
      if (row['is_of_tenant'] === 1) gone.entities.push(number);
      else gone.swept.push(number);
    }
    if (gone.count < PACKED_ROWS_A_WRITE) continue;
    yield gone.statements();
    gone = new GoneNames(database);
  }
  if (gone.count > 0) yield gone.statements();
}

/** Rows about removed entities that go, or are marked, in one request. */
class GoneNames {
  /** Series by id, all others are entities by number. */
  readonly latest: number[] = [];
  readonly series: number[] = [];
  /** Of removed tenants, whose removal is known by theirs; only of other entities the id stays, marked: it never comes back. */
  readonly entities: number[] = [];
  readonly swept: number[] = [];
  readonly marked: number[] = [];
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get count(): number {
    return [this.latest, this.series, this.entities, this.swept, this.marked].reduce((count, { length }) => count + length, 0);
  }

  statements(): readonly WriteStatement[] {
    const each = (sql: string, keys: readonly number[]): WriteStatement[] => (keys.length === 0 ? [] : [{ sql, rows: keys.map((key) => [key]) }]);
    return [
      ...each('DELETE FROM latest WHERE series_id = ?', this.latest),
      ...each('DELETE FROM series WHERE id = ?', this.series),
      ...(this.entities.length === 0 ? [] : this.#publishes()),
      ...each('DELETE FROM entity WHERE number = ?', this.entities),
      ...each('UPDATE entity SET is_swept = 2 WHERE number = ?', this.swept),
      ...each('UPDATE entity SET is_removed = 1 WHERE number = ?', this.marked),
    ];
  }

  /** Publishes may name only entities that are there. */
  #publishes(): WriteStatement[] {
    const kept = this.#database.prepare('SELECT body FROM packed_publish').get()?.['body'];
    if (!(kept instanceof Uint8Array)) return [];
    const removed = new RemovedSeries(this.#database);
    const others = new PublishCollection();
    others.addBody(kept, (number) => removed.hasEntity(number));
    return [{ sql: 'UPDATE packed_publish SET body = ? WHERE id = 1', rows: [[others.body()]] }];
  }
}

function* blocksOf(database: DatabaseSync, seriesId: number): Generator<readonly WriteStatement[]> {
  const select = database.prepare('SELECT id FROM block WHERE series_id = ? LIMIT ?');
  for (let found = select.all(seriesId, PACKED_ROWS_A_WRITE); found.length > 0; found = select.all(seriesId, PACKED_ROWS_A_WRITE)) {
    yield [blockRemoval(found.map(({ id }) => Number(id)))];
  }
}

function* expirySteps(database: DatabaseSync, nowMs: number): Generator<readonly WriteStatement[]> {
  const series = database.prepare(seriesAndRetention);
  const expired = database.prepare(expiredBlocks);
  let found: ExpiredBlock[] = [];
  for (let rows = series.all(0, SERIES_SWEPT_AT_ONCE); rows.length > 0; rows = series.all(Number(rows.at(-1)?.['id']), SERIES_SWEPT_AT_ONCE)) {
    for (const { id, ttl_ms: defaultTtlMs } of rows) {
      for (const row of expired.all({ series: Number(id), now: nowMs, otherwise: Number(defaultTtlMs) })) {
        found.push([Number(row['id']), Number(id), Number(row['ttl_ms']), Number(row['end_ms'])]);
      }
      while (found.length >= PACKED_ROWS_A_WRITE) yield [expiredRemoval(found.splice(0, PACKED_ROWS_A_WRITE))];
    }
    // Also where nothing was found: packing need not wait until all series have been looked at.
    yield [expiredRemoval(found)];
    found = [];
  }
}

const blockRemoval = (ids: readonly number[]): WriteStatement => ({ sql: 'DELETE FROM block WHERE id = ?', rows: ids.map((id) => [id]) });

type ExpiredBlock = readonly [id: number, seriesId: number, ttlMs: number, endMs: number];

/** Packing may have happened since they were found, and what is new may have the number of what is gone. */
const expiredRemoval = (rows: readonly ExpiredBlock[]): WriteStatement => ({
  sql: 'DELETE FROM block WHERE id = ? AND series_id = ? AND ttl_ms = ? AND end_ms = ?',
  rows,
});

/**
 * The removed entities of which something may be left. `is_named`: units of this process, or the log, may still name them, so that
 * their series must stay.
 */
const removedEntities = `
SELECT number, is_removed, is_swept = 0 OR (SELECT through_seq < opened_seq FROM packing) AS is_named,
  tenant_id IN (SELECT id FROM removed_tenant) AS is_of_tenant
FROM entity WHERE number IN (
  SELECT number FROM entity WHERE is_removed = 1 AND is_swept < 2
  UNION SELECT number FROM entity WHERE tenant_id IN (SELECT id FROM removed_tenant)
) ORDER BY number`;

const seriesAndRetention = `
SELECT s.id, coalesce(r.ttl_ms, 0) AS ttl_ms
FROM series s JOIN entity e ON e.number = s.entity_number LEFT JOIN retention r ON r.tenant_id = e.tenant_id
WHERE s.id > ? ORDER BY s.id LIMIT ?`;

/** A point is dead when its time to live has gone by since its own time; a block when its last point is. */
const expiredBlocks = `
SELECT id, ttl_ms, end_ms FROM block WHERE series_id = :series AND ttl_ms > 0 AND end_ms + ttl_ms <= :now
UNION ALL SELECT id, ttl_ms, end_ms FROM block WHERE series_id = :series AND ttl_ms = 0 AND :otherwise > 0 AND end_ms + :otherwise <= :now`;
