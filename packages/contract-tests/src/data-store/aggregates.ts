import { ValueKind, type StoredValue } from '@fieldline/model';
import type { AggregateQuery, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { commit, device, freshStore, tenantA } from './fixtures.js';

const { boolean, long, double, string, json } = ValueKind;

/** Aggregates: buckets and their times, typing (rest-api.md §6.5). */
export function aggregatesContract(open: OpenStore<DataStore>): void {
  describe('aggregates', () => {
    const opened = freshStore(open);
    const given = (points: readonly (readonly [number, ValueKind, StoredValue])[]): Promise<void> =>
      commit(opened.store, (unit) => points.forEach(([tsMs, kind, value]) => unit.point(tenantA, device(), 'k', tsMs, kind, value, 0)));
    const buckets = async (query: Omit<AggregateQuery, 'key'>): Promise<readonly (readonly [number, ValueKind, StoredValue])[]> => {
      const points = await opened.store.aggregate(tenantA, device(), { key: 'k', ...query });
      expect(points.every(({ key }) => key === 'k')).toBe(true);
      return points.map(({ tsMs, kind, value }) => [tsMs, kind, value]);
    };
    const one = async (aggregation: AggregateQuery['aggregation']): Promise<readonly [ValueKind, StoredValue] | undefined> => {
      const [first] = await buckets({ startMs: 0, endMs: 100, intervalMs: 100, aggregation });
      return first && [first[1], first[2]];
    };

    test('the example of the REST reference', async () => {
      await given([
        [0, long, 1],
        [1_000, long, 3],
        [5_000, long, 10],
      ]);
      const averages = await buckets({ startMs: 0, endMs: 10_000, intervalMs: 4_000, aggregation: 'AVG' });
      expect(averages).toEqual([
        [2_000, double, 2],
        [6_000, double, 10],
      ]);
    });

    test('buckets start at startMs, are half-open, and the last is cut at endMs', async () => {
      await given([
        [6, long, 1],
        [7, long, 2],
        [16, long, 4],
        [17, long, 8],
        [29, long, 16],
        [30, long, 32],
      ]);
      const sums = await buckets({ startMs: 7, endMs: 30, intervalMs: 10, aggregation: 'SUM' });
      // [7,17) at 12, [17,27) at 22, [27,30) at 27 + 3/2.
      expect(sums).toEqual([
        [12, long, 6],
        [22, long, 8],
        [28, long, 16],
      ]);
    });

    test('an interval longer than the range makes one bucket, an empty range none', async () => {
      await given([
        [5, long, 1],
        [6, long, 2],
      ]);
      expect(await buckets({ startMs: 0, endMs: 11, intervalMs: 1_000, aggregation: 'COUNT' })).toEqual([[5, long, 2]]);
      expect(await buckets({ startMs: 5, endMs: 5, intervalMs: 10, aggregation: 'COUNT' })).toEqual([]);
    });

    test('late and replaced points count once, where they belong', async () => {
      await given([
        [20, long, 5],
        [10, long, 1],
      ]);
      await given([[20, long, 7]]);
      expect(await buckets({ startMs: 0, endMs: 30, intervalMs: 15, aggregation: 'SUM' })).toEqual([
        [7, long, 1],
        [22, long, 7],
      ]);
    });

    test('longs stay long, except in an average', async () => {
      await given([
        [1, long, 4],
        [2, long, -1],
        [3, long, 9_007_199_254_740_993n],
        [4, long, 3],
      ]);
      expect(await one('MIN')).toEqual([long, -1]);
      expect(await one('MAX')).toEqual([long, 9_007_199_254_740_993n]);
      expect(await one('SUM')).toEqual([long, 9_007_199_254_740_999n]);
      expect(await one('COUNT')).toEqual([long, 4]);
      expect((await one('AVG'))?.[0]).toBe(double);
    });

    test('doubles stay double, and win over longs', async () => {
      await given([
        [1, double, 4],
        [2, double, 2],
      ]);
      expect([await one('MIN'), await one('MAX'), await one('SUM'), await one('AVG')]).toEqual([
        [double, 2],
        [double, 4],
        [double, 6],
        [double, 3],
      ]);
      await given([[3, long, 9]]);
      expect([await one('MIN'), await one('MAX'), await one('SUM'), await one('AVG')]).toEqual([
        [double, 2],
        [double, 9],
        [double, 15],
        [double, 5],
      ]);
      expect(await one('COUNT')).toEqual([long, 3]);
    });

    test('strings compare as text until a number comes', async () => {
      await given([
        [1, string, 'b'],
        [2, string, 'a'],
      ]);
      expect([await one('MIN'), await one('MAX'), await one('SUM'), await one('AVG')]).toEqual([
        [string, 'a'],
        [string, 'b'],
        [long, 0],
        [double, 0],
      ]);
      await given([[3, long, 1]]);
      expect([await one('MIN'), await one('MAX'), await one('SUM')]).toEqual([
        [long, 1],
        [long, 1],
        [long, 1],
      ]);
    });

    test('booleans and JSON are counted and nothing else', async () => {
      await given([
        [1, boolean, true],
        [2, boolean, false],
      ]);
      expect([await one('COUNT'), await one('SUM'), await one('AVG'), await one('MIN')]).toEqual([[long, 2], [long, 0], [double, 0], undefined]);
      await given([
        [1, json, '{}'],
        [2, json, '{}'],
        [3, long, 1],
      ]);
      expect(await one('COUNT')).toEqual([long, 2]);
    });

    test('many points over many buckets give the same as adding them up', async () => {
      const points = Array.from({ length: 5_000 }, (_, n) => [n * 7, double, (n % 100) / 4] as const);
      await given(points);
      const stored = await buckets({ startMs: 100, endMs: 30_000, intervalMs: 1_000, aggregation: 'MAX' });
      const expected = Array.from({ length: 30 }, (_, n) => {
        const [start, end] = [100 + n * 1_000, Math.min(1_100 + n * 1_000, 30_000)];
        const values = points.filter(([tsMs]) => tsMs >= start && tsMs < end).map(([, , value]) => value);
        return [start + Math.floor((end - start) / 2), double, Math.max(...values)];
      });
      expect(stored).toEqual(expected);
    });
  });
}
