// Goal: the store always knows how long the points of a tenant are kept by its profile. Method: the memory store of entities,
// and a note of what the data store was told.
import { systemTenantId, type EntityKind, type TenantId } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { StorageTtls } from './storage-ttls.js';

const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [one, two] = [uuid(1), uuid(2)] as [TenantId, TenantId];
const [short, preset] = [uuid(3), uuid(4)] as const;
const DAY_MS = 86_400_000;
const profile = (id: string, defaultStorageTtlDays: unknown, isDefault = false, version = 1) => ({
  ...{ id, tenantId: systemTenantId, createdAtMs: 1, version, name: id, isDefault, isIsolated: false },
  configuration: { defaultStorageTtlDays },
});
const tenant = (id: TenantId, extra: object, version = 1) => ({ id, tenantId: id, createdAtMs: 1, version, name: 't', ...extra });

async function setUp() {
  const entities = memoryEntityStore();
  const write = (change: string, kind: EntityKind, entity: object) => entities.write([{ change, kind, entity } as unknown as EntityChange]);
  await write('insert', 'tenantProfile', profile(short, 7));
  await write('insert', 'tenantProfile', profile(preset, 0, true));
  await write('insert', 'tenant', tenant(one, { tenantProfileId: short }));
  await write('insert', 'tenant', tenant(two, {}));
  const told: [TenantId, number][] = [];
  const ttls = new StorageTtls({ store: { setDefaultTtl: async (...args) => void told.push(args) }, entities });
  await ttls.load([systemTenantId, one, two]);
  return { entities, write, ttls, told: () => told.splice(0) };
}

test('at the start each tenant has what its profile says, and nothing is told where that is for ever', async () => {
  const { told } = await setUp();
  expect(told()).toEqual([[one, 7 * DAY_MS]]);
});

test('a change of a profile reaches its tenants, of the default one those without another, once', async () => {
  const { write, ttls, told } = await setUp();
  told();
  await write('update', 'tenantProfile', profile(short, 0));
  await write('update', 'tenantProfile', profile(preset, 30, true));
  const event = { kind: 'tenantProfile', tenantId: systemTenantId, version: 2 } as const;
  await Promise.all([ttls.changed({ ...event, id: short }), ttls.changed({ ...event, id: preset })]);
  expect(told()).toEqual([
    [one, 0],
    [two, 30 * DAY_MS],
  ]);
});

test('a tenant that is new, or takes another profile, has what that says; one that is removed is forgotten', async () => {
  const { write, ttls, told } = await setUp();
  told();
  const three = uuid(5) as TenantId;
  await write('insert', 'tenant', tenant(three, { tenantProfileId: short }));
  await write('update', 'tenant', tenant(one, {}));
  await ttls.changed({ kind: 'tenant', tenantId: three, id: three, version: 1 });
  await ttls.changed({ kind: 'tenant', tenantId: one, id: one, version: 2 });
  await ttls.changed({ kind: 'device', tenantId: one, id: uuid(6), version: 1 });
  expect(told()).toEqual([
    [three, 7 * DAY_MS],
    [one, 0],
  ]);
  await ttls.changed({ kind: 'tenant', tenantId: three, id: three });
  await write('update', 'tenantProfile', profile(short, 8));
  await ttls.changed({ kind: 'tenantProfile', tenantId: systemTenantId, id: short, version: 2 });
  expect(told()).toEqual([]);
});

test('what is no number of days is for ever', async () => {
  const { write, ttls, told } = await setUp();
  told();
  await write('update', 'tenantProfile', profile(short, 'a week'));
  await ttls.changed({ kind: 'tenantProfile', tenantId: systemTenantId, id: short, version: 2 });
  expect(told()).toEqual([[one, 0]]);
});

test('a store that fails is told again with the next change', async () => {
  const { entities } = await setUp();
  let fails = true;
  const done: number[] = [];
  const setDefaultTtl = async (_tenantId: TenantId, ttlMs: number): Promise<void> => {
    if (fails) throw new Error('the disk is full');
    done.push(ttlMs);
  };
  const ttls = new StorageTtls({ store: { setDefaultTtl }, entities });
  const event = { kind: 'tenant', tenantId: one, id: one, version: 1 } as const;
  await expect(ttls.changed(event)).rejects.toThrow('full');
  fails = false;
  await ttls.changed(event);
  expect(done).toEqual([7 * DAY_MS]);
});
