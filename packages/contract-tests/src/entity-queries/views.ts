import { ValueKind, type DataPoint, type EntityDataQuery, type EntityView } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { alarmOf, device, freshStore, tenantA, uuid } from '../data-store/fixtures.js';
import { deviceOf } from '../entity-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { assetOf, build, entity, field, found, key, ofType, put, queryOf, relationOf, viewOf, where, type QueriedStores } from './world.js';

const [a, b] = [key('TIME_SERIES', 'a'), key('TIME_SERIES', 'b')];
const showing = (timeseries: string[], changes: Partial<EntityView> = {}): Partial<EntityView> => ({
  keys: { timeseries, attributes: { cs: [], ss: [], sh: [] } },
  ...changes,
});
const point = (name: string, tsMs: number, value = tsMs): DataPoint => ({ key: name, tsMs, kind: ValueKind.long, value });
const ofViews: Partial<EntityDataQuery> = { selector: ofType('ENTITY_VIEW') };

/** Latest values of entity views (rest-api.md §6.6): those of what they view, of their keys, within their time. */
export function viewsContract(open: OpenStore<QueriedStores>): void {
  describe('time series of entity views', () => {
    const opened = freshStore(open);

    /** Device 1 with `a` at 10, 20, 30 and `b` at 25, asset 2 with `a` at 5, and views 11 to 18. */
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [
          put('device', deviceOf(1)),
          put('asset', assetOf(2)),
          put('entityView', viewOf(11, showing(['a', 'b']))),
          put('entityView', viewOf(12, showing(['b', 'c']))),
          put('entityView', viewOf(13, showing(['a'], { targetType: 'ASSET', targetId: uuid(2) }))),
          put('entityView', viewOf(14, showing(['a', 'b'], { startMs: 26 }))),
          put('entityView', viewOf(15, showing(['a', 'b'], { endMs: 20 }))),
          put('entityView', viewOf(16, showing(['a', 'b'], { startMs: 11, endMs: 19 }))),
          put('entityView', viewOf(17, showing([]))),
          put('entityView', viewOf(18, showing(['a'], { targetId: uuid(99) }))),
        ],
        points: [
          ...[10, 20, 30].map((tsMs) => ({ entity: device(), point: point('a', tsMs) })),
          { entity: device(), point: point('b', 25) },
          { entity: entity('ASSET', 2), point: point('a', 5) },
          // Nothing lets anybody write these, and a view of them would show what is not its own.
          { entity: entity('ENTITY_VIEW', 17), point: point('a', 40) },
        ],
      });
    const shown = ['30 30|25 25', '0 |25 25', '5 5|0 ', '30 30|0 ', '20 20|0 ', '0 |0 ', '0 |0 ', '0 |0 '];

    test('columns show what is viewed, of the keys and within the time of each view', async () => {
      await prepare();
      const { data } = await opened.store.queries.find(queryOf({ ...ofViews, columns: [a, field('name'), b] }));
      expect(data.map(({ entity: { id } }) => id)).toEqual([11, 12, 13, 14, 15, 16, 17, 18].map(uuid));
      expect(data.map(({ values: [first, , last] }) => `${first?.tsMs} ${first?.text}|${last?.tsMs} ${last?.text}`)).toEqual(shown);
    });

    test('so they do among entities of other types', async () => {
      await prepare();
      const root = entity('ASSET', 2);
      const [view, other] = [entity('ENTITY_VIEW', 15), entity('ENTITY_VIEW', 12)];
      await build(opened.store, { entities: [view, device(), other].map((to, n) => put('relation', relationOf(100 + n, root, to))) });
      const walk = { roots: [root], direction: 'FROM', maxLevel: 1, lastLevelOnly: false, steps: [], isNegated: false } as const;
      const selector = { kind: 'relations', walk, entityTypes: [] } as const;
      const { data } = await opened.store.queries.find(queryOf({ selector, columns: [a, b], sort: { key: a, order: 'DESC' } }));
      expect(data.map(({ values }) => values.map(({ text }) => text).join())).toEqual([',25', '30,25', '20,']);
    });

    test('filters, orders and searches look at the same values', async () => {
      await prepare();
      const { queries } = opened.store;
      const atLeast = (value: number) => where(a, { type: 'NUMERIC', operation: 'GREATER_OR_EQUAL', value });
      const isEqual = (value: number) => where(b, { type: 'NUMERIC', operation: 'EQUAL', value });
      expect(await found(queries, { ...ofViews, filters: [atLeast(20)] })).toEqual([11, 14, 15]);
      expect(await queries.count(queryOf({ ...ofViews, filters: [atLeast(20)] }))).toBe(3);
      expect(await found(queries, { ...ofViews, filters: [atLeast(20), isEqual(25)] })).toEqual([11]);
      expect(await found(queries, { ...ofViews, filters: [atLeast(21), isEqual(25)], combine: 'OR' })).toEqual([11, 12, 14]);
      expect(
        await found(queries, {
          ...ofViews,
          filters: [where(field('name'), { type: 'STRING', operation: 'EQUAL', value: 'View 15', ignoreCase: false }), atLeast(20)],
        }),
      ).toEqual([15]);
      expect(await found(queries, { ...ofViews, sort: { key: a, order: 'ASC' } })).toEqual([13, 15, 11, 14, 12, 16, 17, 18]);
      expect(await found(queries, { ...ofViews, sort: { key: a, order: 'DESC' }, pageSize: 6 })).toEqual([18, 17, 16, 12, 14, 11]);
      expect(await found(queries, { ...ofViews, textSearch: '30', columns: [a, field('name')] })).toEqual([11, 14]);
    });

    test('alarms of a view come with them too', async () => {
      await prepare();
      await build(opened.store, {
        alarms: [
          alarmOf({ id: uuid(900), originator: entity('ENTITY_VIEW', 16) }),
          alarmOf({ id: uuid(901), originator: entity('ENTITY_VIEW', 15) }),
        ],
      });
      const { data } = await opened.store.queries.findAlarms({
        scope: { tenantId: tenantA },
        entities: { selector: ofType('ENTITY_VIEW'), filters: [where(a, { type: 'NUMERIC', operation: 'GREATER', value: 0 })], combine: 'AND' },
        withPropagated: false,
        alarmFields: [],
        columns: [a, b],
        pageSize: 10,
        page: 0,
      });
      expect(data.map(({ entity: { id }, values }) => [id, ...values.map(({ text }) => text)])).toEqual([[uuid(15), '20', '']]);
    });
  });
}
