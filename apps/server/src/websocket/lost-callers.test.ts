// Goal: a socket ends when its caller would not get in any more, by the rule that holds for REST, and no other socket ends with
// it. Method: a real server; what takes the right away goes over its REST API, and a bystander watches the same device.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let admin: string;
let system: string;
let victim: Awaited<ReturnType<RunningLive['addCustomer']>>;
beforeEach(async () => {
  running = await startLive();
  ({ one: admin, system } = running.tokens);
  victim = await running.addCustomer('victim');
  // Tokens of this fixture were signed a second ahead.
  running.clock.turnCalendar(5_000);
});
afterEach(() => running.close());

const until = async (isMet: () => boolean): Promise<void> => {
  while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const call = (token: string, method: string, path: string, body?: unknown) => running.call(token, method, path, body);
const expired = { code: 1008, reason: 'Token has expired' };
const passwords = { currentPassword: 'password for tests', newPassword: 'another password' };

/** A socket that watches an entity, and has its first frame. */
async function watch(token: string, entityType: string, entityId: string, auth: object = { token }): Promise<LiveClient> {
  const client = await LiveClient.open(running.port, '/api/ws');
  client.send({ authCmd: { cmdId: 0, ...auth }, cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType, entityId }] });
  expect((await client.take()).errorCode).toBe(0);
  return client;
}
const bystander = () => watch(admin, 'DEVICE', running.device.id);
const ofCustomer = (token: string, auth?: object) => watch(token, 'CUSTOMER', victim.entity.id, auth);

/** Everything the one that went had is given back, and the bystander gets on. */
async function onlyRemains(client: LiveClient): Promise<void> {
  await until(() => running.live.size === 1);
  expect([running.feed.size, running.rights.size]).toEqual([1, 2]);
  await running.save(running.device, ['a', 1, 1]);
  expect((await client.take()).data).toEqual({ a: [[1, '1']] });
  await client.close();
  await until(() => running.rights.size === 0);
}

describe('a user', () => {
  test.each<{ name: string; act: () => Promise<unknown>; closed?: typeof expired }>([
    { name: 'is disabled', act: () => call(admin, 'POST', `/api/user/${victim.user.id}/userCredentialsEnabled?userCredentialsEnabled=false`) },
    { name: 'is deleted', act: () => call(admin, 'DELETE', `/api/user/${victim.user.id}`) },
    { name: 'signs out', act: () => call(victim.token, 'POST', '/api/auth/logout') },
    { name: 'gets another password', act: () => call(victim.token, 'POST', '/api/auth/changePassword', passwords) },
    { name: 'loses its customer', act: () => call(admin, 'DELETE', `/api/customer/${victim.entity.id}`) },
    {
      name: 'is given to another customer',
      act: () => changeVictim({ customerId: running.device.id }),
      closed: { code: 1008, reason: 'Your rights have changed' },
    },
    {
      name: 'gets another authority',
      act: () => changeVictim({ authority: 'TENANT_ADMIN' }),
      closed: { code: 1008, reason: 'Your rights have changed' },
    },
  ])('that $name', async ({ act, closed = expired }) => {
    const [client, other] = [await ofCustomer(victim.token), await bystander()];
    await act();
    expect(await client.closed).toEqual(closed);
    expect(client.frames).toEqual([]);
    await onlyRemains(other);
  });

  test('that goes with its tenant; what the system administrator watched of it ends with an error', async () => {
    const tenant = running.tenants.two;
    const [client, other] = [await watch(running.tokens.two, 'TENANT', tenant), await bystander()];
    const user = await running.entities.userByEmail('two@fieldline.local');
    const watching = [await watch(system, 'TENANT', tenant), await watch(system, 'USER', user?.id ?? '')];
    await call(system, 'DELETE', `/api/tenant/${tenant}`);
    expect(await client.closed).toEqual(expired);
    for (const ended of watching) {
      expect(await ended.take()).toMatchObject({ subscriptionId: 1, errorCode: 3, errorMsg: 'Unauthorized' });
      await ended.close();
    }
    await onlyRemains(other);
  });

  test('that signs out in one place stays in the other', async () => {
    const [here, there] = [await ofCustomer(victim.token), await ofCustomer(await running.tokenOf(victim.user.email))];
    await call(victim.token, 'POST', '/api/auth/logout');
    expect(await here.closed).toEqual(expired);
    expect(await there.takeAll()).toEqual([]);
  });

  test('that signs in, fails to, or gets another name stays, and so does one whose token is over', async () => {
    const client = await ofCustomer(victim.token);
    await running.tokenOf(victim.user.email);
    await fetch(`http://127.0.0.1:${running.port}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: victim.user.email, password: 'wrong' }),
    });
    running.clock.turnCalendar(10_000_000);
    const { user } = victim;
    await running.entities.write([{ change: 'update', kind: 'user', entity: { ...user, lastName: 'Other' } }]);
    running.events.publish({ kind: 'user', tenantId: running.tenants.one, id: user.id, version: 2 });
    running.clock.pass(10_000);
    expect(await client.takeAll()).toEqual([]);
  });

  test('each and every one, where the settings of tokens change', async () => {
    const clients = [await ofCustomer(victim.token), await bystander()];
    const settings = await call(system, 'GET', '/api/admin/jwtSettings');
    await call(system, 'POST', '/api/admin/jwtSettings', settings);
    for (const client of clients) expect(await client.closed).toEqual(expired);
    await until(() => running.live.size === 0);
    expect([running.feed.size, running.rights.size]).toEqual([0, 0]);
  });
});

describe('a public customer', () => {
  let publicId: string;
  let token: string;
  beforeEach(async () => {
    const device = (await call(admin, 'POST', `/api/customer/public/device/${running.device.id}`)) as { customerId: { id: string } };
    publicId = device.customerId.id;
    token = (await call('', 'POST', '/api/auth/login/public', { publicId }))['token'] as string;
  });

  test.each<{ name: string; act: () => Promise<unknown> }>([
    { name: 'is deleted', act: () => call(admin, 'DELETE', `/api/customer/${publicId}`) },
    { name: 'is public no longer', act: () => closePublic(publicId) },
  ])('that $name', async ({ act }) => {
    const client = await watch(token, 'DEVICE', running.device.id);
    const other = await bystander();
    await act();
    expect(await client.closed).toEqual(expired);
    await onlyRemains(other);
  });
});

describe('an API key', () => {
  let key: { readonly id: { readonly id: string }; readonly value: string };
  const keyOf = async (expirationTime?: number) => {
    const draft = { userId: { entityType: 'USER', id: victim.user.id }, enabled: true, ...(expirationTime === undefined ? {} : { expirationTime }) };
    return (await call(admin, 'POST', '/api/apiKey', draft)) as unknown as typeof key;
  };
  beforeEach(async () => void (key = await keyOf()));
  const open = () => ofCustomer('', { apiKey: key.value, token: admin });

  test.each<{ name: string; act: () => Promise<unknown> }>([
    { name: 'is removed', act: () => call(admin, 'DELETE', `/api/apiKey/${key.id.id}`) },
    { name: 'is disabled', act: () => call(admin, 'PUT', `/api/apiKey/${key.id.id}/enabled/false`) },
    {
      name: 'has a user who is disabled',
      act: () => call(admin, 'POST', `/api/user/${victim.user.id}/userCredentialsEnabled?userCredentialsEnabled=false`),
    },
    { name: 'has a user who is deleted', act: () => call(admin, 'DELETE', `/api/user/${victim.user.id}`) },
  ])('that $name', async ({ act }) => {
    const [client, other] = [await open(), await bystander()];
    await act();
    expect(await client.closed).toEqual({ code: 1008, reason: 'Authentication failed' });
    await onlyRemains(other);
  });

  test('whose time is over ends its socket with the next round of pings', async () => {
    key = await keyOf(running.clock.nowMs() + 5_000);
    const [client, other] = [await open(), await bystander()];
    running.clock.pass(10_000);
    await client.takeAll();
    running.clock.turnCalendar(5_000);
    running.clock.pass(10_000);
    expect(await client.closed).toEqual({ code: 1008, reason: 'Authentication failed' });
    await onlyRemains(other);
  });

  test('goes on after its user signed out and has another password', async () => {
    const client = await open();
    await call(victim.token, 'POST', '/api/auth/changePassword', passwords);
    expect(await client.takeAll()).toEqual([]);
  });
});

test('a user who is disabled while the token is checked does not get in', async () => {
  let isDisabled = false;
  running.hooks.afterAuthentication = async () => {
    if (isDisabled) return;
    isDisabled = true;
    await call(admin, 'POST', `/api/user/${victim.user.id}/userCredentialsEnabled?userCredentialsEnabled=false`);
  };
  const client = await LiveClient.open(running.port, '/api/ws');
  client.send({ authCmd: { token: victim.token }, cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'CUSTOMER', entityId: victim.entity.id }] });
  expect(await client.closed).toEqual({ code: 1007, reason: 'Token has expired' });
  expect(client.frames).toEqual([]);
  await until(() => running.live.size === 0);
  expect(running.rights.size).toBe(0);
});

test('a caller whose right cannot be checked is told to come again', async () => {
  const client = await ofCustomer(victim.token);
  const find = running.entities.find.bind(running.entities);
  running.entities.find = () => Promise.reject(new Error('no store'));
  running.events.publish({ kind: 'userCredentials', tenantId: running.tenants.one, id: 'unread', version: 2 });
  expect((await client.closed).code).toBe(1011);
  running.entities.find = find;
  expect(running.logged).toEqual(['live-credentials-unread', 'websocket-right-unchecked']);
});

async function changeVictim(change: Partial<typeof victim.user>): Promise<void> {
  const { user } = victim;
  await running.entities.write([{ change: 'update', kind: 'user', entity: { ...user, ...change } }]);
  running.events.publish({ kind: 'user', tenantId: running.tenants.one, id: user.id, version: 2 });
}

async function closePublic(id: string): Promise<void> {
  const tenantId = running.tenants.one;
  const customer = await running.entities.find('customer', tenantId, id);
  if (customer === undefined) throw new Error('there is a public customer');
  await running.entities.write([{ change: 'update', kind: 'customer', entity: { ...customer, isPublic: false } }]);
  running.events.publish({ kind: 'customer', tenantId, id, version: 2 });
}
