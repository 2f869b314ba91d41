// Goal: traces stay within their age and size, of each tenant, however many there are. Method: the memory store and a clock the test sets.
import { epochMs, silentLog, type Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { TracePart } from '@fieldline/ports';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { TraceRetention, type TraceLimits } from './trace-retention.js';

const [tenantA, tenantB] = ['00000000-0000-7000-8000-0000000000aa', '00000000-0000-7000-8000-0000000000bb'] as [TenantId, TenantId];
const DAY_MS = 86_400_000;
const plenty = 1_000_000_000;

const partOf = (tenantId: TenantId, startedAtMs: number): TracePart => ({
  id: `${tenantId} ${startedAtMs}`,
  tenantId,
  traceId: 'trace',
  originator: { entityType: 'DEVICE', id: 'd' },
  messageType: 'T',
  ruleChainId: 'c',
  startedAtMs,
  reason: 'sampled',
  hasFailed: false,
  isStart: true,
  isCut: false,
  hops: [],
  messages: [],
});

async function start(limits: TraceLimits, parts: readonly TracePart[]) {
  const store = memoryDataStore();
  const timers: (() => void)[] = [];
  const after: Clock['after'] = (_, __, run) => {
    timers.push(run);
    return () => timers.splice(0);
  };
  const clock: Clock = { nowMs: () => epochMs(10 * DAY_MS), monotonicMs: () => 0, after };
  const unit = store.begin();
  for (const part of parts) unit.trace(part);
  await store.commit(unit);
  let commits = 0;
  store.onCommitted(() => (commits += 1));
  const entities = { tenantIds: () => Promise.resolve([tenantA, tenantB]) };
  const retention = new TraceRetention({ store, entities, clock, log: silentLog, limits });
  const left = async (tenantId: TenantId): Promise<readonly number[]> =>
    (await store.traces(tenantId, { page: 0, pageSize: 10_000 })).data.map(({ startedAtMs }) => startedAtMs);
  return { retention, left, timers, commits: () => commits };
}

test('what is older than it may be is removed, of every tenant', async () => {
  const days = [1, 8, 9, 10].map((day) => day * DAY_MS);
  const { retention, left } = await start(
    { days: 2, bytesMax: plenty },
    [tenantA, tenantB].flatMap((tenantId) => days.map((ms) => partOf(tenantId, ms))),
  );
  await retention.sweep();
  expect(await left(tenantA)).toEqual([10, 9, 8].map((day) => day * DAY_MS));
  expect(await left(tenantB)).toHaveLength(3);
});

test('of more than there may be the newest stay, however many go', async () => {
  const parts = Array.from({ length: 1_000 }, (_, n) => partOf(tenantA, n));
  // What a store writes of a part without hops and messages.
  const bytesOfPart = '[[],[]]'.length;
  const { retention, left } = await start({ days: 0, bytesMax: 2 * bytesOfPart }, [...parts, partOf(tenantB, 1)]);
  await retention.sweep();
  expect([await left(tenantA), await left(tenantB)]).toEqual([[999, 998], [1]]);
});

test('nothing is written where nothing is to go', async () => {
  const { retention, commits } = await start({ days: 0, bytesMax: plenty }, [partOf(tenantA, 0)]);
  await retention.sweep();
  expect(commits()).toBe(0);
});

test('sweeps follow each other until it is stopped', async () => {
  const { retention, left, timers } = await start({ days: 2, bytesMax: plenty }, [partOf(tenantA, 1)]);
  retention.start();
  await expect.poll(() => timers.length).toBe(1);
  expect(await left(tenantA)).toEqual([]);
  await retention.stop();
  expect(timers).toEqual([]);
});
