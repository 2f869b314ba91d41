import { ValueKind } from '@fieldline/model';
import type { DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, attributeWrite, commit, device, double, freshStore, tenantA, tenantB } from './fixtures.js';

/** Reads about many entities at once. */
export function manyEntitiesContract(open: OpenStore<DataStore>): void {
  describe('many entities at once', () => {
    const opened = freshStore(open);

    test('name the keys that any of them has points of, sorted', async () => {
      await commit(opened.store, (unit) => {
        addDouble(unit, 'b', 1, 1, device(1));
        addDouble(unit, 'a', 1, 1, device(2));
        addDouble(unit, 'b', 1, 1, device(2));
        addDouble(unit, 'c', 1, 1, device(3));
        unit.attribute(attributeWrite({ key: 'no point' }));
      });
      expect(await opened.store.keysOfMany(tenantA, [device(2), device(1), device(9)])).toEqual(['a', 'b']);
      expect(await opened.store.keysOfMany(tenantA, [])).toEqual([]);
      expect(await opened.store.keysOfMany(tenantB, [device(1)])).toEqual([]);
    });

    test('name the attribute keys that any of them has, by scope, sorted', async () => {
      await commit(opened.store, (unit) => {
        unit.attribute(attributeWrite({ key: 'b' }));
        unit.attribute(attributeWrite({ key: 'a', entity: device(2) }));
        unit.attribute(attributeWrite({ key: 'b', entity: device(2) }));
        unit.attribute(attributeWrite({ key: 'c', entity: device(2), scope: 'CLIENT_SCOPE' }));
        unit.attribute(attributeWrite({ key: 'd', entity: device(3) }));
        unit.attribute(attributeWrite({ key: 'e', tenantId: tenantB }));
      });
      const keys = await opened.store.attributeKeysOfMany(tenantA, [device(2), device(1), device(9)]);
      expect(keys).toEqual({ CLIENT_SCOPE: ['c'], SHARED_SCOPE: [], SERVER_SCOPE: ['a', 'b'] });
      const none = { CLIENT_SCOPE: [], SHARED_SCOPE: [], SERVER_SCOPE: [] };
      expect(await opened.store.attributeKeysOfMany(tenantA, [])).toEqual(none);
    });

    test('give their latest points, a list for each in the order asked for', async () => {
      await commit(opened.store, (unit) => {
        addDouble(unit, 'b', 2, 2, device(1));
        addDouble(unit, 'b', 1, 1, device(1));
        addDouble(unit, 'a', 1, 3, device(2));
        addDouble(unit, 'b', 1, 4, device(2));
        addDouble(unit, 'c', 1, 5, device(2));
      });
      expect(await opened.store.latestOfMany(tenantA, [device(2), device(9), device(1)], ['b', 'a'])).toEqual([
        [double('a', 1, 3), double('b', 1, 4)],
        [],
        [double('b', 2, 2)],
      ]);
      expect(await opened.store.latestOfMany(tenantB, [device(1)], ['b'])).toEqual([[]]);
    });

    test('of any tenant that have an attribute are all found', async () => {
      const asset = { entityType: 'ASSET', id: device(3).id } as const;
      await commit(opened.store, (unit) => {
        unit.attribute(attributeWrite({ key: 'active', kind: ValueKind.boolean, value: true, lastUpdateMs: 5 }));
        unit.attribute(attributeWrite({ key: 'active', tenantId: tenantB, entity: asset, kind: ValueKind.long, value: 2n ** 62n }));
        unit.attribute(attributeWrite({ key: 'active', scope: 'CLIENT_SCOPE', entity: device(4) }));
        unit.attribute(attributeWrite({ key: 'other', entity: device(5) }));
      });
      const found = await opened.store.everyAttribute('SERVER_SCOPE', 'active');
      expect([...found].sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1))).toEqual([
        { tenantId: tenantA, entity: device(), attribute: { key: 'active', kind: ValueKind.boolean, value: true, lastUpdateMs: 5 } },
        { tenantId: tenantB, entity: asset, attribute: { key: 'active', kind: ValueKind.long, value: 2n ** 62n, lastUpdateMs: 1 } },
      ]);
      expect(await opened.store.everyAttribute('SHARED_SCOPE', 'active')).toEqual([]);
    });
  });
}
