import { pointsOfColumns, ValueKind, type DataPoint, type PointColumns, type StoredValue } from '@fieldline/model';
import { historyErrors, historyLimits, type DataStore, type RangeQuery } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, commit, device, freshStore, removalOf, tenantA, tenantB } from './fixtures.js';

const { pieceMax } = historyLimits;
const all = { key: 'a', startMs: 0, endMs: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER, order: 'ASC' } as const;
const ABANDONED = historyErrors.ABANDONED().code;

/** What asking for a piece, or all of it, comes to. */
async function outcomeOf(asked: Promise<IteratorResult<PointColumns> | readonly DataPoint[]>): Promise<string> {
  return asked.then(
    (answer) => ('done' in answer && answer.done === true ? 'the end' : 'points'),
    (error: { readonly code: string }) => error.code,
  );
}

/** Values of every kind, as a series may mix them. */
function valueAt(n: number): readonly [ValueKind, StoredValue] {
  if (n % 11 === 0) return [ValueKind.string, `text ${n}`];
  if (n % 13 === 0) return [ValueKind.long, 2n ** 60n + BigInt(n)];
  if (n % 17 === 0) return [ValueKind.json, `[${n}]`];
  if (n % 5 === 0) return [ValueKind.long, n];
  return n % 7 === 0 ? [ValueKind.boolean, n % 2 === 0] : [ValueKind.double, n / 4];
}

const fill = (store: DataStore, count: number): Promise<void> =>
  commit(store, (unit) => {
    for (let n = 0; n < count; n += 1) unit.point(tenantA, device(), 'a', n, ...valueAt(n), 0);
  });

async function piecesOf(pieces: AsyncIterable<PointColumns>): Promise<DataPoint[]> {
  const points: DataPoint[] = [];
  for await (const piece of pieces) {
    expect(piece.count).toBeGreaterThan(0);
    expect(piece.count).toBeLessThanOrEqual(pieceMax);
    for (const point of pointsOfColumns(piece, 'a')) points.push(point);
  }
  return points;
}

/** The history in pieces, and reads that are given up. */
export function columnsContract(open: OpenStore<DataStore>): void {
  piecesContract(open);
  oneInstantContract(open);
  abandonedReadsContract(open);
}

function piecesContract(open: OpenStore<DataStore>): void {
  describe('points in columns', () => {
    const opened = freshStore(open);
    const columns = (query: Partial<RangeQuery> = {}): AsyncIterable<PointColumns> => opened.store.columns(tenantA, device(), { ...all, ...query });

    test('are those of the range, in either order, with any limit, in pieces of a bounded length', async () => {
      const count = 2 * pieceMax + 100;
      await fill(opened.store, count);
      const points = Array.from({ length: count }, (_, n) => ({ key: 'a', tsMs: n, kind: valueAt(n)[0], value: valueAt(n)[1] }));
      expect(await piecesOf(columns())).toEqual(points);
      const reversed = points.toReversed();
      expect(await piecesOf(columns({ order: 'DESC' }))).toEqual(reversed);
      for (const limit of [0, 1, pieceMax + 1]) {
        expect(await piecesOf(columns({ limit }))).toEqual(points.slice(0, limit));
        expect(await piecesOf(columns({ limit, order: 'DESC' }))).toEqual(reversed.slice(0, limit));
      }
      expect(await piecesOf(columns({ startMs: 10, endMs: 20 }))).toEqual(points.slice(10, 20));
      expect(await opened.store.range(tenantA, device(), { ...all, startMs: 5, limit: pieceMax + 5 })).toEqual(points.slice(5, pieceMax + 10));
    }, 60_000);

    test('are no piece at all where there is nothing', async () => {
      await fill(opened.store, 5);
      for (const query of [{ key: 'b' }, { startMs: 5 }, { startMs: 3, endMs: 3 }, { startMs: 4, endMs: 2 }, { limit: 0 }]) {
        expect(await piecesOf(columns(query))).toEqual([]);
      }
      expect(await piecesOf(opened.store.columns(tenantB, device(), all))).toEqual([]);
      expect(await piecesOf(opened.store.columns(tenantA, device(2), all))).toEqual([]);
    });

    test('show units that were given before, durable or not', async () => {
      await fill(opened.store, 3);
      const given = commit(opened.store, (unit) => {
        unit.removePoints(removalOf(1, 2));
        addDouble(unit, 'a', 9, 9);
      });
      expect((await piecesOf(columns())).map(({ tsMs }) => tsMs)).toEqual([0, 2, 9]);
      await given;
    });

    test('are of whoever asked for them', async () => {
      await fill(opened.store, 20);
      for await (const piece of columns()) {
        piece.times.fill(-1);
        piece.numbers.fill(-1);
        piece.others?.fill('mine');
      }
      expect((await piecesOf(columns())).map(({ value }) => value)).toEqual(Array.from({ length: 20 }, (_, n) => valueAt(n)[1]));
    });
  });
}

function oneInstantContract(open: OpenStore<DataStore>): void {
  describe('points in columns, while others write,', () => {
    const opened = freshStore(open);

    test.each(['ASC', 'DESC'] as const)(
      'show one instant: %s',
      async (order) => {
        const { store } = opened;
        const count = 2 * pieceMax + 1_000;
        await fill(store, count);
        const before = await store.range(tenantA, device(), { ...all, order });
        const pieces = store.columns(tenantA, device(), { ...all, order })[Symbol.asyncIterator]();
        const first = await pieces.next();
        const [near, far] = order === 'ASC' ? [0, count - 1_000] : [count - 1_000, 0];
        await commit(store, (unit) => {
          for (const start of [near, far]) {
            unit.removePoints(removalOf(start, start + 100));
            for (let n = 98; n < 103; n += 1) addDouble(unit, 'a', start + n, -1);
          }
          [-1, count, 2 * count].forEach((tsMs) => addDouble(unit, 'a', tsMs, -1));
        });
        await commit(store, (unit) => unit.removePoints(removalOf(far + 300, far + 400, { latest: 'keep' })));
        const points = first.done === true ? [] : pointsOfColumns(first.value, 'a');
        for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) points.push(...pointsOfColumns(next.value, 'a'));
        expect(points).toEqual(before);
      },
      60_000,
    );
  });
}

function abandonedReadsContract(open: OpenStore<DataStore>): void {
  describe('a read of history that is given up', () => {
    const opened = freshStore(open);
    const iterator = (signal?: AbortSignal): AsyncIterator<PointColumns> =>
      opened.store.columns(tenantA, device(), all, signal)[Symbol.asyncIterator]();

    test('before it began gives nothing, whatever it is', async () => {
      await fill(opened.store, 5);
      const signal = AbortSignal.abort();
      expect(await outcomeOf(iterator(signal).next())).toBe(ABANDONED);
      expect(await outcomeOf(opened.store.range(tenantA, device(), all, signal))).toBe(ABANDONED);
      const sums = { key: 'a', startMs: 0, endMs: 9, intervalMs: 9, aggregation: 'SUM' } as const;
      expect(await outcomeOf(opened.store.aggregate(tenantA, device(), sums, signal))).toBe(ABANDONED);
    });

    test('between two pieces gives no further one', async () => {
      await fill(opened.store, pieceMax + 100);
      const control = new AbortController();
      const pieces = iterator(control.signal);
      expect(await outcomeOf(pieces.next())).toBe('points');
      control.abort();
      expect(await outcomeOf(pieces.next())).toBe(ABANDONED);
      expect(await outcomeOf(pieces.next())).toBe('the end');
    });

    test('while a piece is on its way ends with it or without it', async () => {
      await fill(opened.store, pieceMax + 100);
      const control = new AbortController();
      const pieces = iterator(control.signal);
      const first = pieces.next();
      control.abort();
      const outcome = await outcomeOf(first);
      expect(outcome === 'points' ? await outcomeOf(pieces.next()) : outcome).toBe(ABANDONED);
    });

    test('after its end is done', async () => {
      await fill(opened.store, 5);
      const control = new AbortController();
      expect(await opened.store.range(tenantA, device(), all, control.signal)).toHaveLength(5);
      expect(await piecesOf(opened.store.columns(tenantA, device(), all, control.signal))).toHaveLength(5);
      control.abort();
      expect(await piecesOf(opened.store.columns(tenantA, device(), all))).toHaveLength(5);
    });

    test('by who stops iterating leaves the store as it was, however often', async () => {
      await fill(opened.store, pieceMax + 100);
      for (let times = 0; times < 5; times += 1) {
        for await (const piece of opened.store.columns(tenantA, device(), all)) {
          expect(piece.times[0]).toBe(0);
          break;
        }
        // Who never asks for a piece has begun nothing.
        opened.store.columns(tenantA, device(), all);
      }
      await commit(opened.store, (unit) => addDouble(unit, 'a', pieceMax + 100, 1));
      expect(await piecesOf(opened.store.columns(tenantA, device(), { ...all, startMs: 10 }))).toHaveLength(pieceMax + 91);
    }, 60_000);

    test('by who does not ask for its next piece for too long ends by itself', async ({ skip }) => {
      const clock = opened.clock ?? skip('the store has no clock that a test could move');
      await fill(opened.store, pieceMax + 100);
      const pieces = iterator();
      expect(await outcomeOf(pieces.next())).toBe('points');
      clock.advanceMs(historyLimits.idleMs + 1);
      expect(await outcomeOf(pieces.next())).toBe(ABANDONED);
    });
  });
}
