// Goal: dead letters stay within their retention, by number and by age. Method: the memory store and a clock the test sets.
import { epochMs, silentLog, type Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { DeadLetters } from './dead-letters.js';

const tenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;
const DAY_MS = 86_400_000;

async function start(retention: { days: number; lettersMax: number }, failures: readonly number[]) {
  const store = memoryDataStore();
  const clock: Clock = { nowMs: () => epochMs(10 * DAY_MS), monotonicMs: () => 0, after: () => () => undefined };
  const unit = store.begin();
  failures.forEach((failedAtMs, n) => {
    const message = { id: `m${n}`, tenantId, type: 'T', originator: { entityType: 'DEVICE', id: 'd' } as const, tsMs: 0, metadata: {}, text: '{}' };
    unit.deadLetter({ id: `l${n}`, message, ruleChainId: 'c', code: 'X', error: 'No.', failedAtMs });
  });
  await store.commit(unit);
  const engine = { replay: () => Promise.resolve([]) };
  const letters = new DeadLetters({ store, engine, entities: { tenantIds: () => Promise.resolve([tenantId]) }, clock, log: silentLog, retention });
  await letters.sweep();
  return (await store.deadLetters(tenantId, { page: 0, pageSize: 10_000 })).data.map(({ id }) => id);
}

test('what is older than it may be is removed', async () => {
  const days = [8, 9, 10].map((day) => day * DAY_MS);
  expect(await start({ days: 1, lettersMax: 1_000 }, days)).toEqual(['l2']);
  expect(await start({ days: 0, lettersMax: 1_000 }, days)).toEqual(['l2', 'l1', 'l0']);
});

test('of more than there may be the newest stay', async () => {
  const left = await start(
    { days: 0, lettersMax: 1_000 },
    Array.from({ length: 3_500 }, (_, n) => n),
  );
  expect([left.length, left[0], left.at(-1)]).toEqual([1_000, 'l3499', 'l2500']);
});
