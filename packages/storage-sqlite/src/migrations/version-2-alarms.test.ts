import type { Alarm, TenantId } from '@fieldline/model';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { makeVersion1Folder } from './version-1.fixture.js';

// Goal: alarms of version 1 are in every list of version 2, and stay in step with them.
// Method: alarms put into a folder of version 1 by its own columns, read by a store of today.

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

const tenantId = 'tenant' as TenantId;
const alarmOf = (n: number, changes: Partial<Alarm> = {}): Alarm => ({
  id: `alarm ${n}`,
  tenantId,
  createdAtMs: n,
  type: 'Leak',
  originator: { entityType: 'DEVICE', id: 'pump' },
  severity: 'MAJOR',
  startMs: n,
  endMs: n + 5,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
  ...changes,
});
const alarms = [alarmOf(1), alarmOf(2, { customerId: 'customer', clearedAtMs: 9 }), alarmOf(3, { assigneeId: 'user', severity: 'CRITICAL' })];

function addAlarms(database: DatabaseSync): void {
  const insert = database.prepare('INSERT INTO alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const alarm of alarms) {
    const { id, originator, type, createdAtMs, clearedAtMs, severity } = alarm;
    const isCleared = clearedAtMs === undefined ? 0 : 1;
    insert.run(id, tenantId, originator.entityType, originator.id, type, createdAtMs, isCleared, 0, `leak\n${severity}`, JSON.stringify(alarm));
  }
}

test('alarms are found by everything that lists filter and sort by', async () => {
  makeVersion1Folder(folder.path, addAlarms);
  const { store, close } = await openDataStore(folder.path);
  const idsOf = async (query: object): Promise<unknown> =>
    (await store.alarms(tenantId, { page: 0, pageSize: 9, ...query })).data.map(({ id }) => id);
  expect((await store.alarms(tenantId, { page: 0, pageSize: 9 })).data).toEqual([...alarms].reverse());
  expect(await idsOf({ affected: alarms[0]?.originator, sortBy: 'startMs' })).toEqual(['alarm 1', 'alarm 2', 'alarm 3']);
  expect([await idsOf({ customerId: 'customer' }), await idsOf({ assigneeId: 'user' })]).toEqual([['alarm 2'], ['alarm 3']]);
  expect(await store.highestSeverity(tenantId, {})).toBe('CRITICAL');
  const unit = store.begin();
  unit.alarm(alarmOf(1, { propagatedTo: [{ entityType: 'ASSET', id: 'cellar' }] }), alarms[0]);
  unit.removeAlarm(tenantId, 'alarm 2');
  await store.commit(unit);
  expect(await idsOf({ affected: { entityType: 'ASSET', id: 'cellar' } })).toEqual(['alarm 1']);
  expect(await idsOf({ affected: alarms[0]?.originator })).toEqual(['alarm 3', 'alarm 1']);
  await close();
});

test('what keeps the lists in step is what a new folder has', async () => {
  const triggersOf = async (path: string): Promise<unknown> => {
    const { close } = await openDataStore(path);
    await close();
    const database = new DatabaseSync(databaseFile(path), { readOnly: true });
    const rows = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'alarm' ORDER BY name").all();
    database.close();
    return rows.map(({ name, sql }) => [name, String(sql).replace(/\s+/g, ' ')]);
  };
  makeVersion1Folder(folder.path, addAlarms);
  const fresh = testFolder();
  expect(await triggersOf(folder.path)).toEqual(await triggersOf(fresh.path));
  fresh.remove();
});
