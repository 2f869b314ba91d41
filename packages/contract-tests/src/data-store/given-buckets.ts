import { ValueKind, type StoredValue } from '@fieldline/model';
import type { AggregateQuery, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { commit, device, freshStore, removalOf, tenantA } from './fixtures.js';

const { boolean, long, double, string, json } = ValueKind;

/** Aggregates over buckets of any length, as weeks and months are. */
export function givenBucketsContract(open: OpenStore<DataStore>): void {
  describe('aggregates over buckets whose starts are given', () => {
    const opened = freshStore(open);
    const given = (points: readonly (readonly [number, ValueKind, StoredValue])[]): Promise<void> =>
      commit(opened.store, (unit) => points.forEach(([tsMs, kind, value]) => unit.point(tenantA, device(), 'k', tsMs, kind, value, 0)));
    const buckets = async (
      query: Partial<AggregateQuery> & Pick<AggregateQuery, 'aggregation'>,
    ): Promise<readonly (readonly [number, ValueKind, StoredValue])[]> => {
      const points = await opened.store.aggregate(tenantA, device(), {
        key: 'k',
        startMs: 7,
        endMs: 100,
        intervalMs: 0,
        startsMs: [10, 40],
        ...query,
      });
      return points.map(({ tsMs, kind, value }) => [tsMs, kind, value]);
    };

    test('begin where they are said to, the first at the start of the range, and are half open', async () => {
      await given([6, 7, 9, 10, 39, 40, 99, 100].map((tsMs) => [tsMs, long, tsMs]));
      // [7,10) at 8, [10,40) at 25, [40,100) at 70.
      const sums = [
        [8, long, 16],
        [25, long, 49],
        [70, long, 139],
      ];
      expect(await buckets({ aggregation: 'SUM' })).toEqual(sums);
      expect(await buckets({ aggregation: 'SUM', intervalMs: 1 })).toEqual(sums);
      expect(await buckets({ aggregation: 'COUNT', startsMs: [] })).toEqual([[53, long, 6]]);
    });

    test('are left out where they are empty', async () => {
      await given([[50, double, 1]]);
      expect(await buckets({ aggregation: 'COUNT' })).toEqual([[70, long, 1]]);
      expect(await buckets({ aggregation: 'COUNT', endMs: 45 })).toEqual([]);
      expect(await buckets({ aggregation: 'COUNT', startMs: 100, startsMs: [] })).toEqual([]);
    });

    test('reduce each kind as even ones do', async () => {
      await given([
        [8, boolean, true],
        [9, boolean, false],
        [10, string, 'b'],
        [11, string, 'a'],
        [40, json, '{}'],
        [50, long, 2],
        [51, double, 1.5],
        [60, long, 2n ** 60n],
      ]);
      const starts = { startsMs: [10, 40, 50, 60] };
      const of = async (aggregation: AggregateQuery['aggregation']): Promise<unknown> =>
        (await buckets({ aggregation, ...starts })).map(([tsMs, , value]) => [tsMs, value]);
      expect(await of('COUNT')).toEqual([
        [8, 2],
        [25, 2],
        [45, 1],
        [55, 2],
        [80, 1],
      ]);
      expect(await of('MIN')).toEqual([
        [25, 'a'],
        [55, 1.5],
        [80, 2n ** 60n],
      ]);
      expect(await of('MAX')).toEqual([
        [25, 'b'],
        [55, 2],
        [80, 2n ** 60n],
      ]);
      expect(await of('SUM')).toEqual([
        [8, 0],
        [25, 0],
        [45, 0],
        [55, 3.5],
        [80, 2n ** 60n],
      ]);
      expect(await of('AVG')).toEqual([
        [8, 0],
        [25, 0],
        [45, 0],
        [55, 1.75],
        [80, Number(2n ** 60n)],
      ]);
    });

    test('count what was written twice, late, or instead of something once, and nothing that was removed', async () => {
      await given([
        [20, long, 5],
        [8, long, 1],
      ]);
      await given([
        [20, long, 7],
        [8, long, 1],
        [60, long, 9],
      ]);
      await given([[30, long, 3]]);
      await commit(opened.store, (unit) => unit.removePoints(removalOf(60, 70, { key: 'k' })));
      expect(await buckets({ aggregation: 'SUM' })).toEqual([
        [8, long, 1],
        [25, long, 10],
      ]);
    });
  });
}
