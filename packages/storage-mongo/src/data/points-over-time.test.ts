import { TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import { pointsOfColumns, ValueKind, type PointColumns, type TenantId } from '@fieldline/model';
import { historyLimits, type CommitUnit, type DataStore } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CollectionDefinition } from '../check-indexes.js';
import { SWEEP_AFTER_START_MS, SWEEP_EVERY_MS } from '../limits.js';
import type { FindOptions, MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import { describeWithMongo, testDatabase } from '../mongo-server.fixture.js';
import { openMongoDataStore } from './mongo-data-store.js';

// Goal: a read that takes its time shows one instant, and what has expired leaves the database, but not under a read.
// Method: cursors that ask for each page anew, so that they meet every change, as those of a server may; a clock to move.

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const entity = { entityType: 'DEVICE', id: 'device' } as const;
const PAGE = 20;

/** The same database, whose cursors never hold more than a page. */
function withLiveCursors(database: MongoDatabase): MongoDatabase {
  return {
    name: database.name,
    close: () => database.close(),
    async open<T extends Stored>(definition: CollectionDefinition): Promise<MongoCollection<T>> {
      const collection = await database.open<T>(definition);
      return new Proxy(collection, {
        get: (target, name) => {
          const member = Reflect.get(target, name, target) as unknown;
          if (name === 'batches') return (filter: MongoFilter, options: FindOptions) => pagesOf(collection, filter, options);
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        },
      });
    },
  };
}

async function* pagesOf<T extends Stored>(collection: MongoCollection<T>, filter: MongoFilter, options: FindOptions): AsyncIterable<readonly T[]> {
  let { $gte, $lt } = filter['_id'] as { readonly $gte: string; readonly $lt: string };
  let left = options.limit ?? Number.MAX_SAFE_INTEGER;
  while (left > 0) {
    const page = await collection.find({ ...filter, _id: { $gte, $lt } }, { sort: options.sort, limit: Math.min(PAGE, left) });
    const last = page.at(-1);
    if (last === undefined) return;
    left -= page.length;
    if (options.sort?.['_id'] === 1) $gte = `${last._id}0`;
    else $lt = last._id;
    yield page;
  }
}

describeWithMongo('points over time', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let database: MongoDatabase;
  let store: DataStore;
  let clock: TestClock;
  const all = { key: 'a', startMs: 0, endMs: Number.MAX_SAFE_INTEGER, limit: 1_000, order: 'ASC' } as const;
  const commit = async (fill: (unit: CommitUnit) => void): Promise<void> => {
    const unit = store.begin();
    fill(unit);
    await store.commit(unit);
  };
  const add = (unit: CommitUnit, tsMs: number, { value = 1, ttlMs = 0, key = 'a' } = {}): void =>
    unit.point(tenantId, entity, key, tsMs, ValueKind.double, value, ttlMs);
  const timesOf = (piece: IteratorResult<PointColumns>): readonly (readonly [number, unknown])[] =>
    piece.done === true ? [] : pointsOfColumns(piece.value, 'a').map(({ tsMs, value }) => [tsMs, value] as const);
  const rest = async (pieces: AsyncIterator<PointColumns>): Promise<(readonly [number, unknown])[]> => {
    const points: (readonly [number, unknown])[] = [];
    for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) points.push(...timesOf(piece));
    return points;
  };
  const storedCount = async (): Promise<number> => (await database.open<Stored>({ name: 'data_point', indexes: [] })).count({});
  beforeEach(async () => {
    place = testDatabase(server());
    database = await place.open();
    clock = new TestClock();
    store = await openMongoDataStore({ database: withLiveCursors(database), clock, log: silentLog });
  });
  afterEach(async () => {
    await store.close();
    await database.close();
    await place.drop();
  });

  test.each([
    { order: 'ASC', limit: 1_000 },
    { order: 'DESC', limit: 1_000 },
    { order: 'ASC', limit: 70 },
    { order: 'DESC', limit: 70 },
  ] as const)('a read in pieces shows one instant: $order, at most $limit', async ({ order, limit }) => {
    await commit((unit) => {
      for (let n = 0; n < 100; n += 1) add(unit, 2 * n);
    });
    const pieces = store.columns(tenantId, entity, { ...all, order, limit })[Symbol.asyncIterator]();
    const shown = [...timesOf(await pieces.next())];
    await commit((unit) => {
      for (const startMs of [20, 60, 120]) unit.removePoints({ tenantId, entity, key: 'a', startMs, endMs: startMs + 10, latest: 'keep' });
      for (let n = 0; n < 100; n += 5) add(unit, 2 * n, { value: 2 });
      for (const tsMs of [3, 61, 99, 151, 500]) add(unit, tsMs, { value: 3 });
    });
    shown.push(...timesOf(await pieces.next()));
    await commit((unit) => unit.removePoints({ tenantId, entity, key: 'a', startMs: 90, endMs: 100, latest: 'keep' }));
    shown.push(...(await rest(pieces)));
    const times = Array.from({ length: 100 }, (_, n) => (order === 'ASC' ? 2 * n : 198 - 2 * n));
    expect(shown).toEqual(times.slice(0, limit).map((tsMs) => [tsMs, 1]));
    const after = await rest(store.columns(tenantId, entity, all)[Symbol.asyncIterator]());
    expect(after.map(([tsMs]) => tsMs)).toEqual(expect.arrayContaining([3, 61, 151, 500]));
  });

  test('a read whose entity is removed goes on as if it was not', async () => {
    await commit((unit) => {
      for (let n = 0; n < 50; n += 1) add(unit, n);
    });
    const pieces = store.columns(tenantId, entity, all)[Symbol.asyncIterator]();
    const first = timesOf(await pieces.next());
    await commit((unit) => unit.removeEntity(tenantId, entity));
    expect([...first, ...(await rest(pieces))]).toHaveLength(50);
    expect(await store.range(tenantId, entity, all)).toEqual([]);
  });

  test('what was removed under a read comes in pieces that are no larger than others', async () => {
    const count = 2 * historyLimits.pieceMax + 50;
    await commit((unit) => {
      for (let n = 0; n < count; n += 1) add(unit, n);
    });
    const pieces = store.columns(tenantId, entity, { ...all, endMs: count, limit: count })[Symbol.asyncIterator]();
    const sizes = [timesOf(await pieces.next()).length];
    await commit((unit) => unit.removePoints({ tenantId, entity, key: 'a', startMs: 30, endMs: count, latest: 'keep' }));
    for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) sizes.push(timesOf(piece).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(count);
    expect(Math.max(...sizes)).toBe(historyLimits.pieceMax);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  test('a sweep removes what no read shows any more, and nothing else', async () => {
    const nowMs = clock.nowMs();
    await commit((unit) => {
      for (let n = 0; n < 5; n += 1) {
        add(unit, nowMs + n, { ttlMs: 1_000 });
        add(unit, nowMs + n, { key: 'b' });
        add(unit, nowMs + n, { key: 'c', ttlMs: 10 * SWEEP_EVERY_MS });
      }
    });
    clock.advanceMs(SWEEP_AFTER_START_MS);
    await expect.poll(storedCount).toBe(10);
    await store.setDefaultTtl(tenantId, SWEEP_EVERY_MS);
    clock.advanceMs(SWEEP_EVERY_MS);
    await expect.poll(storedCount).toBe(5);
    expect((await store.latest(tenantId, entity)).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    clock.advanceMs(9 * SWEEP_EVERY_MS);
    await expect.poll(storedCount).toBe(0);
  });

  test('a sweep leaves what a read under way still shows', async () => {
    const nowMs = clock.nowMs();
    await commit((unit) => {
      for (let n = 0; n < 50; n += 1) add(unit, nowMs + n, { ttlMs: n % 2 === 0 ? 1_000 : 0 });
    });
    const pieces = store.columns(tenantId, entity, all)[Symbol.asyncIterator]();
    const first = timesOf(await pieces.next());
    await store.setDefaultTtl(tenantId, 1_000);
    clock.advanceMs(2_000);
    expect(await store.range(tenantId, entity, all)).toEqual([]);
    expect([...first, ...(await rest(pieces))]).toHaveLength(50);
    clock.advanceMs(SWEEP_EVERY_MS);
    await expect.poll(storedCount).toBe(0);
  });
});
