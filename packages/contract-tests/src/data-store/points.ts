import { ValueKind, type DataPoint, type StoredValue } from '@fieldline/model';
import type { DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, commit, device, double, freshStore, tenantA, tenantB } from './fixtures.js';

const all = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER, limit: 1_000, order: 'ASC' } as const;

/** Points: typing, times, order, limits, tenants. */
export function pointsContract(open: OpenStore<DataStore>): void {
  describe('points', () => {
    const opened = freshStore(open);
    const range = (key = 'temperature', changes: object = {}): Promise<readonly DataPoint[]> =>
      opened.store.range(tenantA, device(), { key, ...all, ...changes });

    test('a series gives its points back in the order asked for', async () => {
      await commit(opened.store, (unit) => [1, 2, 3].forEach((ts) => addDouble(unit, 'temperature', ts, ts / 2)));
      expect(await range()).toEqual([double('temperature', 1, 0.5), double('temperature', 2, 1), double('temperature', 3, 1.5)]);
      expect((await range('temperature', { order: 'DESC' })).map(({ tsMs }) => tsMs)).toEqual([3, 2, 1]);
    });

    test('a limit keeps the points that the order starts with', async () => {
      await commit(opened.store, (unit) => [1, 2, 3].forEach((ts) => addDouble(unit, 'temperature', ts, 0)));
      expect((await range('temperature', { limit: 2 })).map(({ tsMs }) => tsMs)).toEqual([1, 2]);
      expect((await range('temperature', { limit: 2, order: 'DESC' })).map(({ tsMs }) => tsMs)).toEqual([3, 2]);
      expect(await range('temperature', { limit: 0 })).toEqual([]);
    });

    test('a range includes its start and excludes its end', async () => {
      await commit(opened.store, (unit) => [9, 10, 19, 20].forEach((ts) => addDouble(unit, 'temperature', ts, 0)));
      expect((await range('temperature', { startMs: 10, endMs: 20 })).map(({ tsMs }) => tsMs)).toEqual([10, 19]);
      expect(await range('temperature', { startMs: 20, endMs: 10 })).toEqual([]);
      expect(await range('temperature', { startMs: 10, endMs: 10 })).toEqual([]);
    });

    test('a point with the same key and time replaces the earlier one, in the same unit and in a later one', async () => {
      await commit(opened.store, (unit) => {
        addDouble(unit, 'temperature', 5, 1);
        addDouble(unit, 'temperature', 5, 2);
      });
      expect(await range()).toEqual([double('temperature', 5, 2)]);
      await commit(opened.store, (unit) => unit.point(tenantA, device(), 'temperature', 5, ValueKind.string, 'three', 0));
      expect(await range()).toEqual([{ key: 'temperature', tsMs: 5, kind: ValueKind.string, value: 'three' }]);
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 5, 4));
      expect(await range()).toEqual([double('temperature', 5, 4)]);
    });

    test('writing the same points twice changes nothing', async () => {
      const fill = (unit: Parameters<Parameters<typeof commit>[1]>[0]): void => [3, 1, 2].forEach((ts) => addDouble(unit, 'temperature', ts, ts));
      await commit(opened.store, fill);
      const once = await range();
      await commit(opened.store, fill);
      expect(await range()).toEqual(once);
    });

    test('late points take their place by time', async () => {
      await commit(opened.store, (unit) => [30, 10].forEach((ts) => addDouble(unit, 'temperature', ts, ts)));
      await commit(opened.store, (unit) => [20, 5, 40].forEach((ts) => addDouble(unit, 'temperature', ts, ts)));
      expect((await range()).map(({ tsMs }) => tsMs)).toEqual([5, 10, 20, 30, 40]);
    });

    test('the latest value is the one with the greatest time, not the last to arrive', async () => {
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 20, 2));
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 10, 1));
      expect(await opened.store.latest(tenantA, device())).toEqual([double('temperature', 20, 2)]);
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 20, 3));
      expect(await opened.store.latest(tenantA, device())).toEqual([double('temperature', 20, 3)]);
    });

    test('latest gives the asked keys that have points, or all, sorted; keys gives their names', async () => {
      await commit(opened.store, (unit) => ['b', 'c', 'a'].forEach((key) => addDouble(unit, key, 1, 1)));
      expect((await opened.store.latest(tenantA, device(), ['c', 'missing', 'a'])).map(({ key }) => key)).toEqual(['a', 'c']);
      expect((await opened.store.latest(tenantA, device())).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
      expect(await opened.store.latest(tenantA, device(), [])).toEqual([]);
      expect(await opened.store.keys(tenantA, device())).toEqual(['a', 'b', 'c']);
      expect(await opened.store.keys(tenantA, device(2))).toEqual([]);
      expect(await range('missing')).toEqual([]);
    });

    test('times before 1970 and fractions of keys are as good as others', async () => {
      await commit(opened.store, (unit) => {
        addDouble(unit, '__proto__', -5, 1);
        addDouble(unit, 'naïve 温度', 4_102_444_800_000, 2);
      });
      expect(await range('__proto__', { startMs: -10 })).toEqual([double('__proto__', -5, 1)]);
      expect(await opened.store.keys(tenantA, device())).toEqual(['__proto__', 'naïve 温度']);
    });

    test('what a unit was given cannot be changed through the objects it was given', async () => {
      const entity = { entityType: 'DEVICE' as const, id: device().id };
      const unit = opened.store.begin();
      addDouble(unit, 'temperature', 1, 1, entity);
      entity.id = device(2).id;
      await opened.store.commit(unit);
      expect(await opened.store.keys(tenantA, device())).toEqual(['temperature']);
    });

    test('another tenant, and another type of entity with the same id, sees none of it', async () => {
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 1, 1));
      const asset = { entityType: 'ASSET', id: device().id } as const;
      for (const [tenantId, entity] of [
        [tenantB, device()],
        [tenantA, asset],
      ] as const) {
        expect(await opened.store.keys(tenantId, entity)).toEqual([]);
        expect(await opened.store.latest(tenantId, entity, ['temperature'])).toEqual([]);
        expect(await opened.store.range(tenantId, entity, { key: 'temperature', ...all })).toEqual([]);
        const buckets = { key: 'temperature', startMs: 0, endMs: 10, intervalMs: 10, aggregation: 'COUNT' } as const;
        expect(await opened.store.aggregate(tenantId, entity, buckets)).toEqual([]);
      }
      await commit(opened.store, (unit) => unit.point(tenantB, device(), 'temperature', 2, ValueKind.double, 9, 0));
      expect(await range()).toEqual([double('temperature', 1, 1)]);
      expect((await opened.store.latest(tenantB, device())).map(({ value }) => value)).toEqual([9]);
    });
  });

  describe('any points in any order', () => {
    const opened = freshStore(open);

    test('give the same series as a sorted map', async () => {
      let run = 0;
      const point = fc.record({ tsMs: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: -2, max: 2 }) });
      const units = fc.array(fc.array(point, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
      const ask = fc.record({ startMs: fc.nat(41), endMs: fc.nat(41), limit: fc.nat(12), order: fc.constantFrom('ASC' as const, 'DESC' as const) });
      await fc.assert(
        fc.asyncProperty(units, ask, async (given, asked) => {
          run += 1;
          const key = `series ${run}`;
          const expected = new Map<number, number>();
          for (const points of given) {
            await commit(opened.store, (unit) => points.forEach(({ tsMs, value }) => addDouble(unit, key, tsMs, value)));
            for (const { tsMs, value } of points) expected.set(tsMs, value);
          }
          const sorted = [...expected].sort(([a], [b]) => (asked.order === 'ASC' ? a - b : b - a));
          const inRange = sorted.filter(([tsMs]) => tsMs >= asked.startMs && tsMs < asked.endMs).slice(0, asked.limit);
          const stored = await opened.store.range(tenantA, device(), { key, ...asked });
          expect(stored.map(({ tsMs, value }) => [tsMs, value])).toEqual(inRange);
          const latestMs = Math.max(...expected.keys());
          expect(await opened.store.latest(tenantA, device(), [key])).toEqual([double(key, latestMs, expected.get(latestMs) ?? Number.NaN)]);
        }),
        { numRuns: 60 },
      );
    });
  });
  kindsContract(open);
}

function kindsContract(open: OpenStore<DataStore>): void {
  describe('kinds of values', () => {
    const opened = freshStore(open);
    const { boolean, long, double: real, string, json } = ValueKind;

    test.each<readonly [string, ValueKind, readonly StoredValue[]]>([
      ['booleans', boolean, [true, false]],
      ['whole numbers', long, [0, 1, -1, 127, 128, -2_147_483_648, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, -9_007_199_254_740_991]],
      ['whole numbers beyond 2^53', long, [9_007_199_254_740_992n, 9_007_199_254_740_993n, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n]],
      ['doubles', real, [0, -0, 42, 21.5, -0.1, 0.1 + 0.2, 1e300, -5e-324, 4_294_967_296, 1_234_567.891, Number.MAX_VALUE]],
      ['strings', string, ['', 'Warm', 'grüße 🌡', 'x'.repeat(70_000), '42']],
      ['JSON', json, ['{"a":[1,2]}', '[]']],
    ])('%s come back as they were, one a unit and all in one', async (_, kind, values) => {
      for (const [tsMs, value] of values.entries()) {
        await commit(opened.store, (unit) => unit.point(tenantA, device(), 'alone', tsMs, kind, value, 0));
      }
      await commit(opened.store, (unit) => values.forEach((value, tsMs) => unit.point(tenantA, device(), 'together', tsMs, kind, value, 0)));
      for (const key of ['alone', 'together']) {
        const stored = await opened.store.range(tenantA, device(), { key, ...all });
        expect(stored).toEqual(values.map((value, tsMs) => ({ key, tsMs, kind, value })));
      }
    });

    test('42, 42.0 and "42" are three values, also side by side in one series', async () => {
      const points = [
        [long, 42],
        [real, 42],
        [string, '42'],
        [json, '42'],
        [boolean, true],
        [long, 2n ** 60n],
      ] as const;
      await commit(opened.store, (unit) => points.forEach(([kind, value], tsMs) => unit.point(tenantA, device(), 'mixed', tsMs, kind, value, 0)));
      const stored = await opened.store.range(tenantA, device(), { key: 'mixed', ...all });
      expect(stored.map(({ kind, value }) => [kind, value])).toEqual(points);
      expect(await opened.store.latest(tenantA, device())).toEqual([{ key: 'mixed', tsMs: 5, kind: long, value: 2n ** 60n }]);
    });
  });
}
