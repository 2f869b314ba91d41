// Goal: an entity view shows live what it views: its keys, within its time, and nothing else. Method: a real server on a real port over
// memory stores, and the ws client.
import type { EntityView } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

const addView = async (more: Partial<EntityView> = {}): Promise<string> => {
  const id = '13814000-1dd2-11b2-8080-8080808080aa';
  const head = { id, tenantId: running.tenants.one, createdAtMs: 0, version: 1, name: 'View', type: 'view' };
  const keys = { timeseries: ['a'], attributes: { cs: [], ss: [], sh: [] } };
  const target = { targetType: running.device.entityType, targetId: running.device.id };
  await running.entities.write([{ change: 'insert', kind: 'entityView', entity: { ...head, ...target, keys, startMs: 0, endMs: 0, ...more } }]);
  return id;
};
const watch = (id: string) => client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'ENTITY_VIEW', entityId: id }] });
const remove = (key: string) =>
  running.commit((unit) =>
    unit.removePoints({ tenantId: running.tenants.one, entity: running.device, key, startMs: 0, endMs: 100, latest: 'remove' }),
  );

test('latest values, then points of its keys, and removals', async () => {
  await running.save(running.device, ['a', 1, 1], ['b', 1, 1]);
  watch(await addView());
  expect((await client.take()).data).toEqual({ a: [[1, '1']] });
  await running.save(running.device, ['a', 2, 2], ['b', 2, 2]);
  await running.save(running.device, ['b', 3, 3]);
  await remove('b');
  await remove('a');
  expect((await client.takeAll()).map(({ data }) => data)).toEqual([{ a: [[2, '2']] }, { a: [[0, '']] }]);
});

test('only within its time', async () => {
  watch(await addView({ startMs: 10, endMs: 20 }));
  await client.take();
  for (const tsMs of [9, 10, 20, 21]) await running.save(running.device, ['a', tsMs, tsMs]);
  await remove('a');
  expect((await client.takeAll()).map(({ data }) => data)).toEqual([{ a: [[10, '10']] }, { a: [[20, '20']] }]);
});

test('leaves nothing behind, and is not told of any more, when the command ends', async () => {
  const id = await addView();
  watch(id);
  await client.take();
  expect(running.feed.size).toBe(2);
  client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'ENTITY_VIEW', entityId: id, unsubscribe: true }] });
  await client.takeAll();
  expect(running.feed.size).toBe(0);
  // Ended while the view is still being looked for.
  watch(id);
  client.socket.terminate();
  while (running.live.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await running.save(running.device, ['a', 5, 5]);
  expect([running.feed.size, running.logged]).toEqual([0, []]);
});
