// Goal: a subscription ends when its caller may see the entity no longer, with the error frame of the API; the others of the
// socket go on. Method: a real server; owners change over its REST API, while things are at rest and while they are on their way.
import type { RuleChain } from '@fieldline/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

type Ids = readonly [string, string];

let running: RunningLive;
let admin: string;
let customer: Awaited<ReturnType<RunningLive['addCustomer']>>;
beforeEach(async () => {
  running = await startLive();
  admin = running.tokens.one;
  customer = await running.addCustomer('customer');
});
afterEach(() => running.close());

const call = (method: string, path: string, body?: unknown) => running.call(admin, method, path, body);
const open = (token: string) => LiveClient.open(running.port, `/api/ws?token=${token}`);
const refused = { errorCode: 3, errorMsg: 'Unauthorized', data: null, latestValues: {} };

/** Made over REST, so that it has all that belongs to it; with the customer. */
async function add(kind: 'device' | 'asset', name: string): Promise<string> {
  const { id } = (await call('POST', `/api/${kind}`, { name, type: 'default' })) as { id: { id: string } };
  await call('POST', `/api/customer/${customer.entity.id}/${kind}/${id.id}`);
  return id.id;
}

const command = (type: string, cmdId: number, entityType: string, entityId: string) => ({ type, cmdId, entityType, entityId, keys: 'a' });

/** Asks for time series and attributes of some entities, in one message, and waits for the first frames. */
async function watch(client: LiveClient, entityType: string, ids: readonly string[]): Promise<void> {
  const cmds = ids.flatMap((id, n) => [command('TIMESERIES', n * 2, entityType, id), command('ATTRIBUTES', n * 2 + 1, entityType, id)]);
  client.send({ cmds });
  expect((await client.takeAll()).map(({ errorCode }) => errorCode)).toEqual(cmds.map(() => 0));
}

let tsMs = 0;
/** Stores a new point of each, and gives the ids of the commands that got one. */
async function happen(client: LiveClient, entityType: 'DEVICE' | 'ASSET', ids: readonly string[]): Promise<number[]> {
  for (const id of ids) await running.save({ entityType, id }, ['a', ++tsMs, 1]);
  return (await client.takeAll()).filter(({ errorCode }) => errorCode === 0).map(({ subscriptionId }) => subscriptionId);
}

describe.each<{ name: string; kind?: 'device' | 'asset'; act: (ids: Ids) => Promise<unknown>; losers: readonly ('customer' | 'admin')[] }>([
  { name: 'a device that is taken back', act: ([id]) => call('DELETE', `/api/customer/device/${id}`), losers: ['customer'] },
  { name: 'a device that goes to another customer', act: async ([id]) => give('device', id), losers: ['customer'] },
  { name: 'a device that goes to the public customer', act: ([id]) => call('POST', `/api/customer/public/device/${id}`), losers: ['customer'] },
  {
    name: 'a device that goes to another tenant',
    act: ([id]) => call('POST', `/api/tenant/${running.tenants.two}/device/${id}`),
    losers: ['customer', 'admin'],
  },
  { name: 'a device that is deleted', act: ([id]) => call('DELETE', `/api/device/${id}`), losers: ['customer', 'admin'] },
  { name: 'an asset that is taken back', kind: 'asset', act: ([id]) => call('DELETE', `/api/customer/asset/${id}`), losers: ['customer'] },
  { name: 'an asset that is deleted', kind: 'asset', act: ([id]) => call('DELETE', `/api/asset/${id}`), losers: ['customer', 'admin'] },
  { name: 'a device that gets another label', act: ([id]) => relabel(id), losers: [] },
])('$name', ({ kind = 'device', act, losers }) => {
  const entityType = kind === 'device' ? 'DEVICE' : 'ASSET';

  test.each(['customer', 'admin'] as const)('as the %s sees it', async (who) => {
    const ids: Ids = [await add(kind, 'A'), await add(kind, 'B')];
    const client = await open(who === 'admin' ? admin : customer.token);
    await watch(client, entityType, ids);
    expect([running.feed.size, running.rights.size]).toEqual([2, 5]);
    await act(ids);
    const ended = await client.takeAll();
    const isLost = losers.includes(who);
    expect(ended).toEqual(isLost ? [0, 1].map((subscriptionId) => ({ subscriptionId, ...refused })) : []);
    expect(await happen(client, entityType, ids)).toEqual(isLost ? [2] : [0, 2]);
    expect([running.feed.size, running.rights.size]).toEqual(isLost ? [1, 3] : [2, 5]);
    // What ended takes no place, and may be asked for again, in vain.
    client.send({ cmds: [command('TIMESERIES', 0, entityType, ids[0])] });
    expect((await client.take()).errorCode).toBe(isLost ? 3 : 0);
    await client.close();
    while (running.rights.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(running.feed.size).toBe(0);
  });
});

test('with a customer goes what its tenant watched of it, and what it watched of its own', async () => {
  const [client, own] = [await open(admin), await open(customer.token)];
  await watch(client, 'CUSTOMER', [customer.entity.id]);
  await watch(own, 'CUSTOMER', [customer.entity.id]);
  await call('DELETE', `/api/customer/${customer.entity.id}`);
  expect(await client.takeAll()).toEqual([0, 1].map((subscriptionId) => ({ subscriptionId, ...refused })));
  expect((await own.closed).code).toBe(1008);
  expect(running.feed.size).toBe(0);
});

test('a rule node that is no longer in its chain', async () => {
  const tenantId = running.tenants.one;
  const [chain] = await running.entities.findAll('ruleChain', tenantId, {}, 1);
  const [first, second] = (chain as RuleChain).nodes;
  if (chain === undefined || first === undefined || second === undefined) throw new Error('a new tenant has a rule chain');
  const client = await open(admin);
  await watch(client, 'RULE_NODE', [first.id, second.id]);
  const nodes = chain.nodes.filter(({ id }) => id !== first.id);
  await running.entities.write([{ change: 'update', kind: 'ruleChain', entity: { ...chain, nodes, connections: [] } }]);
  running.events.publish({ kind: 'ruleChain', tenantId, id: chain.id, version: chain.version + 1 });
  expect((await client.takeAll()).map(({ subscriptionId, errorCode }) => [subscriptionId, errorCode])).toEqual([
    [0, 3],
    [1, 3],
  ]);
});

describe('on the way', () => {
  let id: string;
  let client: LiveClient;
  beforeEach(async () => {
    id = await add('device', 'A');
    client = await open(customer.token);
    await client.takeAll();
  });
  const takeBack = () => call('DELETE', `/api/customer/device/${id}`);

  test.each(['TIMESERIES', 'ATTRIBUTES', 'TIMESERIES_HISTORY'])('%s of a device that is taken back after access was checked', async (type) => {
    let isTaken = false;
    running.hooks.afterAccess = async () => {
      if (isTaken) return;
      isTaken = true;
      await takeBack();
    };
    client.send({ cmds: [{ ...command(type, 1, 'DEVICE', id), startTs: 0, endTs: 10 }] });
    expect(await client.take()).toEqual({ subscriptionId: 1, ...refused });
    expect(await happen(client, 'DEVICE', [id])).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test.each(['TIMESERIES', 'ATTRIBUTES', 'TIMESERIES_HISTORY'])('%s of a device that is taken back while the first frame is read', async (type) => {
    let isTaken = false;
    running.hooks.beforeRead = async () => {
      if (isTaken) return;
      isTaken = true;
      await takeBack();
    };
    client.send({ cmds: [{ ...command(type, 1, 'DEVICE', id), startTs: 0, endTs: 10 }] });
    expect(await client.take()).toEqual({ subscriptionId: 1, ...refused });
    expect(await client.takeAll()).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test('what was taken back and given again goes on', async () => {
    await watch(client, 'DEVICE', [id]);
    const { one: tenantId } = running.tenants;
    const device = await running.entities.find('device', tenantId, id);
    if (device === undefined) throw new Error('there is a device');
    const { customerId: _, ...free } = device;
    await running.entities.write([{ change: 'update', kind: 'device', entity: free }]);
    await running.entities.write([{ change: 'update', kind: 'device', entity: { ...device, version: device.version + 1 } }]);
    for (const more of [1, 2]) running.events.publish({ kind: 'device', tenantId, id, version: device.version + more });
    expect(await client.takeAll()).toEqual([]);
    expect(await happen(client, 'DEVICE', [id])).toEqual([0]);
  });
});

test('a right that cannot be checked ends its subscription with an internal error', async () => {
  const id = await add('device', 'A');
  const client = await open(customer.token);
  await watch(client, 'DEVICE', [id]);
  running.hooks.afterAccess = () => Promise.reject(new Error('no store'));
  running.events.publish({ kind: 'device', tenantId: running.tenants.one, id, version: 3 });
  const answers = [await client.take(), await client.take()].map(({ errorCode, errorMsg }) => [errorCode, errorMsg]);
  expect(answers).toEqual([
    [1, 'Failed to fetch data!'],
    [1, 'Failed to fetch attributes!'],
  ]);
  expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
});

test('updates check nothing, and events what they concern, once a turn', async () => {
  const ids = [await add('device', 'A'), await add('device', 'B')];
  const client = await open(customer.token);
  await watch(client, 'DEVICE', ids);
  let checks = 0;
  running.hooks.afterAccess = async () => void (checks += 1);
  for (let n = 0; n < 100; n++) await running.save({ entityType: 'DEVICE', id: ids[0] ?? '' }, ['a', n, n]);
  await client.until(() => client.frames.length === 100);
  expect(checks).toBe(0);
  for (let version = 2; version < 100; version++)
    running.events.publish({ kind: 'device', tenantId: running.tenants.one, id: ids[0] ?? '', version });
  client.frames.length = 0;
  await client.takeAll();
  expect(checks).toBe(2);
});

async function give(kind: 'device' | 'asset', id: string): Promise<unknown> {
  const { entity } = await running.addCustomer('other');
  return call('POST', `/api/customer/${entity.id}/${kind}/${id}`);
}

async function relabel(id: string): Promise<unknown> {
  const device = await call('GET', `/api/device/${id}`);
  return call('POST', '/api/device', { ...device, label: 'another' });
}
