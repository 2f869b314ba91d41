import { TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type Alarm, type EntityId, type TenantId } from '@fieldline/model';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { cpSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { inProcessPacker } from '../packing/in-process-packer.js';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { withFaultyWriter } from './faulty-writer.fixture.js';

// Goal: a removal is all or nothing, whatever fails and whenever the process ends, and what it frees is free.
// Method: a writer that fails when told to; copies of the folder taken between commits, as a killed process leaves it.

const tenantId = 'tenant' as TenantId;
const device = (n: number): EntityId => ({ entityType: 'DEVICE', id: `device ${n}` });
const add = (unit: CommitUnit, n: number, key: string, tsMs: number, value: number): void =>
  unit.point(tenantId, device(n), key, tsMs, ValueKind.double, value, 0);
const leak: Alarm = {
  id: 'alarm',
  tenantId,
  createdAtMs: 1,
  type: 'Leak',
  originator: device(1),
  severity: 'MAJOR',
  startMs: 1,
  endMs: 1,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
};

function addEverything(unit: CommitUnit): void {
  add(unit, 1, 'temperature', 1, 1);
  unit.attribute({ tenantId, entity: device(1), scope: 'SERVER_SCOPE', key: 'model', kind: ValueKind.long, value: 1, lastUpdateMs: 1 });
  unit.alarm(leak);
  unit.packet({ tenantId, deviceId: device(1).id, packetId: 1, payloadHash: 1, tsMs: 7 });
}

async function everythingIn(store: DataStore): Promise<unknown> {
  return {
    latest: await store.latest(tenantId, device(1)),
    attributes: await store.attributes(tenantId, device(1), 'SERVER_SCOPE'),
    active: await store.activeAlarm(tenantId, device(1), leak.type),
    alarms: (await store.alarms(tenantId, { page: 0, pageSize: 9 })).data,
    accepted: store.acceptedAt(device(1).id, 1, 1),
  };
}

async function commit(store: DataStore, fill: (unit: CommitUnit) => void): Promise<void> {
  const unit = store.begin();
  fill(unit);
  await store.commit(unit);
}

test.each([
  ['an entity', (unit: CommitUnit) => unit.removeEntity(tenantId, device(1))],
  ['a tenant', (unit: CommitUnit) => unit.removeTenant(tenantId)],
])('the removal of %s that fails leaves everything, and what was added while it was under way', async (_, remove) => {
  await withFaultyWriter(async (store, writer, reopen) => {
    await commit(store, addEverything);
    const before = await everythingIn(store);
    writer.failNext = true;
    const removed = commit(store, remove);
    expect(await store.latest(tenantId, device(1))).toEqual([]);
    const inTheMaking = store.begin();
    add(inTheMaking, 1, 'pressure', 2, 2);
    add(inTheMaking, 2, 'temperature', 2, 2);
    await expect(removed).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await everythingIn(store)).toEqual(before);
    await store.commit(inTheMaking);
    for (const from of [store, await reopen()]) {
      expect(await from.keys(tenantId, device(1))).toEqual(['pressure', 'temperature']);
      expect(await from.keys(tenantId, device(2))).toEqual(['temperature']);
      expect(await from.attributes(tenantId, device(1), 'SERVER_SCOPE')).toHaveLength(1);
    }
  });
});

test('a process that ends between two commits leaves the entity whole or gone', async () => {
  const folder = testFolder();
  const { store, close } = await openDataStore(folder.path);
  const commits: ((unit: CommitUnit) => void)[] = [
    addEverything,
    (unit) => unit.removeEntity(tenantId, device(1)),
    (unit) => add(unit, 2, 'temperature', 2, 2),
    (unit) => add(unit, 1, 'temperature', 3, 3),
  ];
  for (const fill of commits) {
    await commit(store, fill);
    const killed = testFolder();
    cpSync(folder.path, killed.path, { recursive: true });
    const left = await openDataStore(killed.path);
    expect(await everythingIn(left.store)).toEqual(await everythingIn(store));
    expect(await left.store.keys(tenantId, device(2))).toEqual(await store.keys(tenantId, device(2)));
    await commit(left.store, (unit) => add(unit, 3, 'new', 1, 1));
    expect(await left.store.keys(tenantId, device(3))).toEqual(['new']);
    await left.close();
    killed.remove();
  }
  await close();
  folder.remove();
});

test('its series make room for new ones, at once and after a restart', async () => {
  const folder = testFolder();
  let opened = await openDataStore(folder.path, { seriesMax: 2 });
  await commit(opened.store, (unit) => ['a', 'b'].forEach((key) => add(unit, 1, key, 1, 1)));
  expect(() => add(opened.store.begin(), 2, 'a', 1, 1)).toThrow(expect.objectContaining({ code: 'SQLITE_TOO_MANY_SERIES' }));
  await commit(opened.store, (unit) => unit.removeEntity(tenantId, device(1)));
  await commit(opened.store, (unit) => add(unit, 2, 'a', 1, 1));
  await opened.close();
  opened = await openDataStore(folder.path, { seriesMax: 2 });
  await commit(opened.store, (unit) => add(unit, 2, 'b', 1, 1));
  expect(() => add(opened.store.begin(), 2, 'c', 1, 1)).toThrow(expect.objectContaining({ code: 'SQLITE_TOO_MANY_SERIES' }));
  expect(await opened.store.keys(tenantId, device(2))).toEqual(['a', 'b']);
  await opened.close();
  folder.remove();
});

test('how long a removed tenant keeps points is forgotten with it', async () => {
  const folder = testFolder();
  const { store, close } = await openDataStore(folder.path);
  await store.setDefaultTtl(tenantId, 5);
  await commit(store, (unit) => unit.removeTenant(tenantId));
  await store.setDefaultTtl(tenantId, 6);
  await close();
  const database = openForReading(folder.path);
  expect(database.prepare('SELECT * FROM retention').all()).toEqual([]);
  database.close();
  folder.remove();
});

test('its points stay in the count of the log, before and after a restart', async () => {
  const folder = testFolder();
  let opened = await openDataStore(folder.path, { logPointsMax: 3 });
  await commit(opened.store, (unit) => [1, 2].forEach((tsMs) => add(unit, 1, 'a', tsMs, 1)));
  await commit(opened.store, (unit) => unit.removeEntity(tenantId, device(1)));
  for (let times = 0; times < 2; times += 1) {
    const two = commit(opened.store, (unit) => [1, 2].forEach((tsMs) => add(unit, 2, 'a', tsMs, 1)));
    await expect(two).rejects.toMatchObject({ code: 'SQLITE_LOG_FULL' });
    await opened.close();
    opened = await openDataStore(folder.path, { logPointsMax: 3 });
  }
  await opened.close();
  folder.remove();
});

test('whatever fails when: memory and disk agree on what was removed and what was kept', async () => {
  const entity = fc.constantFrom(1, 2, 3);
  const point = fc.record({ entity, key: fc.constantFrom('a', 'b'), tsMs: fc.integer({ min: 1, max: 4 }), value: fc.nat(3) });
  const step = fc.record({
    points: fc.array(point, { maxLength: 4 }),
    removed: fc.option(entity, { freq: 3 }),
    fails: fc.boolean(),
    waits: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      await withFaultyWriter(async (store, writer, reopen) => {
        const expected = new Map<string, number>();
        const gone = new Set<number>();
        const outcomes: Promise<unknown>[] = [];
        for (const { points, removed, fails, waits } of steps) {
          const unit = store.begin();
          for (const { entity: n, key, tsMs, value } of points) add(unit, n, key, tsMs, value);
          if (removed !== null) unit.removeEntity(tenantId, device(removed));
          unit.nodeState({ tenantId, ruleNodeId: 'node', entityId: '', state: 1 });
          writer.failNext = fails;
          const kept = (): void => {
            if (removed !== null) gone.add(removed);
            for (const { entity: n, key, tsMs, value } of points) expected.set(`${n} ${key} ${tsMs}`, value);
          };
          const done = store.commit(unit).then(kept, (error: unknown) => expect(error).toMatchObject({ retry: 'later' }));
          outcomes.push(done);
          if (waits) await done;
        }
        await Promise.all(outcomes);
        const left = [...expected].filter(([name]) => !gone.has(Number(name[0]))).sort();
        for (const from of [store, await reopen()]) {
          const stored: [string, number][] = [];
          for (const n of [1, 2, 3]) {
            for (const key of await from.keys(tenantId, device(n))) {
              const range = await from.range(tenantId, device(n), { key, startMs: 0, endMs: 9, limit: 9, order: 'ASC' });
              stored.push(...range.map(({ tsMs, value }): [string, number] => [`${n} ${key} ${tsMs}`, Number(value)]));
            }
          }
          expect(stored.sort()).toEqual(left);
        }
      });
    }),
    { numRuns: 30 },
  );
}, 60_000);

test('what a device of a removed tenant published is not remembered, and the folder opens when its name is gone', async () => {
  const folder = testFolder();
  const publish = (unit: CommitUnit): void => unit.packet({ tenantId, deviceId: device(1).id, packetId: 1, payloadHash: 1, tsMs: 7 });
  let opened = await openDataStore(folder.path);
  const reopen = async (): Promise<void> => {
    await opened.close();
    opened = await openDataStore(folder.path);
    const packer = inProcessPacker({ path: folder.path, writer: opened.writer, clock: new TestClock(), log: silentLog });
    await packer.pack(opened.writer.lastLogSeq);
    await packer.sweep();
    await packer.close();
  };
  await commit(opened.store, (unit) => add(unit, 1, 'temperature', 1, 1));
  await commit(opened.store, (unit) => unit.removeTenant(tenantId));
  await reopen();
  await opened.close();
  opened = await openDataStore(folder.path);
  await commit(opened.store, publish);
  const packer = inProcessPacker({ path: folder.path, writer: opened.writer, clock: new TestClock(), log: silentLog });
  await packer.sweep();
  await packer.close();
  await reopen();
  expect(await opened.store.keys(tenantId, device(1))).toEqual([]);
  await opened.close();
  folder.remove();
});
