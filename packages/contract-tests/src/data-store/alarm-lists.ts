import type { Alarm } from '@fieldline/model';
import type { AlarmQuery, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { alarmOf, commit, device, freshStore, tenantA, tenantB, uuid } from './fixtures.js';

/** Lists of alarms: what they filter and sort by, types and the highest severity (rest-api.md §17.2). */
export function alarmListsContract(open: OpenStore<DataStore>): void {
  describe('lists of alarms', () => {
    const opened = freshStore(open);
    const put = (...alarms: readonly Alarm[]): Promise<void> => commit(opened.store, (unit) => alarms.forEach((alarm) => unit.alarm(alarm)));
    const ids = async (query: Partial<AlarmQuery> = {}): Promise<readonly number[]> =>
      (await opened.store.alarms(tenantA, { page: 0, pageSize: 10, ...query })).data.map(({ id }) => Number(id.slice(-3)));
    const asset = { entityType: 'ASSET', id: uuid(50) } as const;

    test('hold the alarms of an entity and those propagated to it, following every change of the propagation', async () => {
      await put(
        alarmOf({ id: uuid(1), createdAtMs: 10, propagatedTo: [asset, device(2)] }),
        alarmOf({ id: uuid(2), createdAtMs: 20, originator: device(2) }),
        alarmOf({ id: uuid(3), createdAtMs: 30, originator: device(2), propagatedTo: [device(2)] }),
        alarmOf({ id: uuid(4), createdAtMs: 40, propagatedTo: [{ ...asset, entityType: 'DEVICE' }] }),
      );
      expect(await ids({ affected: asset })).toEqual([1]);
      expect(await ids({ affected: device(2) })).toEqual([3, 2, 1]);
      expect(await ids({ affected: device(2), sortBy: 'createdAtMs', sortOrder: 'ASC', pageSize: 2 })).toEqual([1, 2]);
      expect(await ids({ originator: device(2) })).toEqual([3, 2]);
      const page = await opened.store.alarms(tenantA, { page: 1, pageSize: 2, affected: device(2) });
      expect([page.totalElements, page.data.length]).toEqual([3, 1]);
      await put(alarmOf({ id: uuid(1), createdAtMs: 10, propagatedTo: [device(3)] }));
      expect([await ids({ affected: asset }), await ids({ affected: device(2) }), await ids({ affected: device(3) })]).toEqual([[], [3, 2], [1]]);
    });

    test.each([
      [
        ['ANY', 'ACTIVE'],
        [4, 3, 2, 1],
      ],
      [[], [4, 3, 2, 1]],
      [['ACTIVE'], [2, 1]],
      [['CLEARED'], [4, 3]],
      [
        ['ACTIVE', 'CLEARED'],
        [4, 3, 2, 1],
      ],
      [['ACK'], [4, 2]],
      [
        ['UNACK', 'ACK', 'CLEARED'],
        [4, 3],
      ],
      [['ACTIVE', 'UNACK'], [1]],
    ] as const)('filter by the statuses %j', async (statuses, expected) => {
      await put(
        alarmOf({ id: uuid(1), createdAtMs: 10 }),
        alarmOf({ id: uuid(2), createdAtMs: 20, acknowledgedAtMs: 1 }),
        alarmOf({ id: uuid(3), createdAtMs: 30, clearedAtMs: 1 }),
        alarmOf({ id: uuid(4), createdAtMs: 40, clearedAtMs: 1, acknowledgedAtMs: 1 }),
      );
      expect(await ids({ statuses })).toEqual(expected);
    });

    test('filter by severities, types, assignee and customer, all of them together', async () => {
      await put(
        alarmOf({ id: uuid(1), createdAtMs: 10, severity: 'MINOR', type: 'Leak', assigneeId: uuid(60), customerId: uuid(70) }),
        alarmOf({ id: uuid(2), createdAtMs: 20, severity: 'MAJOR', type: 'Leak', customerId: uuid(70) }),
        alarmOf({ id: uuid(3), createdAtMs: 30, severity: 'MINOR', type: 'Fire', assigneeId: uuid(61) }),
      );
      expect(await ids({ severities: ['MINOR', 'CRITICAL'] })).toEqual([3, 1]);
      expect(await ids({ severities: [] })).toEqual([3, 2, 1]);
      expect(await ids({ types: ['Leak', 'Flood'] })).toEqual([2, 1]);
      expect(await ids({ types: [] })).toEqual([3, 2, 1]);
      expect(await ids({ assigneeId: uuid(61) })).toEqual([3]);
      expect(await ids({ customerId: uuid(70) })).toEqual([2, 1]);
      expect(await ids({ customerId: uuid(70), severities: ['MINOR'], types: ['Leak'], assigneeId: uuid(60), startMs: 10, endMs: 10 })).toEqual([1]);
      expect(await ids({ customerId: uuid(70), severities: ['MINOR'], types: ['Leak'], assigneeId: uuid(60), startMs: 11 })).toEqual([]);
      expect(await ids({ createdFromMs: 20, createdToMs: 20 })).toEqual([2]);
      await put(alarmOf({ id: uuid(3), createdAtMs: 30, severity: 'MINOR', type: 'Fire' }));
      expect(await ids({ assigneeId: uuid(61) })).toEqual([]);
    });

    test.each([
      ['createdAtMs', [1, 2, 3]],
      ['startMs', [3, 1, 2]],
      ['endMs', [2, 3, 1]],
      ['type', [2, 1, 3]],
      ['severity', [3, 2, 1]],
      ['status', [2, 3, 1]],
      ['acknowledgedAtMs', [1, 3, 2]],
      ['clearedAtMs', [2, 3, 1]],
      ['assigneeId', [3, 2, 1]],
    ])('are sorted by %s, absent values first', async (sortBy, expected) => {
      await put(
        alarmOf({ id: uuid(1), createdAtMs: 10, startMs: 5, endMs: 9, type: 'b', severity: 'MINOR', clearedAtMs: 8, assigneeId: uuid(62) }),
        alarmOf({ id: uuid(2), createdAtMs: 20, startMs: 6, endMs: 7, type: 'a', severity: 'MAJOR', acknowledgedAtMs: 8, assigneeId: uuid(61) }),
        alarmOf({ id: uuid(3), createdAtMs: 30, startMs: 4, endMs: 8, type: 'c', severity: 'CRITICAL', acknowledgedAtMs: 7, clearedAtMs: 7 }),
      );
      expect(await ids({ sortBy, sortOrder: 'ASC' })).toEqual(expected);
      expect(await ids({ sortBy, sortOrder: 'DESC' })).toEqual([...expected].reverse());
    });

    test('of types name each once, by name, searched and in pages', async () => {
      await put(
        ...['Leak', 'Fire', 'Leak', 'fire drill'].map((type, n) => alarmOf({ id: uuid(n), type, ...(n === 2 ? { customerId: uuid(70) } : {}) })),
        alarmOf({ id: uuid(9), tenantId: tenantB, type: 'of B' }),
      );
      const { store } = opened;
      expect(await store.alarmTypes(tenantA, { page: 0, pageSize: 2 })).toEqual({
        data: ['Fire', 'Leak'],
        totalElements: 3,
        totalPages: 2,
        hasNext: true,
      });
      expect((await store.alarmTypes(tenantA, { page: 1, pageSize: 2 })).data).toEqual(['fire drill']);
      expect((await store.alarmTypes(tenantA, { page: 0, pageSize: 9, sortOrder: 'DESC' })).data).toEqual(['fire drill', 'Leak', 'Fire']);
      const searched = await store.alarmTypes(tenantA, { page: 0, pageSize: 9, textSearch: 'FIRE' });
      expect([searched.data, searched.totalElements]).toEqual([['Fire', 'fire drill'], 2]);
      expect((await store.alarmTypes(tenantA, { page: 0, pageSize: 9, customerId: uuid(70) })).data).toEqual(['Leak']);
    });

    test('tell the highest severity of those that match', async () => {
      await put(
        alarmOf({ id: uuid(1), severity: 'INDETERMINATE' }),
        alarmOf({ id: uuid(2), severity: 'WARNING', originator: device(2), propagatedTo: [asset] }),
        alarmOf({ id: uuid(3), severity: 'MINOR', clearedAtMs: 1, assigneeId: uuid(60) }),
        alarmOf({ id: uuid(4), severity: 'CRITICAL', tenantId: tenantB }),
      );
      const { store } = opened;
      expect(await store.highestSeverity(tenantA, {})).toBe('MINOR');
      expect(await store.highestSeverity(tenantA, { status: 'ACTIVE' })).toBe('WARNING');
      expect(await store.highestSeverity(tenantA, { affected: device(), statuses: ['ACTIVE'] })).toBe('INDETERMINATE');
      expect(await store.highestSeverity(tenantA, { affected: asset })).toBe('WARNING');
      expect(await store.highestSeverity(tenantA, { affected: asset, assigneeId: uuid(60) })).toBeUndefined();
    });
  });
}
