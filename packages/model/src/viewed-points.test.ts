// Goal: latest values show through views at the cost of the least reads. Method: reads of a store in memory, counted; what comes out is
// tested on every store by the contract of the entity queries.
import { expect, test } from 'vitest';
import type { EntityId } from './entity-id.js';
import { VIEWED_READS_AT_ONCE } from './limits.js';
import { ValueKind, type DataPoint } from './value.js';
import { latestThroughViews, type SeriesWindow } from './viewed-points.js';

const viewOf = (targetId: string, timeseries: string[], [startMs, endMs]: readonly [number, number] = [0, 0]): SeriesWindow => ({
  targetType: 'DEVICE',
  targetId,
  keys: { timeseries },
  startMs,
  endMs,
});
const point = (key: string, tsMs: number): DataPoint => ({ key, tsMs, kind: ValueKind.long, value: tsMs });

/** Devices that have a point of every key at 10 and 20. */
function stored() {
  const asked: string[] = [];
  let [underWay, most] = [0, 0];
  return {
    asked,
    most: () => most,
    latest: async (entities: readonly EntityId[], keys: readonly string[]) => {
      asked.push(`latest ${entities.map(({ id }) => id).join()} ${keys.join()}`);
      return entities.map(() => keys.map((key) => point(key, 20)));
    },
    newest: async ({ id }: EntityId, key: string, { startMs, endMs }: { readonly startMs: number; readonly endMs: number }) => {
      asked.push(`newest ${id} ${key}`);
      most = Math.max(most, (underWay += 1));
      await Promise.resolve();
      underWay -= 1;
      return startMs <= 10 && endMs > 10 ? point(key, 10) : undefined;
    },
  };
}

test('an entity is asked for once, for keys that a view lists, and history is read only after the time of a view', async () => {
  const reads = stored();
  const views = [
    viewOf('1', ['a', 'b']),
    viewOf('1', ['b'], [0, 19]),
    viewOf('2', ['a'], [11, 19]),
    viewOf('2', ['a'], [20, 20]),
    viewOf('3', ['c']),
    viewOf('2', ['a'], [21, 0]),
  ];
  const lists = await latestThroughViews(views, ['a', 'b', 'x'], reads);
  expect(lists.map((list) => list.map(({ key, tsMs }) => `${key}${tsMs}`).join())).toEqual(['a20,b20', 'b10', '', 'a20', '', '']);
  expect(reads.asked).toEqual(['latest 1,2 a,b', 'newest 1 b', 'newest 2 a']);
});

test('nothing is read for views that show none of the keys', async () => {
  const reads = stored();
  expect(await latestThroughViews([viewOf('1', ['b']), viewOf('2', [])], ['a'], reads)).toEqual([[], []]);
  expect([await latestThroughViews([], ['a'], reads), reads.asked]).toEqual([[], []]);
});

test('few histories are read at once', async () => {
  const reads = stored();
  const views = Array.from({ length: 5 * VIEWED_READS_AT_ONCE + 1 }, (_, n) => viewOf(`${n}`, ['a'], [0, 19]));
  const lists = await latestThroughViews(views, ['a'], reads);
  expect(lists).toEqual(views.map(() => [point('a', 10)]));
  expect(reads.most()).toBe(VIEWED_READS_AT_ONCE);
});
