import { ValueKind, type Alarm } from '@fieldline/model';
import type { AlarmQuery, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { alarmOf, attributeWrite, commit, device, freshStore, tenantA, tenantB, uuid } from './fixtures.js';

/** Attributes: scopes, replacement, typing, tenants. */
export function attributesContract(open: OpenStore<DataStore>): void {
  describe('attributes', () => {
    const opened = freshStore(open);
    const { boolean, long, double, string, json } = ValueKind;

    test('come back typed and sorted by key, all of them or those asked for', async () => {
      const values = [
        ['e', boolean, true],
        ['d', long, 42],
        ['c', double, 42],
        ['b', string, '42'],
        ['a', json, '{"x":1}'],
        ['f', long, 2n ** 62n],
      ] as const;
      await commit(opened.store, (unit) =>
        values.forEach(([key, kind, value]) => unit.attribute(attributeWrite({ key, kind, value, lastUpdateMs: 7 }))),
      );
      const stored = await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE');
      const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(stored).toEqual(sorted.map(([key, kind, value]) => ({ key, kind, value, lastUpdateMs: 7 })));
      const some = await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE', ['d', 'missing', 'b']);
      expect(some.map(({ key }) => key)).toEqual(['b', 'd']);
      expect(await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE', [])).toEqual([]);
    });

    test('a later write replaces value, kind and time', async () => {
      await commit(opened.store, (unit) => unit.attribute(attributeWrite()));
      await commit(opened.store, (unit) => {
        unit.attribute(attributeWrite({ kind: long, value: 1, lastUpdateMs: 2 }));
        unit.attribute(attributeWrite({ kind: boolean, value: false, lastUpdateMs: 3 }));
      });
      expect(await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE')).toEqual([
        { key: 'model', kind: boolean, value: false, lastUpdateMs: 3 },
      ]);
    });

    test('scopes, entities and tenants are apart', async () => {
      await commit(opened.store, (unit) => {
        unit.attribute(attributeWrite({ scope: 'CLIENT_SCOPE', value: 'client' }));
        unit.attribute(attributeWrite({ scope: 'SHARED_SCOPE', value: 'shared' }));
        unit.attribute(attributeWrite({ tenantId: tenantB, value: 'of B' }));
        unit.attribute(attributeWrite({ entity: { entityType: 'ASSET', id: device().id }, value: 'asset' }));
      });
      const valuesOf = async (...args: Parameters<DataStore['attributes']>): Promise<unknown[]> =>
        (await opened.store.attributes(...args)).map(({ value }) => value);
      expect(await valuesOf(tenantA, device(), 'CLIENT_SCOPE')).toEqual(['client']);
      expect(await valuesOf(tenantA, device(), 'SHARED_SCOPE')).toEqual(['shared']);
      expect(await valuesOf(tenantA, device(), 'SERVER_SCOPE')).toEqual([]);
      expect(await valuesOf(tenantB, device(), 'SERVER_SCOPE')).toEqual(['of B']);
      expect(await valuesOf(tenantB, device(), 'CLIENT_SCOPE')).toEqual([]);
    });
  });
}

/** Alarms: replacement, the active alarm, lists. */
export function alarmsContract(open: OpenStore<DataStore>): void {
  describe('alarms', () => {
    const opened = freshStore(open);
    const put = (...alarms: readonly Alarm[]): Promise<void> => commit(opened.store, (unit) => alarms.forEach((alarm) => unit.alarm(alarm)));
    const ids = async (query: Partial<AlarmQuery> = {}): Promise<readonly string[]> =>
      (await opened.store.alarms(tenantA, { page: 0, pageSize: 10, ...query })).data.map(({ id }) => id.slice(-3));

    test('an alarm comes back whole, and is replaced by the next with its id', async () => {
      const alarm = alarmOf({ customerId: uuid(3), acknowledgedAtMs: 5, assigneeId: uuid(4), assignedAtMs: 6, propagateRelationTypes: ['Contains'] });
      await put(alarm);
      expect(await opened.store.alarm(tenantA, alarm.id)).toEqual(alarm);
      await put({ ...alarm, severity: 'MINOR', endMs: 2_000 });
      expect(await opened.store.alarm(tenantA, alarm.id)).toEqual({ ...alarm, severity: 'MINOR', endMs: 2_000 });
      expect(await ids()).toEqual(['900']);
    });

    test('the active alarm is the uncleared one of originator and type', async () => {
      await put(alarmOf({ id: uuid(901), clearedAtMs: 2 }), alarmOf({ id: uuid(902) }), alarmOf({ id: uuid(903), type: 'Low battery' }));
      const active = (type = 'High temperature', originator = device()): Promise<Alarm | undefined> =>
        opened.store.activeAlarm(tenantA, originator, type);
      expect((await active())?.id).toBe(uuid(902));
      expect((await active('Low battery'))?.id).toBe(uuid(903));
      expect(await active('Leak')).toBeUndefined();
      expect(await active('High temperature', device(2))).toBeUndefined();
      await put(alarmOf({ id: uuid(902), clearedAtMs: 3 }));
      expect(await active()).toBeUndefined();
      await put(alarmOf({ id: uuid(904), createdAtMs: 4 }));
      expect((await active())?.id).toBe(uuid(904));
    });

    test('lists are newest first, in pages with totals', async () => {
      await put(...[1, 2, 3, 4, 5].map((n) => alarmOf({ id: uuid(n), createdAtMs: n * 10 })));
      expect(await ids({ pageSize: 2 })).toEqual(['005', '004']);
      const last = await opened.store.alarms(tenantA, { page: 2, pageSize: 2 });
      expect({ ...last, data: last.data.map(({ id }) => id) }).toEqual({ data: [uuid(1)], totalElements: 5, totalPages: 3, hasNext: false });
      expect(await ids({ page: 3, pageSize: 2 })).toEqual([]);
      expect(await ids({ sortBy: 'createdAtMs', sortOrder: 'ASC' })).toEqual(['001', '002', '003', '004', '005']);
    });

    test('lists filter by originator, status, creation time and text, and sort', async () => {
      await put(
        alarmOf({ id: uuid(1), createdAtMs: 10, type: 'Leak' }),
        alarmOf({ id: uuid(2), createdAtMs: 20, acknowledgedAtMs: 1, severity: 'MINOR' }),
        alarmOf({ id: uuid(3), createdAtMs: 30, clearedAtMs: 1, originator: device(2) }),
        alarmOf({ id: uuid(4), createdAtMs: 40, clearedAtMs: 1, acknowledgedAtMs: 1 }),
      );
      expect(await ids({ status: 'ANY' })).toEqual(['004', '003', '002', '001']);
      expect(await ids({ status: 'ACTIVE' })).toEqual(['002', '001']);
      expect(await ids({ status: 'CLEARED' })).toEqual(['004', '003']);
      expect(await ids({ status: 'ACK' })).toEqual(['004', '002']);
      expect(await ids({ status: 'UNACK' })).toEqual(['003', '001']);
      expect(await ids({ status: 'CLEARED_ACK' })).toEqual(['004']);
      expect(await ids({ status: 'ACTIVE_UNACK' })).toEqual(['001']);
      expect(await ids({ originator: device(2) })).toEqual(['003']);
      expect(await ids({ startMs: 20, endMs: 30 })).toEqual(['003', '002']);
      expect(await ids({ textSearch: 'LEAK' })).toEqual(['001']);
      expect(await ids({ textSearch: 'minor' })).toEqual(['002']);
      expect(await ids({ textSearch: 'cleared_un' })).toEqual(['003']);
      expect(await ids({ sortBy: 'type', sortOrder: 'DESC' })).toEqual(['001', '002', '003', '004']);
    });

    test('another tenant sees none of it', async () => {
      await put(alarmOf());
      expect(await opened.store.alarm(tenantB, alarmOf().id)).toBeUndefined();
      expect(await opened.store.tenantOfAlarm(alarmOf().id)).toBe(tenantA);
      expect(await opened.store.activeAlarm(tenantB, device(), 'High temperature')).toBeUndefined();
      expect((await opened.store.alarms(tenantB, { page: 0, pageSize: 10 })).totalElements).toBe(0);
    });
  });
}
