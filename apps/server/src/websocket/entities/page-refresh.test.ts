// Goal: pages and counts are evaluated again when websocket-api.md §5.4 and §6 say, and not oftener. Method: a real server on a real
// port over memory stores, and the ws client; the clock of the server is moved by hand.
import { ValueKind } from '@fieldline/model';
import { queryErrors } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PING_INTERVAL_MS } from '../limits.js';
import { type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';
import { PAGE_REFRESH_MS, PAGE_REFRESH_PAUSE_MS } from './limits.js';

let running: RunningLive;
let client: EntityClient;
beforeEach(async () => {
  running = await startLive();
  client = await EntityClient.open(running, { token: running.tokens.one });
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const latestOf = (value: object, id?: string) => ({
  entityId: { entityType: 'DEVICE', id: id ?? running.device.id },
  latest: { TIME_SERIES: { temperature: value } },
  timeseries: null,
  aggLatest: null,
});
const dynamic = { pageLink: { page: 0, pageSize: 10, dynamic: true } };

/** Lets an interval of evaluations pass, in steps in which the client answers pings. */
async function passInterval(): Promise<void> {
  for (let ms = 0; ms < PAGE_REFRESH_MS; ms += PING_INTERVAL_MS) {
    running.clock.pass(PING_INTERVAL_MS);
    await client.arrived();
  }
}

test('a dynamic page is shown as a whole when it has other entities, and its live values follow', async () => {
  await client.ask({ query: allDevices(dynamic), latestCmd: { keys: temperature } });
  await passInterval();
  expect(await client.takeAll()).toEqual([]);
  const added = await running.addDevice(running.tenants.one, 'Device two');
  await running.save(added, ['temperature', t, 7]);
  expect(await client.takeAll()).toEqual([]);
  await passInterval();
  const { data, update } = await client.take();
  expect([data?.totalElements, update]).toEqual([2, null]);
  await running.save(added, ['temperature', t + 1, 8]);
  await running.save(running.device, ['temperature', t, 9]);
  const got = (await client.takeAll()).map((frame) => frame.update);
  expect(got).toEqual([[latestOf({ ts: t + 1, value: '8' }, added.id)], [latestOf({ ts: t, value: '9' })]]);
});

test('the window of an entity that left the page ends, and one that came gets none', async () => {
  const gone = await running.addDevice(running.tenants.one, 'Gone');
  await client.ask({ query: allDevices(dynamic), tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 1 } });
  await running.entities.write([{ change: 'remove', kind: 'device', tenantId: running.tenants.one, id: gone.id }]);
  const came = await running.addDevice(running.tenants.one, 'Came');
  await passInterval();
  expect((await client.take()).data?.data.map(({ entityId }) => entityId.id)).toEqual([running.device.id, came.id]);
  for (const each of [gone, came, running.device]) await running.save(each, ['temperature', t, 1]);
  expect((await client.takeAll()).map(({ update }) => update?.[0]?.entityId.id)).toEqual([running.device.id]);
});

test('a dynamic page of which an entity was deleted is shown without it', async () => {
  // Over REST, so that it has all that belongs to it.
  const gone = await running.call(running.tokens.one, 'POST', '/api/device', { name: 'Gone', type: 'default' });
  expect((await client.ask({ query: allDevices(dynamic) })).data?.totalElements).toBe(2);
  await running.call(running.tokens.one, 'DELETE', `/api/device/${(gone['id'] as { id: string }).id}`);
  expect(await client.takeAll()).toEqual([]);
  await passInterval();
  const { data } = await client.take();
  expect([data?.totalElements, data?.data.map(({ entityId }) => entityId.id)]).toEqual([1, [running.device.id]]);
  await passInterval();
  expect(await client.takeAll()).toEqual([]);
});

test('a page that is not dynamic stays as it is', async () => {
  await client.ask({ query: allDevices() });
  await running.addDevice(running.tenants.one, 'Device two');
  await passInterval();
  expect(await client.takeAll()).toEqual([]);
});

/** Sets the attribute of the tenant that `warmerThanLimit` looks at. */
const setLimit = (value: number) =>
  running.commit((unit) =>
    unit.attribute({
      tenantId: running.tenants.one,
      entity: { entityType: 'TENANT', id: running.tenants.one },
      scope: 'SERVER_SCOPE',
      key: 'limit',
      lastUpdateMs: t,
      kind: ValueKind.long,
      value,
    }),
  );
const dynamicValue = { sourceType: 'CURRENT_TENANT', sourceAttribute: 'limit', inherit: false };
const predicate = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 30, userValue: null, dynamicValue } };
const warmerThanLimit = { query: allDevices({ keyFilters: [{ key: temperature[0], valueType: 'NUMERIC', predicate }] }) };

test('a server attribute that is the dynamic value of a filter counts at once, and again after a pause', async () => {
  await running.save(running.device, ['temperature', t, 20]);
  expect((await client.ask(warmerThanLimit)).data?.totalElements).toBe(0);
  running.clock.pass(PAGE_REFRESH_PAUSE_MS);
  await setLimit(10);
  expect((await client.take()).data?.totalElements).toBe(1);
  await setLimit(50);
  expect(await client.takeAll()).toEqual([]);
  running.clock.pass(PAGE_REFRESH_PAUSE_MS);
  expect((await client.take()).data?.totalElements).toBe(0);
  client.send('ENTITY_DATA_UNSUBSCRIBE', {});
  await client.takeAll();
  expect(running.feed.size).toBe(0);
});

test('a server attribute that changes while the page is found counts as well', async () => {
  await running.save(running.device, ['temperature', t, 20]);
  const { find } = running.queries;
  running.queries.find = async (query) => {
    const found = await find(query);
    running.queries.find = find;
    await setLimit(10);
    return found;
  };
  expect((await client.ask(warmerThanLimit)).data?.totalElements).toBe(0);
  expect((await client.take()).data?.totalElements).toBe(1);
});

test('a count is told again when it changed, after an interval; a repeated cmdId is ignored', async () => {
  const query = { entityFilter: { type: 'entityType', entityType: 'DEVICE' } };
  client.send('ENTITY_COUNT', { query });
  expect((await client.take()).count).toBe(1);
  client.send('ENTITY_COUNT', { query });
  await passInterval();
  expect(await client.takeAll()).toEqual([]);
  await running.addDevice(running.tenants.one, 'Device two');
  expect(await client.takeAll()).toEqual([]);
  await passInterval();
  expect((await client.take()).count).toBe(2);
  const timers = running.clock.timers;
  client.send('ENTITY_COUNT_UNSUBSCRIBE', {});
  await client.takeAll();
  expect(running.clock.timers).toBe(timers - 1);
});

test('pages that cannot be evaluated again keep what they have, and are not each told of in the log', async () => {
  for (const cmdId of [1, 2, 3]) await client.ask({ cmdId, query: allDevices(dynamic) });
  const { find } = running.queries;
  running.queries.find = () => Promise.reject(queryErrors.BUSY({ waitingMax: 200, waitMsMax: 10_000 }));
  await passInterval();
  expect([await client.takeAll(), running.warned]).toEqual([[], ['entity-query-not-refreshed']]);
  running.queries.find = find;
  await running.addDevice(running.tenants.one, 'Device two');
  await passInterval();
  expect((await client.takeAll()).map(({ data }) => data?.totalElements)).toEqual([2, 2, 2]);
});
