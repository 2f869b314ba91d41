import { pointsOfColumns, ValueKind, type TenantId } from '@fieldline/model';
import { ValueUse, type CommitUnit, type DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { TestClock } from '../device-gateway-stand-in.js';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, commit, device, double, freshStore, removalOf, tenantA, tenantB } from './fixtures.js';

// Points of 1970 have outlived every time to live that ends before today; those of the next century have outlived none.
const century = 100 * 365 * 86_400_000;
const future = 2 * century;
const all = { startMs: 0, endMs: future + 1_000, limit: 1_000, order: 'ASC' } as const;

function addFor(unit: CommitUnit, tsMs: number, ttlMs: number, uses: number = ValueUse.all): void {
  unit.point(tenantA, device(), 'a', tsMs, ValueKind.double, tsMs, ttlMs, uses);
}

async function timesOf(store: DataStore, tenantId: TenantId = tenantA): Promise<readonly number[]> {
  return (await store.range(tenantId, device(), { key: 'a', ...all })).map(({ tsMs }) => tsMs);
}

/** Times to live: of points, of tenants, and what stays whatever its age. */
export function timeToLiveContract(open: OpenStore<DataStore>): void {
  ownTimeToLiveContract(open);
  defaultTimeToLiveContract(open);
  movedTimeContract(open);
}

function ownTimeToLiveContract(open: OpenStore<DataStore>): void {
  describe('a point that has outlived its time to live', () => {
    const opened = freshStore(open);

    test('is in no answer, and its neighbours are', async () => {
      const { store } = opened;
      await commit(store, (unit) => {
        [1, 2, 5].forEach((tsMs) => addFor(unit, tsMs, 10));
        [3, 4].forEach((tsMs) => addFor(unit, tsMs, 0));
        [6, future].forEach((tsMs) => addFor(unit, tsMs, century));
      });
      expect(await timesOf(store)).toEqual([3, 4, 6, future]);
      const pieces: number[] = [];
      for await (const piece of store.columns(tenantA, device(), { key: 'a', ...all, endMs: 6 }))
        pieces.push(...pointsOfColumns(piece, 'a').map(({ tsMs }) => tsMs));
      expect(pieces).toEqual([3, 4]);
      const count = { key: 'a', startMs: 0, endMs: 6, intervalMs: 3, aggregation: 'COUNT' } as const;
      expect((await store.aggregate(tenantA, device(), count)).map(({ tsMs, value }) => [tsMs, value])).toEqual([[4, 2]]);
    });

    test('takes no place in a limit', async () => {
      await commit(opened.store, (unit) => [1, 2, 3, 4, 5, 6].forEach((tsMs) => addFor(unit, tsMs, tsMs % 3 === 0 ? 0 : 10)));
      const first = async (order: 'ASC' | 'DESC'): Promise<readonly number[]> =>
        (await opened.store.range(tenantA, device(), { key: 'a', ...all, order, limit: 1 })).map(({ tsMs }) => tsMs);
      expect([await first('ASC'), await first('DESC')]).toEqual([[3], [6]]);
    });

    test('is the latest value all the same', async () => {
      await commit(opened.store, (unit) => addFor(unit, 5, 10));
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 5, 5)]);
      expect(await opened.store.keys(tenantA, device())).toEqual(['a']);
      await commit(opened.store, (unit) => addFor(unit, 4, 0));
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 5, 5)]);
    });

    test('has replaced the point of the same time, and is replaced as any other', async () => {
      await commit(opened.store, (unit) => [1, 2, 3].forEach((tsMs) => addFor(unit, tsMs, 0)));
      await commit(opened.store, (unit) => {
        [1, 2].forEach((tsMs) => addFor(unit, tsMs, 10));
        addFor(unit, 2, 0);
        addFor(unit, 2, 10);
      });
      expect(await timesOf(opened.store)).toEqual([3]);
      await commit(opened.store, (unit) => addFor(unit, 1, 0));
      expect(await timesOf(opened.store)).toEqual([1, 3]);
    });

    test('takes the place of no latest value that is removed', async () => {
      await commit(opened.store, (unit) => {
        addFor(unit, 1, 0);
        [2, 5].forEach((tsMs) => addFor(unit, tsMs, 10));
      });
      await commit(opened.store, (unit) => {
        addFor(unit, 3, 10);
        unit.removePoints(removalOf(4, 6, { latest: 'rewrite' }));
      });
      expect(await opened.store.latest(tenantA, device())).toEqual([double('a', 1, 1)]);
    });
  });
}

function defaultTimeToLiveContract(open: OpenStore<DataStore>): void {
  describe('the time to live of a tenant', () => {
    const opened = freshStore(open);

    test('is for ever until it is set; then it ends for what is there and for what comes', async () => {
      const { store } = opened;
      await commit(store, (unit) => {
        [1, 2, future].forEach((tsMs) => addFor(unit, tsMs, 0));
        unit.point(tenantB, device(), 'a', 1, ValueKind.double, 1, 0);
      });
      expect(await timesOf(store)).toEqual([1, 2, future]);
      await store.setDefaultTtl(tenantA, 1_000);
      expect(await timesOf(store)).toEqual([future]);
      await commit(store, (unit) => [3, future + 1].forEach((tsMs) => addFor(unit, tsMs, 0)));
      expect(await timesOf(store)).toEqual([future, future + 1]);
      expect(await timesOf(store, tenantB)).toEqual([1]);
    });

    test('says nothing about points with one of their own, be it shorter or longer', async () => {
      const { store } = opened;
      await store.setDefaultTtl(tenantA, 1_000);
      await commit(store, (unit) => {
        addFor(unit, 1, century);
        addFor(unit, 2, 0);
      });
      expect(await timesOf(store)).toEqual([1]);
      await store.setDefaultTtl(tenantA, century);
      await commit(store, (unit) => {
        addFor(unit, 3, 1_000);
        addFor(unit, 4, 0);
      });
      expect(await timesOf(store)).toEqual(expect.arrayContaining([1, 4]));
      expect(await timesOf(store)).not.toContain(3);
    });

    test('that is set to 0 is for ever again', async () => {
      const { store } = opened;
      await store.setDefaultTtl(tenantA, 1_000);
      await store.setDefaultTtl(tenantA, 0);
      await commit(store, (unit) => addFor(unit, 1, 0));
      expect(await timesOf(store)).toEqual([1]);
    });

    test('leaves latest values, whatever their age, until they are removed', async () => {
      const { store } = opened;
      await commit(store, (unit) => [1, 5].forEach((tsMs) => addFor(unit, tsMs, 0)));
      await store.setDefaultTtl(tenantA, 1_000);
      expect(await store.latest(tenantA, device())).toEqual([double('a', 5, 5)]);
      await commit(store, (unit) => unit.removePoints(removalOf(5, 6, { latest: 'rewrite' })));
      expect(await store.latest(tenantA, device())).toEqual([]);
    });

    test('of several at the same time is the one that was set last', async () => {
      const { store } = opened;
      await commit(store, (unit) => addFor(unit, 1, 0));
      await Promise.all([century, 0, 2 * century, 1_000].map((ttlMs) => store.setDefaultTtl(tenantA, ttlMs)));
      expect(await timesOf(store)).toEqual([]);
    });
  });
}

function movedTimeContract(open: OpenStore<DataStore>): void {
  describe('as time goes by', () => {
    const opened = freshStore(open);
    const reason = 'the store has no clock that a test could move';

    test('a point is there until its time to live is over, to the millisecond', async ({ skip }) => {
      const { store } = opened;
      const clock: TestClock = opened.clock ?? skip(reason);
      const nowMs = clock.nowMs();
      await commit(store, (unit) => {
        addFor(unit, nowMs - 10, 20);
        addFor(unit, nowMs - 10, 20, ValueUse.push);
        addFor(unit, nowMs, 11);
        addFor(unit, nowMs + 1, 0);
      });
      await store.setDefaultTtl(tenantA, 11);
      clock.advanceMs(9);
      expect(await timesOf(store)).toEqual([nowMs - 10, nowMs, nowMs + 1]);
      clock.advanceMs(1);
      expect(await timesOf(store)).toEqual([nowMs, nowMs + 1]);
      clock.advanceMs(1);
      expect(await timesOf(store)).toEqual([nowMs + 1]);
      clock.advanceMs(1);
      expect(await timesOf(store)).toEqual([]);
      expect(await store.latest(tenantA, device())).toEqual([double('a', nowMs + 1, nowMs + 1)]);
    });

    test('points go for good, and those that are left stay where they are', async ({ skip }) => {
      const { store } = opened;
      const clock: TestClock = opened.clock ?? skip(reason);
      const nowMs = clock.nowMs();
      const hour = 3_600_000;
      await store.setDefaultTtl(tenantA, 10 * hour);
      await commit(store, (unit) => {
        for (let n = 0; n < 100; n += 1) {
          addDouble(unit, 'a', nowMs + n * hour, n);
          addFor(unit, nowMs + n * hour + 1, hour * (n % 7));
        }
      });
      const expected = async (): Promise<void> => {
        const ttlOf = (n: number): number => (n % 7 === 0 ? 10 : n % 7) * hour;
        const points = Array.from({ length: 100 }, (_, n) => [
          { tsMs: nowMs + n * hour, ttlMs: 10 * hour },
          { tsMs: nowMs + n * hour + 1, ttlMs: ttlOf(n) },
        ]).flat();
        expect(await timesOf(store)).toEqual(points.filter(({ tsMs, ttlMs }) => tsMs + ttlMs > clock.nowMs()).map(({ tsMs }) => tsMs));
      };
      for (let hours = 0; hours < 120; hours += 15) {
        await expected();
        clock.advanceMs(15 * hour);
      }
      expect(await timesOf(store)).toEqual([]);
    });
  });
}
