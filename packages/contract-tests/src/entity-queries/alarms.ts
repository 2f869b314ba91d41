import { ALARM_ENTITIES_MAX, type AlarmDataQuery } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { alarmOf, attributeWrite, device, freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import { deviceOf, userOf } from '../entity-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { assetOf, build, entity, field, key, ofType, put, where, type QueriedStores } from './world.js';

const alarmField = (name: string) => key('ALARM_FIELD', name);
const queryOf = (changes: Partial<AlarmDataQuery> = {}): AlarmDataQuery => ({
  scope: { tenantId: tenantA },
  entities: { selector: ofType('DEVICE'), filters: [], combine: 'AND' },
  columns: [],
  alarmFields: [],
  withPropagated: false,
  pageSize: 100,
  page: 0,
  ...changes,
});

/** Alarms of devices 1 to 3 and what is known of those. */
const alarms = [
  alarmOf({ id: uuid(901), createdAtMs: 10, originator: device(1), type: 'Leak', severity: 'MINOR', customerId: uuid(50) }),
  alarmOf({ id: uuid(902), createdAtMs: 20, originator: device(1), acknowledgedAtMs: 25, assigneeId: uuid(60) }),
  alarmOf({ id: uuid(903), createdAtMs: 30, originator: device(2), clearedAtMs: 35, propagatedTo: [entity('ASSET', 5), device(1)] }),
  alarmOf({ id: uuid(904), createdAtMs: 40, originator: entity('ASSET', 5), severity: 'WARNING', details: { note: 'Valve' } }),
  alarmOf({ id: uuid(905), createdAtMs: 50, originator: device(3), clearedAtMs: 55, acknowledgedAtMs: 56, type: 'Leak' }),
];

/** Alarm queries: through which entities, which alarms, in which order. */
export function alarmQueriesContract(open: OpenStore<QueriedStores>): void {
  describe('alarms', () => {
    const opened = freshStore(open);
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [
          put('device', deviceOf(1, { customerId: uuid(50), label: 'Boiler', createdAtMs: 3 })),
          put('device', deviceOf(2, { createdAtMs: 2 })),
          put('device', deviceOf(3, { createdAtMs: 1 })),
          put('asset', assetOf(5)),
          put('user', userOf(60, { email: 'ada@example.org' })),
        ],
        attributes: [1, 2, 3].map((n) => attributeWrite({ entity: device(n), key: 'rank', value: `${(n * 2) % 3}` })),
        alarms,
      });
    const found = async (changes: Partial<AlarmDataQuery> = {}): Promise<readonly string[]> => {
      const page = await opened.store.queries.findAlarms(queryOf(changes));
      const { columns: _, alarmFields: __, page: ___, pageSize: ____, textSearch, sort: _____, ...count } = queryOf(changes);
      if (textSearch === undefined) expect(await opened.store.queries.countAlarms(count)).toBe(page.totalElements);
      return page.data.map(({ alarm, entity: { id } }) => `${Number(alarm.id.slice(-1))}@${Number(id.slice(-1))}`);
    };

    test('of the entities selected, newest first, whole and with columns', async () => {
      await prepare();
      expect(await found()).toEqual(['5@3', '3@2', '2@1', '1@1']);
      const { data } = await opened.store.queries.findAlarms(queryOf({ columns: [field('label'), key('ATTRIBUTE', 'rank')], pageSize: 1, page: 2 }));
      expect(data).toEqual([
        {
          alarm: alarms[1],
          entity: device(1),
          values: [
            { key: field('label'), tsMs: 0, text: 'Boiler' },
            { key: key('ATTRIBUTE', 'rank'), tsMs: 1, text: '2' },
          ],
        },
      ]);
    });

    test('with those propagated to them, once for each entity', async () => {
      await prepare();
      expect(await found({ withPropagated: true })).toEqual(['5@3', '3@2', '3@1', '2@1', '1@1']);
      const assets = { selector: ofType('ASSET'), filters: [], combine: 'AND' } as const;
      expect(await found({ entities: assets })).toEqual(['4@5']);
      expect(await found({ entities: assets, withPropagated: true })).toEqual(['4@5', '3@5']);
    });

    test('by status, severity, type, assignee and time, and by filters of the entities', async () => {
      await prepare();
      expect(await found({ statuses: ['ACTIVE'] })).toEqual(['2@1', '1@1']);
      expect(await found({ statuses: ['CLEARED', 'UNACK'] })).toEqual(['3@2']);
      expect(await found({ statuses: ['ACTIVE', 'CLEARED', 'ACK'] })).toEqual(['5@3', '2@1']);
      expect(await found({ statuses: ['ANY', 'ACTIVE'] })).toHaveLength(4);
      expect(await found({ severities: ['MINOR', 'WARNING'] })).toEqual(['1@1']);
      expect(await found({ types: ['Leak'] })).toEqual(['5@3', '1@1']);
      expect(await found({ assigneeId: uuid(60) })).toEqual(['2@1']);
      expect(await found({ startMs: 20, endMs: 30 })).toEqual(['3@2', '2@1']);
      const filters = [where(field('name'), { type: 'STRING', operation: 'ENDS_WITH', value: '2', ignoreCase: false })];
      expect(await found({ entities: { selector: ofType('DEVICE'), filters, combine: 'AND' } })).toEqual(['3@2']);
    });

    test('sorted by an alarm field, or in the order of the entities', async () => {
      await prepare();
      const by = (name: string, order: 'ASC' | 'DESC' = 'ASC'): Promise<readonly string[]> => found({ sort: { key: alarmField(name), order } });
      expect(await by('createdTime')).toEqual(['1@1', '2@1', '3@2', '5@3']);
      expect(await by('severity')).toEqual(['2@1', '3@2', '5@3', '1@1']);
      expect(await by('status', 'DESC')).toEqual(['3@2', '5@3', '1@1', '2@1']);
      expect(await by('originator', 'DESC')).toEqual(['5@3', '3@2', '2@1', '1@1']);
      expect(await by('assignee')).toEqual(['2@1', '1@1', '3@2', '5@3']);
      expect(await by('ackTs')).toEqual(['2@1', '5@3', '1@1', '3@2']);
      expect(await by('nothing', 'DESC')).toEqual(['5@3', '3@2', '2@1', '1@1']);
      expect(await found({ sort: { key: key('ATTRIBUTE', 'rank'), order: 'ASC' } })).toEqual(['5@3', '3@2', '2@1', '1@1']);
      expect(await found({ sort: { key: key('ATTRIBUTE', 'rank'), order: 'DESC' } })).toEqual(['2@1', '1@1', '3@2', '5@3']);
    });

    test('search looks in each of the fields named', async () => {
      await prepare();
      const search = (textSearch: string, ...alarmFields: readonly string[]): Promise<readonly string[]> =>
        found({
          textSearch,
          alarmFields,
          entities: { selector: { kind: 'ids', entityType: 'DEVICE', ids: [uuid(1), uuid(2), uuid(3)] }, filters: [], combine: 'AND' },
        });
      expect(await search('LEAK', 'severity', 'type')).toEqual(['5@3', '1@1']);
      expect(await search('leak', 'severity')).toEqual([]);
      expect(await search('cleared_u', 'status')).toEqual(['3@2']);
      expect(await search('ADA@', 'assignee')).toEqual(['2@1']);
      expect(await search('boiler', 'originatorLabel')).toEqual(['2@1', '1@1']);
      expect(await search('device 2', 'originatorDisplayName')).toEqual(['3@2']);
      expect(await search('"limit":30', 'details')).toHaveLength(4);
      expect(await search('anything')).toHaveLength(4);
    });

    test('others see none; customers those that are theirs at entities that are theirs', async () => {
      await prepare();
      expect(await found({ scope: { tenantId: tenantB } })).toEqual([]);
      const ofCustomer = { scope: { tenantId: tenantA, customerId: uuid(50) } };
      expect(await found({ ...ofCustomer, withPropagated: true })).toEqual(['1@1']);
      expect(await opened.store.queries.countAlarms({ ...ofCustomer, withPropagated: false })).toBe(1);
    });

    test('a count without entities is of all alarms of the tenant', async () => {
      await prepare();
      const count = (statuses: AlarmDataQuery['statuses']): Promise<number> =>
        opened.store.queries.countAlarms({ scope: { tenantId: tenantA }, statuses, withPropagated: false });
      expect(await count([])).toBe(5);
      expect(await count(['ACTIVE'])).toBe(3);
    });

    test(`at the first ${ALARM_ENTITIES_MAX} entities only, in their order`, async () => {
      const count = ALARM_ENTITIES_MAX + 1;
      await build(opened.store, {
        entities: Array.from({ length: count }, (_, n) => put('device', deviceOf(n + 1))),
        alarms: [1, 2, count].map((n) => alarmOf({ id: uuid(900_000 + n), originator: device(n) })),
      });
      const ids = async (changes: Partial<AlarmDataQuery> = {}): Promise<readonly number[]> =>
        (await opened.store.queries.findAlarms(queryOf(changes))).data.map(({ alarm }) => Number(alarm.id.slice(-6)) - 900_000);
      expect(await ids()).toEqual([2, 1]);
      expect(await ids({ sort: { key: field('createdTime'), order: 'DESC' } })).toEqual([count, 2]);
    }, 60_000);
  });
}
