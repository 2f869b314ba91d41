import { ValueKind } from '@fieldline/model';
import { ValueUse, type DataStore, type PointRemoval, type RemovedLatest } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, commit, device, double, freshStore, removalOf, tenantA, tenantB } from './fixtures.js';

const all = { startMs: -1_000, endMs: 100_000, limit: 100_000, order: 'ASC' } as const;

async function timesOf(store: DataStore, key = 'a'): Promise<readonly number[]> {
  return (await store.range(tenantA, device(), { key, ...all })).map(({ tsMs }) => tsMs);
}

const addAt = (store: DataStore, ...times: readonly number[]): Promise<void> =>
  commit(store, (unit) => times.forEach((tsMs) => addDouble(unit, 'a', tsMs, tsMs)));
const remove = (store: DataStore, startMs: number, endMs: number, changes?: Partial<PointRemoval>): Promise<void> =>
  commit(store, (unit) => unit.removePoints(removalOf(startMs, endMs, changes)));

/** Removals of points: what goes, what stays, and what becomes of latest values. */
export function removedPointsContract(open: OpenStore<DataStore>): void {
  removedRangesContract(open);
  removedLatestContract(open);
  toldRemovalsContract(open);
}

function removedRangesContract(open: OpenStore<DataStore>): void {
  describe('a removal of points', () => {
    const opened = freshStore(open);

    test('takes those from its start on, and leaves the one at its end', async () => {
      await addAt(opened.store, 9, 10, 19, 20);
      await remove(opened.store, 10, 20);
      expect(await timesOf(opened.store)).toEqual([9, 20]);
      const sums = { key: 'a', startMs: 0, endMs: 100, intervalMs: 100, aggregation: 'SUM' } as const;
      expect((await opened.store.aggregate(tenantA, device(), sums)).map(({ value }) => value)).toEqual([29]);
    });

    test('leaves other keys, entities, types and tenants alone', async () => {
      const asset = { entityType: 'ASSET', id: device().id } as const;
      await commit(opened.store, (unit) => {
        addDouble(unit, 'a', 1, 1);
        addDouble(unit, 'b', 1, 1);
        [device(2), asset].forEach((entity) => addDouble(unit, 'a', 1, 1, entity));
        unit.point(tenantB, device(), 'a', 1, ValueKind.double, 1, 0);
      });
      await remove(opened.store, 0, 9);
      expect(await opened.store.keys(tenantA, device())).toEqual(['b']);
      expect(await timesOf(opened.store, 'b')).toEqual([1]);
      for (const [tenantId, entity] of [
        [tenantA, device(2)],
        [tenantA, asset],
        [tenantB, device()],
      ] as const) {
        expect(await opened.store.range(tenantId, entity, { key: 'a', ...all })).toEqual([double('a', 1, 1)]);
        expect(await opened.store.latest(tenantId, entity)).toEqual([double('a', 1, 1)]);
      }
    });

    test('is done in its place among the points of its unit', async () => {
      await addAt(opened.store, 1, 4);
      await commit(opened.store, (unit) => {
        [1, 2].forEach((tsMs) => addDouble(unit, 'a', tsMs, 10));
        unit.removePoints(removalOf(0, 9));
        [2, 3].forEach((tsMs) => addDouble(unit, 'a', tsMs, 20));
        unit.removePoints(removalOf(3, 4));
        addDouble(unit, 'a', 5, 30);
      });
      expect(await opened.store.range(tenantA, device(), { key: 'a', ...all })).toEqual([double('a', 2, 20), double('a', 5, 30)]);
    });

    test('takes nothing that comes later, however old', async () => {
      await addAt(opened.store, 5, 15);
      await remove(opened.store, 0, 10);
      await addAt(opened.store, 5, 6);
      expect(await timesOf(opened.store)).toEqual([5, 6, 15]);
      await remove(opened.store, 6, 16);
      await addAt(opened.store, 15);
      expect(await timesOf(opened.store)).toEqual([5, 15]);
    });

    test('of nothing is no error: of an unknown series, a range without points, one without length, and again', async () => {
      await remove(opened.store, 0, 10);
      expect(await opened.store.keys(tenantA, device())).toEqual([]);
      await addAt(opened.store, 5);
      for (const [startMs, endMs] of [
        [0, 5],
        [6, 10],
        [5, 5],
        [6, 5],
      ] as const) {
        for (const latest of ['keep', 'remove', 'rewrite'] as const) await remove(opened.store, startMs, endMs, { latest });
      }
      expect(await timesOf(opened.store)).toEqual([5]);
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 5, 5)]);
      for (let again = 0; again < 2; again += 1) await remove(opened.store, 0, 10);
      expect(await timesOf(opened.store)).toEqual([]);
    });

    test('cannot be changed through the object it was given, and makes a unit that is to be committed', async () => {
      await addAt(opened.store, 5);
      const entity = { entityType: 'DEVICE' as const, id: device().id };
      const unit = opened.store.begin();
      unit.removePoints(removalOf(0, 10, { entity }));
      entity.id = device(2).id;
      expect(unit.isEmpty).toBe(false);
      await opened.store.commit(unit);
      expect(await timesOf(opened.store)).toEqual([]);
    });

    test('of many points is seen before it is durable, and leaves the rest', async () => {
      const times = Array.from({ length: 3_000 }, (_, n) => n * 2);
      await addAt(opened.store, ...times);
      const removal = remove(opened.store, 100, 5_000);
      const added = addAt(opened.store, 101, 4_999);
      const left = [...times.filter((tsMs) => tsMs < 100), 101, 4_999, ...times.filter((tsMs) => tsMs >= 5_000)];
      expect(await timesOf(opened.store)).toEqual(left);
      await Promise.all([removal, added]);
      expect(await timesOf(opened.store)).toEqual(left);
    });
  });
}

function removedLatestContract(open: OpenStore<DataStore>): void {
  describe('a latest value in a range that is removed', () => {
    const opened = freshStore(open);
    const latest = async (): Promise<unknown> => {
      const found = (await opened.store.latest(tenantA, device())).map(({ key, tsMs }) => [key, tsMs]);
      expect(await opened.store.keys(tenantA, device())).toEqual(found.map(([key]) => key));
      expect((await opened.store.latestOfMany(tenantA, [device()], ['a', 'b'])).flat().map(({ key, tsMs }) => [key, tsMs])).toEqual(found);
      return found;
    };

    test('stays where the removal says so, without its point', async () => {
      await addAt(opened.store, 1, 5);
      await remove(opened.store, 0, 10, { latest: 'keep' });
      expect([await latest(), await timesOf(opened.store)]).toEqual([[['a', 5]], []]);
      await addAt(opened.store, 4);
      expect([await latest(), await timesOf(opened.store)]).toEqual([[['a', 5]], [4]]);
    });

    test('goes, and what is not in the range stays', async () => {
      await addAt(opened.store, 1, 5);
      await remove(opened.store, 0, 5);
      expect(await latest()).toEqual([['a', 5]]);
      await addAt(opened.store, 1);
      await remove(opened.store, 5, 6);
      expect([await latest(), await timesOf(opened.store)]).toEqual([[], [1]]);
    });

    test('goes also where it is no point of the history', async () => {
      await commit(opened.store, (unit) => unit.point(tenantA, device(), 'a', 5, ValueKind.double, 5, 0, ValueUse.latest));
      await remove(opened.store, 0, 10);
      expect(await latest()).toEqual([]);
    });

    test('gives way to whatever comes next, however old', async () => {
      await addAt(opened.store, 5);
      await remove(opened.store, 0, 10);
      await addAt(opened.store, 2);
      expect(await latest()).toEqual([['a', 2]]);
      await addAt(opened.store, 1);
      expect(await latest()).toEqual([['a', 2]]);
    });

    test('is replaced by the newest point before the range', async () => {
      await addAt(opened.store, 1, 3, 5, 7);
      await remove(opened.store, 4, 10, { latest: 'rewrite' });
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 3, 3)]);
      expect(await timesOf(opened.store)).toEqual([1, 3]);
      await addAt(opened.store, 2);
      expect(await latest()).toEqual([['a', 3]]);
      await remove(opened.store, 1, 4, { latest: 'rewrite' });
      expect([await latest(), await timesOf(opened.store)]).toEqual([[], []]);
    });

    test('is replaced by a point of its unit, by one of the history alone, and by none that went before', async () => {
      await addAt(opened.store, 2, 7);
      await commit(opened.store, (unit) => {
        addDouble(unit, 'a', 3, 30);
        unit.removePoints(removalOf(4, 10, { latest: 'rewrite' }));
      });
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 3, 30)]);
      await commit(opened.store, (unit) => {
        unit.point(tenantA, device(), 'a', 1, ValueKind.double, 10, 0, ValueUse.history);
        unit.removePoints(removalOf(2, 3, { latest: 'rewrite' }));
        unit.removePoints(removalOf(3, 4, { latest: 'rewrite' }));
        addDouble(unit, 'a', 0, 40);
      });
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 1, 10)]);
    });

    test('that was replaced is removed as any other: no older point that came meanwhile takes its place', async () => {
      await addAt(opened.store, 4);
      await addAt(opened.store, 1, 0);
      await commit(opened.store, (unit) => {
        unit.removePoints(removalOf(4, 5, { latest: 'rewrite' }));
        addDouble(unit, 'a', 0, 9);
        unit.removePoints(removalOf(1, 2));
      });
      expect([await latest(), await timesOf(opened.store)]).toEqual([[], [0]]);
      await commit(opened.store, (unit) => unit.point(tenantA, device(), 'a', 0, ValueKind.double, 0, 0, ValueUse.push));
      expect([await latest(), await timesOf(opened.store)]).toEqual([[], [0]]);
      if (!opened.isDurable) return;
      await opened.reopen();
      expect([await latest(), await timesOf(opened.store)]).toEqual([[], [0]]);
    });

    test('that was replaced and removed makes room for what came after that, not for what came before', async () => {
      await addAt(opened.store, 9, 5);
      await commit(opened.store, (unit) => {
        unit.removePoints(removalOf(9, 10, { latest: 'rewrite' }));
        addDouble(unit, 'a', 3, 3);
        unit.removePoints(removalOf(5, 6));
        addDouble(unit, 'a', 0, 0);
      });
      expect([await latest(), await timesOf(opened.store)]).toEqual([[['a', 0]], [0, 3]]);
      if (!opened.isDurable) return;
      await opened.reopen();
      expect([await latest(), await timesOf(opened.store)]).toEqual([[['a', 0]], [0, 3]]);
    });

    test('is seen by readers of the unit, with what was given before it', async () => {
      const { store } = opened;
      const given = addAt(store, 1, 3, 5);
      const unit = store.begin();
      const seen = async (keys?: readonly string[]): Promise<unknown> =>
        (await store.reading(unit).latest(tenantA, device(), keys)).map(({ key, tsMs }) => [key, tsMs]);
      addDouble(unit, 'b', 9, 9);
      unit.removePoints(removalOf(4, 6, { latest: 'rewrite' }));
      expect([await seen(), await seen(['a']), await seen(['b', 'c'])]).toEqual([
        [
          ['a', 3],
          ['b', 9],
        ],
        [['a', 3]],
        [['b', 9]],
      ]);
      unit.removePoints(removalOf(2, 4, { latest: 'keep' }));
      expect(await seen(['a'])).toEqual([['a', 3]]);
      unit.removePoints(removalOf(2, 4));
      expect(await seen(['a'])).toEqual([]);
      addDouble(unit, 'a', 2, 2);
      expect(await seen(['a'])).toEqual([['a', 2]]);
      await given;
      expect(await latest()).toEqual([['a', 5]]);
      await store.commit(unit);
      expect(await latest()).toEqual([
        ['a', 2],
        ['b', 9],
      ]);
    });
  });
}

function toldRemovalsContract(open: OpenStore<DataStore>): void {
  describe('of latest values that removals took', () => {
    const opened = freshStore(open);
    const toldBy = (store: DataStore): (readonly RemovedLatest[])[] => {
      const told: (readonly RemovedLatest[])[] = [];
      store.onCommitted(({ removedLatest }) => told.push([...removedLatest].sort((a, b) => (a.key < b.key ? -1 : 1))));
      return told;
    };
    const ofDevice = { tenantId: tenantA, entity: device() };

    test('listeners are told once for each key, with what it has now', async () => {
      await commit(opened.store, (unit) => ['a', 'b', 'c', 'd'].forEach((key) => [1, 5, 8].forEach((tsMs) => addDouble(unit, key, tsMs, tsMs))));
      const told = toldBy(opened.store);
      await commit(opened.store, (unit) => {
        [8, 5].forEach((tsMs) => unit.removePoints(removalOf(tsMs, tsMs + 1, { latest: 'rewrite' })));
        unit.removePoints(removalOf(0, 9, { key: 'b' }));
        unit.removePoints(removalOf(0, 9, { key: 'c' }));
        addDouble(unit, 'c', 2, 20);
        unit.removePoints(removalOf(0, 9, { key: 'd', latest: 'keep' }));
      });
      expect(told).toEqual([
        [
          { ...ofDevice, key: 'a', latest: double('a', 1, 1) },
          { ...ofDevice, key: 'b', latest: undefined },
          { ...ofDevice, key: 'c', latest: double('c', 2, 20) },
        ],
      ]);
    });

    test('listeners hear nothing where none was taken', async () => {
      await addAt(opened.store, 1, 5);
      const told = toldBy(opened.store);
      await remove(opened.store, 0, 5);
      await remove(opened.store, 6, 9, { latest: 'rewrite' });
      await remove(opened.store, 0, 9, { key: 'unknown', latest: 'rewrite' });
      await commit(opened.store, (unit) => unit.removeEntity(tenantA, device()));
      await remove(opened.store, 0, 9);
      expect(told).toEqual([[], [], [], [], []]);
    });

    test('listeners are told of values that came in the same unit, or in one that was not durable yet', async () => {
      const told = toldBy(opened.store);
      const given = addAt(opened.store, 1);
      const removed = commit(opened.store, (unit) => {
        addDouble(unit, 'b', 3, 3);
        unit.removePoints(removalOf(0, 9, { key: 'b', latest: 'rewrite' }));
        unit.removePoints(removalOf(0, 9));
      });
      await Promise.all([given, removed]);
      expect(told).toEqual([
        [],
        [
          { ...ofDevice, key: 'a', latest: undefined },
          { ...ofDevice, key: 'b', latest: undefined },
        ],
      ]);
    });
  });
}
