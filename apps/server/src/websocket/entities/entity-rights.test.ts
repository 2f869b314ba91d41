// Goal: pages and counts show what their caller may see, no longer than that (websocket-api.md §13), and leave nothing behind.
// Method: a real server on a real port; owners change over its REST API, at rest and while a query is on its way.
import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import { type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';

let running: RunningLive;
let customer: Awaited<ReturnType<RunningLive['addCustomer']>>;
let own: string;
beforeEach(async () => {
  running = await startLive();
  customer = await running.addCustomer('customer');
  // Over REST, so that it has all that belongs to it.
  const device = (await call('POST', '/api/device', { name: 'Of the customer', type: 'default' })) as { id: { id: string } };
  own = device.id.id;
  await call('POST', `/api/customer/${customer.entity.id}/device/${own}`);
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const call = (method: string, path: string, body?: unknown) => running.call(running.tokens.one, method, path, body);
const takeBack = () => call('DELETE', `/api/customer/device/${own}`);
const save = (id: string, value: number) => running.save({ entityType: 'DEVICE', id }, ['temperature', t + value, value]);
const rest = async (): Promise<void> => {
  while (running.pages.size > 0 || running.feed.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('a customer', () => {
  let client: EntityClient;
  beforeEach(async () => void (client = await EntityClient.open(running, { token: customer.token })));

  test('sees and counts its own devices only', async () => {
    const { data } = await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    expect(data?.data.map(({ entityId }) => entityId.id)).toEqual([own]);
    client.send('ENTITY_COUNT', { cmdId: 2, query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' } } });
    expect((await client.take()).count).toBe(1);
    await save(running.device.id, 1);
    await save(own, 2);
    expect((await client.takeAll()).map(({ update }) => update?.map(({ entityId }) => entityId.id))).toEqual([[own]]);
    const list = { type: 'entityList', entityType: 'DEVICE', entityList: [running.device.id, running.foreign.id] };
    expect((await client.ask({ cmdId: 3, query: allDevices({ entityFilter: list }) })).data?.totalElements).toBe(0);
  });

  test.each([
    { name: 'taken back', act: takeBack },
    { name: 'deleted', act: () => call('DELETE', `/api/device/${own}`) },
    { name: 'given to another tenant', act: () => call('POST', `/api/tenant/${running.tenants.two}/device/${own}`) },
  ])('gets no more of a device that is $name', async ({ act }) => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    await client.ask({ cmdId: 2, query: allDevices(), tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 1 } });
    await act();
    while (running.feed.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await save(own, 1);
    expect(await client.takeAll()).toEqual([]);
    expect((await client.ask({ historyCmd: { keys: ['temperature'], startTs: t, endTs: t + 9 } })).update).toEqual([]);
  });

  test('gets nothing of a device that is taken back while the query is on its way', async () => {
    const { find } = running.queries;
    running.queries.find = async (query) => {
      const found = await find(query);
      running.queries.find = find;
      await takeBack();
      return found;
    };
    await client.ask({ query: allDevices() });
    const { update } = await client.ask({ tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 1 } });
    expect(update).toEqual([]);
    await save(own, 1);
    expect(await client.takeAll()).toEqual([]);
  });

  test('sees no attribute that holds a secret, neither at first nor live', async () => {
    const keys = [{ type: 'SERVER_ATTRIBUTE', key: 'claimingData' }];
    const query = allDevices({ entityFields: [], latestValues: keys });
    const { data } = await client.ask({ query, latestCmd: { keys } });
    expect(data?.data[0]?.latest).toEqual({});
    expect(running.feed.size).toBe(0);
  });

  test('a right that cannot be checked ends the command with an error', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    running.hooks.afterAccess = () => Promise.reject(new Error('no store'));
    running.events.publish({ kind: 'device', tenantId: running.tenants.one, id: own, version: 3 });
    const { subscriptionId, errorCode } = await client.take();
    expect([subscriptionId, errorCode]).toEqual([1, 1]);
    await rest();
  });
});

test('the system administrator sees tenants, their values and nothing else', async () => {
  const client = await EntityClient.open(running, { token: running.tokens.system });
  const tenants = { ...allDevices(), entityFilter: { type: 'entityType', entityType: 'TENANT' } };
  const { data } = await client.ask({ query: tenants, latestCmd: { keys: [{ type: 'SERVER_ATTRIBUTE', key: 'plan' }] } });
  expect(data?.data.map(({ entityId }) => entityId.id).sort()).toEqual([running.tenants.one, running.tenants.two].sort());
  const { one } = running.tenants;
  await running.commit((unit) =>
    unit.attribute({
      tenantId: one,
      entity: { entityType: 'TENANT', id: one },
      scope: 'SERVER_SCOPE',
      key: 'plan',
      lastUpdateMs: t,
      kind: 4,
      value: 'large',
    }),
  );
  expect((await client.take()).update?.map(({ entityId, latest }) => [entityId.id, latest])).toEqual([
    [one, { SERVER_ATTRIBUTE: { plan: { ts: t, value: 'large' } } }],
  ]);
  expect((await client.ask({ cmdId: 2, query: allDevices() })).data?.totalElements).toBe(0);
});

describe('nothing is left behind', () => {
  test.each([
    { name: 'when the socket closes', end: (client: EntityClient) => client.raw.close() },
    {
      name: 'when the commands end',
      end: async (client: EntityClient) => [1, 2, 3].forEach((cmdId) => client.send('ENTITY_DATA_UNSUBSCRIBE', { cmdId })),
    },
  ])('$name', async ({ end }) => {
    const before = running.clock.timers;
    const client = await EntityClient.open(running, { token: running.tokens.one });
    await client.ask({ query: allDevices({ pageLink: { page: 0, pageSize: 9, dynamic: true } }), latestCmd: { keys: temperature } });
    await client.ask({ cmdId: 2, query: allDevices(), tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 1 } });
    await client.ask({ cmdId: 3, query: allDevices() });
    expect([running.pages.size, running.feed.size]).toEqual([6, 2]);
    await end(client);
    await rest();
    expect([running.rights.size <= 1, running.clock.timers]).toEqual([true, before]);
  });

  test.each(['find', 'read'])('when the socket closes during a %s', async (step) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let reached = (): void => undefined;
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    const { find } = running.queries;
    const hold = async (): Promise<void> => {
      reached();
      await held;
    };
    if (step === 'read') running.hooks.beforeRead = hold;
    else
      running.queries.find = async (query) => {
        await hold();
        return find(query);
      };
    const client = await EntityClient.open(running, { token: running.tokens.one });
    client.send('ENTITY_DATA', { query: allDevices(), tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 1 } });
    await isReached;
    await client.raw.close();
    while (running.live.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([running.pages.size, running.feed.size, running.rights.size]).toEqual([0, 0, 0]);
  });
});
