import { systemTenantId, type EntityId, type EntitySelector, type RelationWalk } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import { freshStore } from '../data-store/fixtures.js';
import { deviceOf, tenantOf, userOf } from '../entity-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import {
  assetOf,
  build,
  customerOf,
  dashboardOf,
  entity,
  found,
  ofType,
  put,
  queryOf,
  relationOf,
  tenantProfileOf,
  viewOf,
  type QueriedStores,
} from './world.js';

/** Which entities a query looks at: by id, type, name and relations, and who may see them. */
export function selectionContract(open: OpenStore<QueriedStores>): void {
  describe('which entities', () => {
    const opened = freshStore(open);
    const of = (selector: EntitySelector): Promise<readonly number[]> => found(opened.store.queries, { selector });

    test('by id, those of the type that exist', async () => {
      await build(opened.store, { entities: [put('device', deviceOf(1)), put('device', deviceOf(2)), put('asset', assetOf(3))] });
      expect(await of({ kind: 'ids', entityType: 'DEVICE', ids: [uuid(2), uuid(3), uuid(9)] })).toEqual([2]);
      expect(await of({ kind: 'ids', entityType: 'DEVICE', ids: [] })).toEqual([]);
    });

    test('by type, name and the field type', async () => {
      const names = ['Pump a', 'pump B', 'Old pump', 'P_mp', 'Étage 1'];
      await build(opened.store, {
        entities: names.map((name, at) => put('device', deviceOf(at + 1, { name, type: at === 1 ? 'pump' : 'default' }))),
      });
      expect(await of(ofType('DEVICE'))).toEqual([1, 2, 3, 4, 5]);
      expect(await of(ofType('DEVICE', 'PUMP'))).toEqual([1, 2]);
      expect(await of(ofType('DEVICE', '%pump'))).toEqual([3]);
      expect(await of(ofType('DEVICE', '%pump%'))).toEqual([1, 2, 3]);
      expect(await of(ofType('DEVICE', 'p_mp'))).toEqual([1, 2, 4]);
      expect(await of(ofType('DEVICE', 'p*mp'))).toEqual([]);
      expect(await of(ofType('DEVICE', 'étage'))).toEqual([5]);
      expect(await of(ofType('DEVICE', '', ['pump', 'none']))).toEqual([2]);
      expect(await of(ofType('DEVICE', '', []))).toEqual([1, 2, 3, 4, 5]);
      expect(await of(ofType('EDGE'))).toEqual([]);
    });

    test('an entity is found as it is now: renamed, and no more once it is removed', async () => {
      const { entities } = opened.store;
      await build(opened.store, { entities: [put('device', deviceOf(1)), put('device', deviceOf(2))] });
      await entities.write([{ change: 'update', kind: 'device', entity: deviceOf(1, { name: 'Renamed' }) }]);
      await entities.write([{ change: 'remove', kind: 'device', tenantId: tenantA, id: uuid(2) }]);
      expect(await of(ofType('DEVICE', 'Renamed'))).toEqual([1]);
      expect(await of(ofType('DEVICE', 'Device'))).toEqual([]);
      expect(await opened.store.queries.count(queryOf())).toBe(1);
    });

    test('select gives them oldest first, as far as its limit', async () => {
      const ages = [3, 1, 2];
      await build(opened.store, { entities: ages.map((createdAtMs, at) => put('device', deviceOf(at + 1, { createdAtMs }))) });
      const { queries } = opened.store;
      expect(await queries.select({ tenantId: tenantA }, ofType('DEVICE'), 2)).toEqual([entity('DEVICE', 2), entity('DEVICE', 3)]);
    });

    visibilityContract(opened);
  });
  relationsContract(open);
}

function visibilityContract(opened: { readonly store: QueriedStores }): void {
  test('tenants see their own, customers what is theirs, the system tenants and their profiles', async () => {
    const mine = { customerId: uuid(50) };
    await build(opened.store, {
      entities: [
        ...[50, 51].map((n) => put('customer', customerOf(n))),
        put('tenant', tenantOf(60, { id: tenantA, tenantId: tenantA })),
        put('tenant', tenantOf(61, { id: tenantB, tenantId: tenantB })),
        put('tenantProfile', tenantProfileOf(62)),
        ...[put('device', deviceOf(1, mine)), put('device', deviceOf(2, { customerId: uuid(51) })), put('device', deviceOf(3))],
        put('device', deviceOf(4, { tenantId: tenantB })),
        ...[put('asset', assetOf(5, mine)), put('asset', assetOf(6)), put('entityView', viewOf(7, mine)), put('entityView', viewOf(8))],
        ...[put('user', userOf(9, mine)), put('user', userOf(10)), put('dashboard', dashboardOf(11, { customerIds: [uuid(51), uuid(50)] }))],
        put('dashboard', dashboardOf(12)),
      ],
    });
    const seen = async (scope: { readonly tenantId: typeof tenantA; readonly customerId?: string }): Promise<Record<string, readonly string[]>> => {
      const result: Record<string, readonly string[]> = {};
      for (const entityType of ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'USER', 'DASHBOARD', 'CUSTOMER', 'TENANT', 'TENANT_PROFILE'] as const) {
        const selector = ofType(entityType);
        const page = await opened.store.queries.find(queryOf({ scope, selector }));
        result[entityType] = page.data.map(({ entity: { id } }) => String(Number(id.slice(-3))));
        expect(await opened.store.queries.count(queryOf({ scope, selector }))).toBe(page.totalElements);
      }
      return result;
    };
    const nothing = { DEVICE: [], ASSET: [], ENTITY_VIEW: [], USER: [], DASHBOARD: [], CUSTOMER: [], TENANT: [], TENANT_PROFILE: [] };
    expect(await seen({ tenantId: tenantA })).toEqual({
      ...nothing,
      ...{ DEVICE: ['1', '2', '3'], ASSET: ['5', '6'], ENTITY_VIEW: ['7', '8'], USER: ['9', '10'] },
      ...{ DASHBOARD: ['11', '12'], CUSTOMER: ['50', '51'], TENANT: ['1'] },
    });
    expect(await seen({ tenantId: tenantA, customerId: uuid(50) })).toEqual({
      ...nothing,
      ...{ DEVICE: ['1'], ASSET: ['5'], ENTITY_VIEW: ['7'], USER: ['9'], DASHBOARD: ['11'], CUSTOMER: ['50'] },
    });
    expect(await seen({ tenantId: systemTenantId })).toEqual({ ...nothing, TENANT: ['1', '2'], TENANT_PROFILE: ['62'] });
    expect(await seen({ tenantId: tenantB })).toEqual({ ...nothing, DEVICE: ['4'], TENANT: ['2'] });
    const other = { scope: { tenantId: tenantB }, selector: { kind: 'ids', entityType: 'DEVICE', ids: [uuid(1), uuid(4)] } } as const;
    expect(await found(opened.store.queries, other)).toEqual([4]);
  });
}

/** Assets 1 to 4 and devices 11 to 14: 1 > 2 > 3 > 11, 2 > 12, 3 > 1 (a cycle), 4 > 13, 1 > 13 by another type. */
const graph = [
  relationOf(101, entity('ASSET', 1), entity('ASSET', 2)),
  relationOf(102, entity('ASSET', 2), entity('ASSET', 3)),
  relationOf(103, entity('ASSET', 3), entity('DEVICE', 11)),
  relationOf(104, entity('ASSET', 2), entity('DEVICE', 12)),
  relationOf(105, entity('ASSET', 3), entity('ASSET', 1)),
  relationOf(106, entity('ASSET', 4), entity('DEVICE', 13)),
  relationOf(107, entity('ASSET', 1), entity('DEVICE', 13), { type: 'Manages' }),
  relationOf(108, entity('ASSET', 1), entity('DEVICE', 14), { typeGroup: 'DASHBOARD' }),
];

function relationsContract(open: OpenStore<QueriedStores>): void {
  describe('entities by relations', () => {
    const opened = freshStore(open);
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [
          ...[1, 2, 3, 4].map((n) => put('asset', assetOf(n, { type: n === 3 ? 'floor' : 'building' }))),
          ...[11, 12, 13, 14].map((n) => put('device', deviceOf(n, { customerId: n === 12 ? uuid(50) : undefined }))),
          ...graph.map((relation) => put('relation', relation)),
        ],
      });
    const walkOf = (changes: Partial<RelationWalk>): RelationWalk => ({
      roots: [entity('ASSET', 1)],
      direction: 'FROM',
      maxLevel: 50,
      lastLevelOnly: false,
      steps: [],
      isNegated: false,
      ...changes,
    });
    const reached = (changes: Partial<RelationWalk> = {}, rest: Partial<Extract<EntitySelector, { kind: 'relations' }>> = {}) =>
      found(opened.store.queries, { selector: { kind: 'relations', walk: walkOf(changes), entityTypes: [], ...rest } });
    const contains = { relationType: 'Contains', entityTypes: ['DEVICE'], isNegated: false } as const;

    test('all that COMMON relations lead to, the root only where a cycle leads back', async () => {
      await prepare();
      expect(await reached()).toEqual([1, 2, 3, 11, 12, 13]);
      expect(await reached({ maxLevel: 1 })).toEqual([2, 13]);
      expect(await reached({ maxLevel: 2 })).toEqual([2, 3, 12, 13]);
      expect(await reached({ roots: [entity('DEVICE', 11)], direction: 'TO' })).toEqual([1, 2, 3]);
      expect(await reached({ roots: [entity('ASSET', 11)] })).toEqual([]);
      expect(await reached({ roots: [] })).toEqual([]);
    });

    test('the last relation on the way must fit a step; negated ones fit the rest', async () => {
      await prepare();
      expect(await reached({ steps: [contains] })).toEqual([11, 12]);
      expect(await reached({ steps: [{ ...contains, isNegated: true }] })).toEqual([13]);
      expect(await reached({ steps: [contains], isNegated: true })).toEqual([1, 2, 3, 13]);
      const manages = { relationType: 'Manages', entityTypes: [], isNegated: false };
      expect(await reached({ steps: [contains, manages] })).toEqual([11, 12, 13]);
      expect(await reached({ steps: [{ relationType: '', entityTypes: ['ASSET'], isNegated: false }] })).toEqual([1, 2, 3]);
    });

    test('of the last level only what is at it or leads no further', async () => {
      await prepare();
      expect(await reached({ lastLevelOnly: true })).toEqual([11, 12, 13]);
      expect(await reached({ lastLevelOnly: true, maxLevel: 2 })).toEqual([3, 12, 13]);
    });

    test('several roots, each entity once, with the root it was met from first', async () => {
      await prepare();
      const walk = walkOf({ roots: [entity('ASSET', 4), entity('ASSET', 2)] });
      const page = await opened.store.queries.find(
        queryOf({ selector: { kind: 'relations', walk, entityTypes: [] }, columns: [{ type: 'ENTITY_FIELD', key: 'parentId' }] }),
      );
      const roots = page.data.map(({ entity: { id }, values }) => [Number(id.slice(-3)), Number(values[0]?.text.slice(-3))]);
      expect(roots).toEqual([
        [1, 2],
        [2, 2],
        [3, 2],
        [11, 2],
        [12, 2],
        [13, 4],
      ]);
    });

    test('types of entities and of their field type, of what the caller may see', async () => {
      await prepare();
      expect(await reached({}, { entityTypes: ['ASSET'] })).toEqual([1, 2, 3]);
      expect(await reached({}, { entityTypes: ['ASSET'], types: ['floor'] })).toEqual([3]);
      const selector = { kind: 'relations', walk: walkOf({}), entityTypes: [] } as const;
      expect(await found(opened.store.queries, { selector, scope: { tenantId: tenantA, customerId: uuid(50) } })).toEqual([12]);
      expect(await found(opened.store.queries, { selector, scope: { tenantId: tenantB } })).toEqual([]);
      const ids: readonly EntityId[] = await opened.store.queries.select({ tenantId: tenantA }, selector, 2);
      expect(ids).toEqual([entity('ASSET', 1), entity('ASSET', 2)]);
    });
  });
}
