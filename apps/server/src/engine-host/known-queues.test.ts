// Goal: the engine knows the queues of the system, of tenants and of the profiles of isolated tenants, also after every change.
// Method: the memory store and the engine's own table, asked for the strategies that a name means for a tenant.
import { silentLog } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { standardQueues, systemTenantId } from '@fieldline/model';
import type { EntityKind } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import { QueueTable } from '@fieldline/rule-engine';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { KnownQueues } from './known-queues.js';

const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [one, two] = [uuid(1), uuid(2)] as [TenantId, TenantId];
const profileId = uuid(3);
const strategy = (type: string) => ({ submitStrategy: { type: 'BURST' }, processingStrategy: { type } });
const profile = (isIsolated: boolean, version = 1) => ({
  ...{ id: profileId, tenantId: systemTenantId, createdAtMs: 1, version, name: 'Isolated', isDefault: false, isIsolated, configuration: {} },
  queueConfiguration: [
    { name: 'Main', ...strategy('RETRY_ALL') },
    { name: 'Own', ...strategy('RETRY_FAILED') },
    { name: 'broken', submitStrategy: { type: 'NEVER' } },
  ],
});
const tenant = (id: TenantId, extra: object) => ({ id, tenantId: id, createdAtMs: 1, version: 1, name: 't', ...extra });
const made = (name: string, processing: string) => {
  const [main] = standardQueues;
  const head = { id: uuid(9), tenantId: one, createdAtMs: 1, version: 1 };
  return { ...main, ...head, name, processing: { ...main?.processing, strategy: processing } };
};

async function setUp() {
  const entities = memoryEntityStore();
  const write = (change: string, kind: EntityKind, entity: object) => entities.write([{ change, kind, entity } as unknown as EntityChange]);
  await write('insert', 'tenantProfile', profile(true));
  await write('insert', 'tenant', tenant(one, { tenantProfileId: profileId }));
  await write('insert', 'tenant', tenant(two, {}));
  const table = new QueueTable();
  const known = new KnownQueues(table, { entities, log: silentLog });
  await known.load([one, two]);
  const strategies = (tenantId: TenantId) => ['Main', 'Own', 'broken'].map((name) => table.find(tenantId, name).processing.strategy);
  return { entities, write, known, strategies };
}

test('an isolated tenant has the queues of its profile, others have those of the system', async () => {
  const { strategies } = await setUp();
  expect(strategies(one)).toEqual(['RETRY_ALL', 'RETRY_FAILED', 'RETRY_ALL']);
  expect(strategies(two)).toEqual(['SKIP_ALL_FAILURES', 'SKIP_ALL_FAILURES', 'SKIP_ALL_FAILURES']);
});

test('a queue that the tenant made comes before, and when it goes the one of the profile is back', async () => {
  const { entities, write, known, strategies } = await setUp();
  await write('insert', 'queue', made('Own', 'RETRY_TIMED_OUT'));
  await known.changed({ kind: 'queue', tenantId: one, id: uuid(9), version: 1 });
  expect(strategies(one)).toEqual(['RETRY_ALL', 'RETRY_TIMED_OUT', 'RETRY_ALL']);
  await entities.write([{ change: 'remove', kind: 'queue', tenantId: one, id: uuid(9) }]);
  await known.changed({ kind: 'queue', tenantId: one, id: uuid(9) });
  expect(strategies(one)[1]).toBe('RETRY_FAILED');
});

test('changes of the profile, of the tenant, and its end are followed', async () => {
  const { write, known, strategies } = await setUp();
  await write('update', 'tenantProfile', profile(false));
  await known.changed({ kind: 'tenantProfile', tenantId: systemTenantId, id: profileId, version: 2 });
  expect(strategies(one)[1]).toBe('SKIP_ALL_FAILURES');
  await write('update', 'tenantProfile', profile(true, 2));
  await known.changed({ kind: 'tenantProfile', tenantId: systemTenantId, id: profileId, version: 3 });
  await write('update', 'tenant', tenant(two, { tenantProfileId: profileId }));
  await known.changed({ kind: 'tenant', tenantId: two, id: two, version: 2 });
  expect([strategies(one)[1], strategies(two)[1]]).toEqual(['RETRY_FAILED', 'RETRY_FAILED']);
  await known.changed({ kind: 'tenant', tenantId: two, id: two });
  expect(strategies(two)[1]).toBe('SKIP_ALL_FAILURES');
});
