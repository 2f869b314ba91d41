// Goal: a point whose time to live has to be read first is kept as long as that says, joins the unit of its message, and is
// seen by whatever comes after. Method: nodes of each form over the memory store, in a year whose points of one hour are dead.
import { ValueKind } from '@fieldline/model';
import { defineRuleNode, emit, route, z } from '@fieldline/plugin-sdk';
import type { ProfileTtls } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, fakeServices, message, settled, tenantId, world } from '../engine.fixture.js';

const HOUR_MS = 3_600_000;
const none = z.strictObject({});
const about = { version: 1, category: 'action', title: 'Test', summary: 'For tests.', config: none, defaults: {} } as const;
const saves = { ...about, relationTypes: ['Success'] as const, needs: ['timeSeries'] as const };
const kept = { ttlMs: 0, useServerTime: true };
const entity = { entityType: 'DEVICE', id: 'device-a' } as const;
const point = (key: string, tsMs: number) => ({ key, tsMs, kind: ValueKind.double, value: 1 });

const nodes = [
  defineRuleNode({
    ...saves,
    type: 'test.batched',
    onMessage: (given) => route('Success', given),
    onBatch: (all, { timeSeries }) => all.map((given) => (timeSeries.save(given, kept), route('Success', given))),
  }),
  defineRuleNode({
    ...saves,
    type: 'test.broken-batch',
    onMessage: (given) => route('Success', given),
    onBatch(all, { timeSeries }) {
      for (const given of all) timeSeries.save(given, kept);
      throw new Error('on purpose');
    },
  }),
  defineRuleNode({
    ...saves,
    type: 'test.waiting',
    async onMessage(given, { timeSeries, nowMs }) {
      await settled();
      timeSeries.put(given.originator, point('n', nowMs), 0);
      return route('Success', given);
    },
  }),
  defineRuleNode({
    ...saves,
    type: 'test.ticking',
    onMessage: (given) => route('Success', given),
    ticks: {
      periodMs: () => 1_000,
      onTick({ timeSeries, nowMs }) {
        timeSeries.put(entity, point('n', nowMs), 0);
        return emit([]);
      },
    },
  }),
  // Tells whether the latest value of `n` is there.
  defineRuleNode({
    ...about,
    type: 'test.sees',
    relationTypes: ['True', 'False'],
    needs: ['timeSeries'],
    onMessage: async (given, { timeSeries }) => route((await timeSeries.latest(given.originator, ['n'])).length === 1 ? 'True' : 'False', given),
  }),
];

const connections = ['save -Success-> sees', 'sees -True-> yes', 'sees -False-> no'];

async function setUp(type: string, ttls: ProfileTtls) {
  const { store, engine, seen, clock } = world({ nodes, services: { ...fakeServices, ttls } });
  await engine.deploy(chain('root', { save: type, sees: 'sees', yes: 'note', no: 'note' }, connections));
  await engine.start();
  const history = async () => (await store.range(tenantId, entity, { key: 'n', startMs: 0, endMs: Date.now(), order: 'ASC', limit: 10 })).length;
  const latest = async () => (await store.latest(tenantId, entity, ['n'])).length;
  return { store, engine, seen, clock, stored: async () => [await latest(), await history()] };
}

const unread = (ttlMs: number): ProfileTtls => ({ ttlOf: () => undefined, readTtlOf: () => Promise.resolve(ttlMs) });

test.each(['save', 'batched', 'waiting'])('what "%s" saves is kept as long as is read, and seen by the next node', async (type) => {
  for (const [ttlMs, points] of [[HOUR_MS, 0] as const, [0, 1] as const]) {
    const { engine, seen, stored } = await setUp(type, unread(ttlMs));
    await engine.handle(batch([message('m', { n: 1 }), message('m', { n: 2 })]));
    expect(seen).toEqual(['yes:m', 'yes:m']);
    expect(await stored()).toEqual([1, points]);
    await engine.close();
  }
});

test('what is known is not read', async () => {
  const readTtlOf = () => Promise.reject(new Error('not to be read'));
  const { engine, stored } = await setUp('save', { ttlOf: () => HOUR_MS, readTtlOf });
  await engine.handle(batch([message('m', { n: 1 })]));
  expect(await stored()).toEqual([1, 0]);
  await engine.close();
});

test('a tick saves as a message does', async () => {
  const { engine, clock, stored } = await setUp('ticking', unread(HOUR_MS));
  await clock.advanceMs(1_000);
  expect(await stored()).toEqual([1, 0]);
  await engine.close();
});

test('a node that throws over a batch leaves what it saved before, as where nothing has to be read', async () => {
  const { engine, store, stored } = await setUp('broken-batch', unread(0));
  await engine.handle(batch([message('m', { n: 1 })]));
  expect(await stored()).toEqual([1, 1]);
  expect(await deadLetters(store)).toHaveLength(1);
  await engine.close();
});

test.each(['save', 'batched', 'waiting'])('where it cannot be read the messages of "%s" fail', async (type) => {
  const { engine, store, seen, stored } = await setUp(type, {
    ttlOf: () => undefined,
    readTtlOf: () => Promise.reject(new Error('the store is away')),
  });
  await engine.handle(batch([message('m', { n: 1 })]));
  expect([seen, await stored(), (await deadLetters(store)).length]).toEqual([[], [0, 0], 1]);
  await engine.close();
});
