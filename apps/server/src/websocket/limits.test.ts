// Goal: what the profile of a tenant allows its sockets holds (websocket-api.md §2), and frees up when sockets close. Method: a real
// server on a real port over memory stores whose default tenant profile the test changes, and the ws client.
import { systemTenantId } from '@fieldline/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
beforeEach(async () => void (running = await startLive()));
afterEach(() => running.close());

const open = (token = running.tokens.one) => LiveClient.open(running.port, `/api/ws?token=${token}`);
const limit = async (configuration: Record<string, unknown>): Promise<void> => {
  const [found] = await running.entities.findAll('tenantProfile', systemTenantId, { isDefault: true }, 1);
  const base = { tenantId: systemTenantId, createdAtMs: 0, name: 'Default', isDefault: true, isIsolated: false } as const;
  const entity = { ...(found ?? { ...base, id: '13814000-1dd2-11b2-8080-808080808080', version: 1 }), configuration } as never;
  await running.entities.write([{ change: found === undefined ? 'insert' : 'update', kind: 'tenantProfile', entity }]);
};
const watch = (client: LiveClient, cmdId: number, type = 'TIMESERIES', { id } = running.device) =>
  client.send({ cmds: [{ type, cmdId, entityType: 'DEVICE', entityId: id, keys: 'a', startTs: 0, endTs: 1 }] });
const until = async (isMet: () => boolean): Promise<void> => {
  while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test.each([
  ['maxWsSessionsPerTenant', 'Max tenant sessions limit reached!'],
  ['maxWsSessionsPerCustomer', 'Max customer sessions limit reached'],
  ['maxWsSessionsPerRegularUser', 'Max regular user sessions limit reached'],
])('%s', async (member, reason) => {
  await limit({ [member]: 1 });
  const { token } = await running.addCustomer('customer');
  const first = await open(token);
  await first.takeAll();
  expect(await (await open(token)).closed).toEqual({ code: 1008, reason });
  await first.close();
  await until(() => running.limits.size === 0);
  expect(await (await open(token)).takeAll()).toEqual([]);
  expect(await (await open(running.tokens.system)).takeAll()).toEqual([]);
});

describe('public users', () => {
  let token: string;
  beforeEach(async () => {
    const path = `/api/customer/public/device/${running.device.id}`;
    const { customerId } = (await running.call(running.tokens.one, 'POST', path)) as { customerId: { id: string } };
    token = (await running.call('', 'POST', '/api/auth/login/public', { publicId: customerId.id }))['token'] as string;
  });

  test('maxWsSessionsPerPublicUser', async () => {
    await limit({ maxWsSessionsPerPublicUser: 1, maxWsSessionsPerRegularUser: 5 });
    const first = await open(token);
    await first.takeAll();
    expect(await (await open(token)).closed).toEqual({ code: 1008, reason: 'Max public user sessions limit reached' });
    await first.close();
    await until(() => running.limits.size === 0);
    expect(await (await open(token)).takeAll()).toEqual([]);
  });

  test('maxWsSubscriptionsPerPublicUser', async () => {
    await limit({ maxWsSubscriptionsPerPublicUser: 1, maxWsSubscriptionsPerRegularUser: 5 });
    const client = await open(token);
    watch(client, 1);
    expect((await client.take()).errorCode).toBe(0);
    watch(client, 2);
    expect(await client.closed).toEqual({ code: 1008, reason: 'Max public user subscriptions limit reached' });
  });
});

test('other tenants have places of their own', async () => {
  await limit({ maxWsSessionsPerTenant: 1 });
  await (await open()).takeAll();
  expect(await (await open(running.tokens.two)).takeAll()).toEqual([]);
});

test.each([
  ['maxWsSubscriptionsPerTenant', 'Max tenant subscriptions limit reached!'],
  ['maxWsSubscriptionsPerCustomer', 'Max customer subscriptions limit reached'],
  ['maxWsSubscriptionsPerRegularUser', 'Max regular user subscriptions limit reached'],
])('%s counts over all sockets, what has ended no more, and history never', async (member, reason) => {
  await limit({ [member]: 2 });
  const { token, entity } = await running.addCustomer('customer');
  const own = await running.addDevice(running.tenants.one, 'Own', entity.id);
  const [first, second] = [await open(token), await open(token)];
  watch(first, 1, 'TIMESERIES', own);
  watch(first, 2, 'TIMESERIES_HISTORY', own);
  watch(second, 3, 'ATTRIBUTES', own);
  await first.until(() => first.frames.length === 2);
  await second.take();
  second.send({ cmds: [{ type: 'ATTRIBUTES', cmdId: 3, entityType: 'DEVICE', entityId: own.id, unsubscribe: true }] });
  watch(second, 4, 'TIMESERIES', own);
  await second.take();
  watch(second, 5, 'TIMESERIES', own);
  expect(await second.closed).toEqual({ code: 1008, reason });
  await first.close();
  await until(() => running.limits.size === 0);
});

describe('how fast subscriptions may come', () => {
  const place = { capacity: 2, windowMs: 10_000 };
  const tooFast = (subscriptionId: number, whose: string) => ({
    subscriptionId,
    errorCode: 2,
    errorMsg: `Exceeded rate limit for WS subscriptions per ${whose}`,
    data: null,
    latestValues: {},
  });
  const entityFilter = { type: 'entityType', entityType: 'DEVICE' };
  const count = (client: LiveClient, cmdId: number) => client.send({ cmds: [{ type: 'ENTITY_COUNT', cmdId, query: { entityFilter } }] });

  test('of a tenant, over all its sockets: one too many is refused and ends nothing, history is none, and later there is room', async () => {
    running.rates.perTenant = [place];
    const [first, second, foreign] = [await open(), await open(), await open(running.tokens.two)];
    watch(first, 1);
    expect((await first.take()).errorCode).toBe(0);
    count(second, 2);
    expect((await second.take()).errorCode).toBe(0);
    for (const cmdId of [3, 4]) watch(second, cmdId, cmdId === 3 ? 'TIMESERIES' : 'TIMESERIES_HISTORY');
    const answers = [await second.take(), await second.take()];
    expect([answers[0], answers[1]?.errorCode]).toEqual([tooFast(3, 'tenant'), 0]);
    watch(foreign, 1, 'TIMESERIES', running.foreign);
    expect((await foreign.take()).errorCode).toBe(0);
    await running.save(running.device, ['a', 1, 1]);
    expect((await first.take()).data).toEqual({ a: [[1, '1']] });
    running.clock.pass(10_500);
    watch(second, 3);
    expect((await second.take()).errorCode).toBe(0);
  });

  test('of a user: others of the tenant are not held up', async () => {
    running.rates.perUser = [place];
    running.rates.perTenant = [{ ...place, capacity: 4 }];
    const { token, entity } = await running.addCustomer('customer');
    const own = await running.addDevice(running.tenants.one, 'Own', entity.id);
    const [client, other] = [await open(token), await open()];
    for (const cmdId of [1, 2]) watch(client, cmdId, 'ATTRIBUTES', own);
    await client.until(() => client.frames.length === 2);
    client.frames.length = 0;
    for (const cmdId of [3, 4, 5]) watch(client, cmdId, 'ATTRIBUTES', own);
    for (const cmdId of [3, 4, 5]) expect(await client.take()).toEqual(tooFast(cmdId, 'user'));
    for (const cmdId of [1, 2]) count(other, cmdId);
    await other.until(() => other.frames.length === 2);
    expect(other.frames.map(({ errorCode }) => errorCode)).toEqual([0, 0]);
    expect(await (await open(running.tokens.system)).takeAll()).toEqual([]);
  });
});

test('wsUpdatesPerSessionRateLimit: one frame says so, then nothing comes until there is room again', async () => {
  await limit({ wsUpdatesPerSessionRateLimit: '3:10' });
  const client = await open();
  watch(client, 7);
  await client.take();
  for (let n = 1; n <= 5; n += 1) await running.save(running.device, ['a', n, n]);
  await client.until(() => client.frames.length === 3);
  expect(client.frames.splice(0).map(({ errorCode, errorMsg, subscriptionId }) => [subscriptionId, errorCode, errorMsg])).toEqual([
    [7, 0, null],
    [7, 0, null],
    [7, 34, 'Too many updates!'],
  ]);
  running.clock.pass(10_500);
  await running.save(running.device, ['a', 9, 9]);
  expect((await client.take()).data).toEqual({ a: [[9, '9']] });
});

test('wsMsgQueueLimitPerSession bounds the frames that wait', async () => {
  await limit({ wsMsgQueueLimitPerSession: 3 });
  const client = await open();
  watch(client, 1);
  await client.take();
  await Promise.all([1, 2, 3].map((n) => running.save(running.device, ['a', n, n])));
  await client.until(() => client.frames.length === 3);
  await Promise.all([4, 5, 6, 7].map((n) => running.save(running.device, ['a', n, n])));
  expect(await client.closed).toEqual({ code: 1008, reason: 'Max pending updates limit reached!' });
});
