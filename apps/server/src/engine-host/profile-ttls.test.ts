// Goal: a point is kept as long as the profile of its entity says now, and where no profile of a tenant says it nothing is read.
// Method: the memory store of entities, with a count of what is read of it.
import { systemTenantId, type EntityId, type EntityKind, type TenantId } from '@fieldline/model';
import type { EntityChange, EntityStore } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { ProfileTtlTable } from './profile-ttls.js';

const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [one, two] = [uuid(1), uuid(2)] as [TenantId, TenantId];
const [short, silent, halls] = [uuid(3), uuid(4), uuid(5)] as const;
const device: EntityId = { entityType: 'DEVICE', id: uuid(6) };
const asset: EntityId = { entityType: 'ASSET', id: uuid(7) };
const view: EntityId = { entityType: 'ENTITY_VIEW', id: uuid(8) };
const DAY_MS = 86_400_000;

const head = (id: string, version: number, tenantId: TenantId = one) => ({ id, tenantId, createdAtMs: 1, version, name: id });
const deviceProfile = (id: string, days: number, version = 1) => ({
  ...{ ...head(id, version), isDefault: false, transportType: 'DEFAULT', provisionType: 'DISABLED', kaaAutoExtraction: false, profileData: {} },
  ...(days === 0 ? {} : { telemetryTtlDays: days }),
});
const deviceOf = (deviceProfileId: string, version = 1) => ({ ...head(device.id, version), deviceProfileId, type: 'x' });

/** @param days what the profiles say; 0 is nothing */
async function setUp(days = 7) {
  const entities = memoryEntityStore();
  const write = (change: string, kind: EntityKind, entity: object) => entities.write([{ change, kind, entity } as unknown as EntityChange]);
  await write('insert', 'deviceProfile', deviceProfile(short, days));
  await write('insert', 'deviceProfile', deviceProfile(silent, 0));
  await write('insert', 'assetProfile', { ...head(halls, 1), isDefault: false, ...(days === 0 ? {} : { telemetryTtlDays: 2 * days }) });
  await write('insert', 'device', deviceOf(short));
  await write('insert', 'asset', { ...head(asset.id, 1), assetProfileId: halls, type: 'x' });
  let reads = 0;
  const find: EntityStore['find'] = (...args) => ((reads += 1), entities.find(...args));
  const { findInfos, findAllInfos } = entities;
  const ttls = new ProfileTtlTable({ entities: { find, findInfos: findInfos.bind(entities), findAllInfos: findAllInfos.bind(entities) } });
  await ttls.load([systemTenantId, one, two]);
  return { entities, write, ttls, reads: () => reads };
}

test('what a profile says holds for its entities; it is read once, also where many ask at a time', async () => {
  const { ttls, reads } = await setUp();
  expect([ttls.ttlOf(one, device), ttls.ttlOf(one, asset), ttls.ttlOf(one, view)]).toEqual([undefined, undefined, 0]);
  expect(await Promise.all([device, device, asset].map((entity) => ttls.readTtlOf(one, entity)))).toEqual([7 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS]);
  expect([ttls.ttlOf(one, device), ttls.ttlOf(one, asset), await ttls.readTtlOf(one, device)]).toEqual([7 * DAY_MS, 14 * DAY_MS, 7 * DAY_MS]);
  expect(reads()).toBe(2);
});

test('nothing is read for a tenant none of whose profiles says it', async () => {
  const { ttls, reads } = await setUp(0);
  expect([ttls.ttlOf(one, device), await ttls.readTtlOf(one, device), ttls.ttlOf(two, asset)]).toEqual([0, 0, 0]);
  expect(reads()).toBe(0);
});

test('a change of the profile, its removal, and a device that takes another one hold from then on', async () => {
  const { entities, write, ttls } = await setUp();
  const profileChanged = { kind: 'deviceProfile', tenantId: one, id: short } as const;
  const deviceChanged = { kind: 'device', tenantId: one, id: device.id, version: 2 } as const;
  const now = () => ttls.readTtlOf(one, device);
  expect(await now()).toBe(7 * DAY_MS);
  await write('update', 'deviceProfile', deviceProfile(short, 1));
  await ttls.changed({ ...profileChanged, version: 2 });
  expect(await now()).toBe(DAY_MS);
  await write('update', 'device', deviceOf(silent));
  await ttls.changed(deviceChanged);
  expect(await now()).toBe(0);
  await write('update', 'device', deviceOf(short, 2));
  await ttls.changed(deviceChanged);
  expect(await now()).toBe(DAY_MS);
  await entities.write([{ change: 'remove', kind: 'deviceProfile', tenantId: one, id: short }]);
  await ttls.changed(profileChanged);
  expect(await now()).toBe(0);
});

test('a tenant whose first profile says it now is followed; one that is removed is forgotten', async () => {
  const { write, ttls } = await setUp(0);
  await write('update', 'deviceProfile', deviceProfile(short, 3));
  await ttls.changed({ kind: 'deviceProfile', tenantId: one, id: short, version: 2 });
  expect(await ttls.readTtlOf(one, device)).toBe(3 * DAY_MS);
  await ttls.changed({ kind: 'tenant', tenantId: one, id: one });
  expect(ttls.ttlOf(one, device)).toBe(0);
});

test('a device that changes while it is read is read again', async () => {
  const { write, ttls } = await setUp();
  const before = ttls.readTtlOf(one, device);
  await write('update', 'device', deviceOf(silent));
  await ttls.changed({ kind: 'device', tenantId: one, id: device.id, version: 2 });
  expect([await before, ttls.ttlOf(one, device), await ttls.readTtlOf(one, device)]).toEqual([7 * DAY_MS, undefined, 0]);
});

test('of an entity that is gone, nothing is said', async () => {
  const { ttls } = await setUp();
  expect(await ttls.readTtlOf(one, { entityType: 'DEVICE', id: uuid(9) })).toBe(0);
});
