import { ValueKind } from '@fieldline/model';
import { isStoredWrite, ValueUse, type AttributeWrite, type CommitUnit, type DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { attributeWrite, commit, device, double, freshStore, tenantA } from './fixtures.js';

const { history, latest, push, all } = ValueUse;
const everything = { startMs: 0, endMs: 1_000, limit: 1_000, order: 'ASC' } as const;

function add(unit: CommitUnit, tsMs: number, value: number, uses: number, key = 'a'): void {
  unit.point(tenantA, device(), key, tsMs, ValueKind.double, value, 0, uses);
}

/** What is done with values: kept, latest and pushed, each with and without the others. */
export function valueUsesContract(open: OpenStore<DataStore>): void {
  describe('uses of values', () => {
    const opened = freshStore(open);
    const stored = async (store = opened.store): Promise<unknown> => ({
      keys: await store.keys(tenantA, device()),
      latest: (await store.latest(tenantA, device())).map(({ key, tsMs, value }) => [key, tsMs, value]),
      range: (await store.range(tenantA, device(), { key: 'a', ...everything })).map(({ tsMs, value }) => [tsMs, value]),
    });
    const toldTimes = (store: DataStore): number[] => {
      const told: number[] = [];
      store.onCommitted(({ points }) =>
        points(
          () => true,
          (...[, , , tsMs]) => told.push(tsMs),
        ),
      );
      return told;
    };

    test('a point of the history alone is no latest value, and its key is none', async () => {
      await commit(opened.store, (unit) => add(unit, 5, 1, history));
      expect(await stored()).toEqual({ keys: [], latest: [], range: [[5, 1]] });
      await commit(opened.store, (unit) => add(unit, 3, 2, all));
      expect(await stored()).toEqual({
        keys: ['a'],
        latest: [['a', 3, 2]],
        range: [
          [3, 2],
          [5, 1],
        ],
      });
      await commit(opened.store, (unit) => add(unit, 5, 3, history));
      expect(await stored()).toMatchObject({ latest: [['a', 3, 2]] });
    });

    test('a latest value alone is in no range, and is replaced by what is not older', async () => {
      await commit(opened.store, (unit) => add(unit, 5, 1, latest | push));
      expect(await stored()).toEqual({ keys: ['a'], latest: [['a', 5, 1]], range: [] });
      await commit(opened.store, (unit) => add(unit, 4, 2, all));
      expect(await stored()).toEqual({ keys: ['a'], latest: [['a', 5, 1]], range: [[4, 2]] });
      await commit(opened.store, (unit) => add(unit, 5, 3, all));
      expect(await stored()).toMatchObject({ latest: [['a', 5, 3]] });
    });

    test('what is only pushed is told and not stored, in its place among the others', async () => {
      const told = toldTimes(opened.store);
      await commit(opened.store, (unit) => {
        add(unit, 1, 1, push);
        add(unit, 2, 1, all);
        add(unit, 3, 1, history | latest);
        add(unit, 4, 1, push);
        unit.point(tenantA, device(2), 'b', 5, ValueKind.string, 'x', 0, push);
        add(unit, 6, 1, history | push);
        add(unit, 7, 1, 0);
      });
      expect(told).toEqual([1, 2, 4, 5, 6]);
      expect((await opened.store.range(tenantA, device(), { key: 'a', ...everything })).map(({ tsMs }) => tsMs)).toEqual([2, 3, 6]);
      expect(await opened.store.keys(tenantA, device(2))).toEqual([]);
    });

    test('a unit that only pushes is no empty one, and a removed entity is told of nothing', async () => {
      const told = toldTimes(opened.store);
      const unit = opened.store.begin();
      add(unit, 1, 1, push);
      expect(unit.isEmpty).toBe(false);
      await opened.store.commit(unit);
      await commit(opened.store, (removing) => removing.removeEntity(tenantA, device()));
      await commit(opened.store, (late) => {
        add(late, 2, 1, push);
        late.attribute(attributeWrite({ uses: push }));
      });
      expect(told).toEqual([1]);
    });

    test('the points of the history alone go with their entity', async () => {
      await commit(opened.store, (unit) => add(unit, 5, 1, history));
      await commit(opened.store, (unit) => unit.removeEntity(tenantA, device()));
      expect(await stored()).toEqual({ keys: [], latest: [], range: [] });
    });

    test('attributes are stored without being pushed, and pushed without being stored', async () => {
      const told: (readonly [string, boolean, number | undefined])[] = [];
      opened.store.onCommitted(({ attributes }) => told.push(...attributes.map((write) => [write.key, isStoredWrite(write), write.uses] as const)));
      const unit = opened.store.begin();
      const write = (changes: Partial<AttributeWrite>): void => unit.attribute(attributeWrite(changes));
      write({ key: 'kept', uses: history });
      write({ key: 'told', uses: push });
      write({ key: 'both' });
      write({ key: 'both', value: 'told', uses: push });
      const seen = await opened.store.reading(unit).attributes(tenantA, device(), 'SERVER_SCOPE');
      await opened.store.commit(unit);
      const left = await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE');
      expect(left).toEqual(seen);
      expect(left.map(({ key, value }) => [key, value])).toEqual([
        ['both', 'T-1000'],
        ['kept', 'T-1000'],
      ]);
      expect(told).toEqual([
        ['kept', true, history],
        ['both', true, undefined],
        ['told', false, push],
        ['both', false, push],
      ]);
    });
  });
  anyUsesContract(open);
}

function anyUsesContract(open: OpenStore<DataStore>): void {
  describe('any uses in any order', () => {
    const point = fc.record({ tsMs: fc.nat(6), value: fc.nat(9), uses: fc.constantFrom(all, all, history, latest, push, history | latest, 5, 6) });
    const units = fc.array(fc.array(point, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });

    test('give the history and the latest value of a plain model, also inside the unit and after it was opened again', async () => {
      await fc.assert(
        fc.asyncProperty(units, async (given) => {
          const { store: first, reopen, dispose } = await open();
          let store = first;
          const kept = new Map<number, number>();
          let last: { readonly tsMs: number; readonly value: number } | undefined;
          const check = async (): Promise<void> => {
            const sorted = [...kept].sort(([a], [b]) => a - b);
            const expected = last === undefined ? [] : [double('a', last.tsMs, last.value)];
            const range = await store.range(tenantA, device(), { key: 'a', ...everything });
            expect(range.map(({ tsMs, value }) => [tsMs, value])).toEqual(sorted);
            expect(await store.latest(tenantA, device())).toEqual(expected);
          };
          try {
            for (const points of given) {
              const unit = store.begin();
              for (const { tsMs, value, uses } of points) {
                add(unit, tsMs, value, uses);
                if ((uses & history) !== 0) kept.set(tsMs, value);
                if ((uses & latest) !== 0 && tsMs >= (last?.tsMs ?? 0)) last = { tsMs, value };
                const expected = last === undefined ? [] : [double('a', last.tsMs, last.value)];
                expect(await store.reading(unit).latest(tenantA, device(), ['a'])).toEqual(expected);
              }
              await store.commit(unit);
              await check();
            }
            if (reopen !== undefined) store = await reopen();
            await check();
          } finally {
            await dispose();
          }
        }),
        { numRuns: 40 },
      );
    }, 60_000);
  });
}
