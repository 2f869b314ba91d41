// Goal: the points of a series in memory read as a plain sorted map would, whatever was put, taken back, sealed and dropped.
// Method: random steps against such a map, and examples of what random ones seldom meet.
import { pointsOfColumns, ValueKind, type DataPoint, type TenantId } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_POINTS_MAX } from '../limits.js';
import { Generations } from './generations.js';
import { sliceOf } from './head-slice.js';
import { LatestFate } from '../log/record-format.js';
import { PacketMemory } from './packet-memory.js';
import { SeriesEntity } from './series-entity.js';
import { Series } from './series.js';

const newSeries = (): Series => new Series(1, 'k', new SeriesEntity(1, 'tenant' as TenantId, { entityType: 'DEVICE', id: 'd' }), 0, 1);
const all = { startMs: -1, endMs: 1e15, limit: Infinity, order: 'ASC' } as const;
const forEver = { nowMs: 0, defaultTtlMs: 0 };
const range = (series: Series, query: Partial<Parameters<typeof sliceOf>[1]> = {}, expiry = forEver): DataPoint[] =>
  pointsOfColumns(sliceOf(series, { ...all, ...query }, expiry).points, 'k');

test('points in any order, replaced and removed, read as a sorted map does, over many chunks', () => {
  // Blocks of consecutive times fill chunks, single ones fall between them.
  const step = fc.oneof(
    fc.record({ from: fc.nat(9_000), count: fc.integer({ min: 1, max: 1_500 }), isRemoval: fc.constant(false) }),
    fc.record({ from: fc.nat(9_000), count: fc.integer({ min: 1, max: 3 }), isRemoval: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(1, 3), (steps, stride) => {
      const series = newSeries();
      const expected = new Map<number, number>();
      for (const [n, { from, count, isRemoval }] of steps.entries()) {
        for (let tsMs = from; tsMs < from + count * stride; tsMs += stride) {
          if (isRemoval) series.takeBack(tsMs, ValueUse.all, undefined);
          else series.put(tsMs, ValueKind.double, n, undefined, 0);
          if (isRemoval) expected.delete(tsMs);
          else expected.set(tsMs, n);
        }
      }
      const sorted = [...expected].sort(([a], [b]) => a - b);
      const read = (query?: Parameters<typeof range>[1]): unknown[] => range(series, query).map(({ tsMs, value }) => [tsMs, value]);
      expect(read()).toEqual(sorted);
      const middle = sorted.filter(([tsMs]) => tsMs >= 1_000 && tsMs < 5_000);
      const asked = { startMs: 1_000, endMs: 5_000 };
      expect(read(asked)).toEqual(middle);
      expect(read({ ...asked, limit: 1_300 })).toEqual(middle.slice(0, 1_300));
      expect(read({ ...asked, limit: 1_300, order: 'DESC' })).toEqual(middle.slice(-1_300));
      expect(series.count).toBe(sorted.length);
      expect(series.latest()?.tsMs).toBe(sorted.at(-1)?.[0]);
    }),
    { numRuns: 60 },
  );
});

test('kinds and values that are no numbers move with their points when a chunk splits and grows', () => {
  const series = newSeries();
  const put = (tsMs: number): void => {
    if (tsMs % 3 === 0) series.put(tsMs, ValueKind.string, 0, `text ${tsMs}`, 0);
    else series.put(tsMs, ValueKind.long, tsMs, undefined, 0);
  };
  for (let tsMs = 0; tsMs < 4 * CHUNK_POINTS_MAX; tsMs += 2) put(tsMs);
  for (let tsMs = 1; tsMs < 4 * CHUNK_POINTS_MAX; tsMs += 2) put(tsMs);
  const points = range(series);
  expect(points).toHaveLength(4 * CHUNK_POINTS_MAX);
  for (const { tsMs, kind, value } of points) {
    expect([kind, value]).toEqual(tsMs % 3 === 0 ? [ValueKind.string, `text ${tsMs}`] : [ValueKind.long, tsMs]);
  }
});

test('what was sealed is read until it is dropped, less what came since took its place or was removed; the latest value stays', () => {
  const generations = new Generations();
  const series = newSeries();
  const read = (): number[][] => range(series).map(({ tsMs, value }) => [tsMs, Number(value)]);
  for (let tsMs = 1; tsMs <= 5; tsMs += 1) series.put(tsMs, ValueKind.double, 1, undefined, 0);
  generations.seal();
  series.settle(generations);
  expect(series.latest()?.tsMs).toBe(5);
  const undo = [series.put(3, ValueKind.double, 2, undefined, 0), series.put(7, ValueKind.double, 2, undefined, 0)];
  expect(read()).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1],
    [5, 1],
    [7, 2],
  ]);
  const removal = series.remove(1, 5, LatestFate.remove);
  expect([read(), series.current.removed]).toEqual([
    [
      [5, 1],
      [7, 2],
    ],
    [{ startMs: 1, endMs: 5 }],
  ]);
  series.restore(removal);
  series.takeBack(7, ValueUse.all, undo[1]);
  series.takeBack(3, ValueUse.all, undo[0]);
  expect([read().length, series.latest()?.tsMs, series.hasBlocks]).toEqual([5, 5, false]);
  generations.unseal();
  series.unseal(generations.current);
  expect(series.put(6, ValueKind.double, 3, undefined, 0)).toBeUndefined();
  generations.seal();
  generations.drop();
  series.settle(generations);
  expect([read(), series.latest()?.tsMs, series.hasBlocks]).toEqual([[], 6, true]);
});

test('points die at their own time, those of a chunk with many times to live as well, and hide what they replaced in blocks', () => {
  const series = newSeries();
  for (let tsMs = 0; tsMs < 100; tsMs += 1) series.put(tsMs, ValueKind.double, tsMs, undefined, 0);
  const timesAt = (nowMs: number, defaultTtlMs = 50): number[] => range(series, {}, { nowMs, defaultTtlMs }).map(({ tsMs }) => tsMs);
  expect(timesAt(1_000, 0)).toHaveLength(100);
  expect(timesAt(100)[0]).toBe(51);
  series.put(40, ValueKind.double, 0, undefined, 61);
  series.put(70, ValueKind.double, 0, undefined, 5);
  expect([timesAt(100).slice(0, 2), timesAt(101).slice(0, 2), timesAt(100).includes(70)]).toEqual([[40, 51], [52, 53], false]);
  expect(sliceOf(series, all, { nowMs: 100, defaultTtlMs: 50 }).removed).toEqual([{ startMs: -Infinity, endMs: Infinity }]);
  series.hasBlocks = true;
  expect(sliceOf(series, { ...all, startMs: 60 }, { nowMs: 100, defaultTtlMs: 50 }).removed).toEqual([{ startMs: 70, endMs: 71 }]);
});

test('an entity finds its series by key whether they are few or many', () => {
  const entity = new SeriesEntity(1, 'tenant' as TenantId, { entityType: 'DEVICE', id: 'd' });
  for (let n = 0; n < 30; n += 1) {
    entity.add(new Series(n, `key ${n}`, entity, n, 1));
    expect(entity.find(`key ${n}`)?.id).toBe(n);
    expect(entity.find('key 0')?.id).toBe(0);
    expect(entity.find(`key ${n + 1}`)).toBeUndefined();
  }
});

test('remembered publishes: the last hundred, the latest of equals, and one step back', () => {
  const packets = new PacketMemory();
  for (let n = 1; n <= 250; n += 1) packets.remember(n, n, n);
  expect([packets.find(150, 150), packets.find(151, 151), packets.find(250, 250)]).toEqual([undefined, 151, 250]);
  packets.remember(200, 200, 9);
  expect(packets.find(200, 200)).toBe(9);
  packets.forgetLast();
  expect([packets.find(200, 200), packets.find(250, 250), packets.find(152, 152)]).toEqual([200, 250, 152]);
  for (let n = 300; n < 320; n += 1) packets.remember(n, n, n);
  expect([packets.find(319, 319), packets.find(300, 300), packets.find(250, 250), packets.find(170, 170)]).toEqual([319, 300, 250, undefined]);
});
