// Goal: of thousands of events the page that was asked for comes, in order and each once, however many happened at one instant,
// and a list looks at no more of them than it must. Method: the memory store, beside a list of all made here; the pauses
// between slices are counted.
import type { EntityId, Event, PageQuery } from '@fieldline/model';
import { beforeEach, expect, test } from 'vitest';
import { openDirectory } from './directory.fixture.js';
import { Events } from './events.js';
import { EVENTS_COUNTED_MAX, EVENTS_SIFTED_AT_ONCE } from './limits.js';

let opened: Awaited<ReturnType<typeof openDirectory>>;
let events: Events;
let pauses: number;
beforeEach(async () => {
  opened = await openDirectory();
  pauses = 0;
  const after = (_name: string, _delayMs: number, run: () => void): (() => void) => {
    pauses += 1;
    queueMicrotask(run);
    return () => undefined;
  };
  events = new Events({ ...opened.deps, clock: { ...opened.deps.clock, after } });
});

const newest = { sortBy: 'createdAtMs', sortOrder: 'DESC' } as const;
const chain = (): EntityId => ({ entityType: 'RULE_CHAIN', id: opened.one.chain.id });

/** Adds events, `atOnce` of them at each instant; every tenth failed. */
async function add(count: number, atOnce: number): Promise<readonly Event[]> {
  const added = Array.from({ length: count }, (_, n): Event => {
    const body = { type: n % 2 === 0 ? 'IN' : 'OUT', ...(n % 10 === 0 ? { error: 'no' } : {}) };
    const id = `event ${String(n).padStart(6, '0')}`;
    const { entityType, id: entityId } = chain();
    const createdAtMs = Math.floor(n / atOnce);
    return { id, tenantId: opened.one.tenantId, createdAtMs, version: 1, entityType, entityId, type: 'DEBUG_RULE_NODE', body };
  });
  await opened.entities.write(added.map((entity) => ({ change: 'insert', kind: 'event', entity })));
  return added;
}

const list = (query: Partial<PageQuery>, filter = {}) =>
  events.page(opened.admin, chain(), 'DEBUG_RULE_NODE', { page: 0, pageSize: 20, ...query }, filter);
const idsOf = (of: readonly Event[]): readonly string[] => of.map(({ id }) => id);

test.each([1, 7, 999, 1_000, 1_001, 2_100])('with %i events at each instant every page is as in a list of all', async (atOnce) => {
  const all = await add(2_400, atOnce);
  const failed = all.filter(({ body }) => body['error'] !== undefined);
  // The store sorts those of one instant by their ids in either direction.
  const fromNewest = [...failed].sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
  for (const [order, sorted] of [
    [newest, fromNewest],
    [{}, failed],
  ] as const) {
    for (const page of [0, 3, 11, 12]) {
      const found = await list({ ...order, page }, { isError: true });
      expect(idsOf(found.data)).toEqual(idsOf(sorted.slice(page * 20, page * 20 + 20)));
      expect([found.totalElements, found.hasNext]).toEqual([240, page < 11]);
    }
  }
  const inTime = all.filter(({ createdAtMs }) => createdAtMs >= 1 && createdAtMs <= 2);
  const ofTime = await list({ createdFromMs: 1, createdToMs: 2, pageSize: 9_999 }, { server: '', msgDirectionType: 'IN' });
  expect(idsOf(ofTime.data)).toEqual(idsOf(inTime.filter(({ body }) => body['type'] === 'IN')));
});

test('a page that is full does not wait until all are counted, and tells that there are more', async () => {
  const count = EVENTS_COUNTED_MAX + 3 * EVENTS_SIFTED_AT_ONCE;
  const all = await add(count, 1);
  const found = await list(newest, { msgDirectionType: 'IN' });
  const wanted = all.filter(({ body }) => body['type'] === 'IN').reverse();
  expect(idsOf(found.data)).toEqual(idsOf(wanted.slice(0, 20)));
  expect(found.hasNext).toBe(true);
  expect(found.totalElements).toBeGreaterThan(0.9 * (EVENTS_COUNTED_MAX / 2));
  expect(pauses).toBe(Math.ceil(EVENTS_COUNTED_MAX / EVENTS_SIFTED_AT_ONCE) - 1);
  const last = await list({ ...newest, pageSize: 1_000, page: 2 }, { msgDirectionType: 'IN' });
  expect(idsOf(last.data)).toEqual(idsOf(wanted.slice(2_000, 3_000)));
  expect([last.totalElements, last.hasNext]).toEqual([count / 2, false]);
});

test('the newest that fits is found in the newest slice', async () => {
  const all = await add(2 * EVENTS_SIFTED_AT_ONCE, 1);
  expect((await events.latest(opened.admin, chain(), 'DEBUG_RULE_NODE', { msgDirectionType: 'IN' }))?.id).toBe(all.at(-2)?.id);
  expect(pauses).toBe(0);
});

test('all that fit are removed, however many happened at one instant', async () => {
  await add(2_500, 1_200);
  await events.clear(opened.admin, chain(), 'DEBUG_RULE_NODE', {}, { isError: true });
  expect((await list({})).totalElements).toBe(2_250);
  await events.clear(opened.admin, chain(), 'DEBUG_RULE_NODE', {}, {});
  expect((await list({})).totalElements).toBe(0);
});
