// Goal: records are removed when they are older than they shall be kept, and no earlier. Method: a memory store and a clock of our own.
import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import type { RecordRetention } from './record-sweeper.js';
import { RECORDS_SWEPT_AT_ONCE, RecordSweeper } from './record-sweeper.js';

const day = 86_400_000;
const now = 100 * day;
const tenantId = '00000000-0000-7000-8000-000000000001' as TenantId;

async function openStore() {
  const entities = memoryEntityStore();
  const head = (tenant: string, ageMs: number) => ({ id: `${tenant} ${ageMs}`, tenantId: tenant, createdAtMs: now - ageMs, version: 1 });
  await entities.write([{ change: 'insert', kind: 'tenant', entity: { ...head(tenantId, 0), id: tenantId, name: 'One' } }]);
  for (const tenant of [tenantId, systemTenantId]) {
    for (const ageMs of [day, day + 1, 3 * day, 3 * day + 1]) {
      const log = { ...head(tenant, ageMs), actionType: 'ADDED', actionData: {}, status: 'SUCCESS' } as const;
      const event = { ...head(tenant, ageMs), entityType: 'DEVICE', entityId: 'd', type: 'LC_EVENT', body: {} } as const;
      await entities.write([
        { change: 'insert', kind: 'auditLog', entity: log },
        { change: 'insert', kind: 'event', entity: event },
      ]);
    }
  }
  const timers: { delayMs: number; fn: () => void; isCancelled: boolean }[] = [];
  const clock: Clock = {
    nowMs: () => epochMs(now),
    monotonicMs: () => 0,
    after(_, delayMs, fn) {
      const timer = { delayMs, fn, isCancelled: false };
      timers.push(timer);
      return () => void (timer.isCancelled = true);
    },
  };
  const counts = async () => {
    const kinds = ['auditLog', 'event'] as const;
    return Promise.all([tenantId, systemTenantId].flatMap((tenant) => kinds.map((kind) => entities.count(kind, tenant))));
  };
  const sweeper = (retention: RecordRetention) => new RecordSweeper({ entities, clock, log: silentLog }, retention);
  return { sweeper, counts, timers };
}

test.each([
  { retention: { auditLogDays: 3, eventDays: 1 }, left: [3, 1, 3, 1] },
  { retention: { auditLogDays: 0, eventDays: 0 }, left: [4, 4, 4, 4] },
  { retention: { auditLogDays: 0, eventDays: 3 }, left: [4, 3, 4, 3] },
])('kept for $retention: $left', async ({ retention, left }) => {
  const { sweeper, counts } = await openStore();
  await sweeper(retention).sweep();
  expect(await counts()).toEqual(left);
});

test('many records go in slices, so that other writes get their turn', async () => {
  const entities = memoryEntityStore();
  const count = 2 * RECORDS_SWEPT_AT_ONCE + 5;
  await entities.write([{ change: 'insert', kind: 'tenant', entity: { id: tenantId, tenantId, createdAtMs: 1, version: 1, name: 'One' } }]);
  const events = Array.from({ length: count }, (_, place) => {
    const head = { id: `e${place}`, tenantId, createdAtMs: now - 2 * day - place, version: 1 };
    return { change: 'insert', kind: 'event', entity: { ...head, entityType: 'DEVICE', entityId: 'd', type: 'LC_EVENT', body: {} } } as const;
  });
  await entities.write(events);
  const left: number[] = [];
  const write: typeof entities.write = async (changes) => {
    await entities.write(changes);
    left.push(await entities.count('event', tenantId));
  };
  const clock = { nowMs: () => epochMs(now), monotonicMs: () => 0, after: () => () => undefined };
  const { findAll, tenantIds } = entities;
  const store = { write, findAll: findAll.bind(entities), tenantIds: tenantIds.bind(entities) };
  await new RecordSweeper({ entities: store, clock, log: silentLog }, { auditLogDays: 1, eventDays: 1 }).sweep();
  expect(left).toEqual([RECORDS_SWEPT_AT_ONCE + 5, 5, 0]);
});

test('a sweeper sweeps at the start and every hour, until it is stopped', async () => {
  const { sweeper, counts, timers } = await openStore();
  const running = sweeper({ auditLogDays: 1, eventDays: 1 });
  running.start();
  await expect.poll(() => timers.length).toBe(1);
  expect(await counts()).toEqual([1, 1, 1, 1]);
  expect(timers[0]?.delayMs).toBe(3_600_000);
  timers[0]?.fn();
  await expect.poll(() => timers.length).toBe(2);
  await running.stop();
  expect(timers[1]?.isCancelled).toBe(true);
  expect(timers).toHaveLength(2);
});
