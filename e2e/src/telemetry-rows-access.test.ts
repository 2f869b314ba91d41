// Goal: rest-api.md §6.11: who may call which endpoint of §6.1 on what (§4), and what the others are told (§2). Method: the built server
// with its threads and its database, over HTTP, with those who may and those who may not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEntity, makeView } from './telemetry-entities.js';
import { tenant, TenantClient } from './server-under-test.js';
import { readOnly, Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

interface Endpoint {
  readonly needs: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}
const entity = '/{entityType}/{entityId}';
const endpoints: readonly Endpoint[] = [
  { needs: 'READ_ATTRIBUTES', method: 'GET', path: `${entity}/keys/attributes` },
  { needs: 'READ_ATTRIBUTES', method: 'GET', path: `${entity}/keys/attributes/SERVER_SCOPE` },
  { needs: 'READ_ATTRIBUTES', method: 'GET', path: `${entity}/values/attributes` },
  { needs: 'READ_ATTRIBUTES', method: 'GET', path: `${entity}/values/attributes/SERVER_SCOPE` },
  { needs: 'READ_TELEMETRY', method: 'GET', path: `${entity}/keys/timeseries` },
  { needs: 'READ_TELEMETRY', method: 'GET', path: `${entity}/values/timeseries?keys=a` },
  { needs: 'READ_TELEMETRY', method: 'GET', path: `${entity}/values/timeseries?keys=a&startTs=0&endTs=1` },
  { needs: 'READ_TELEMETRY', method: 'GET', path: `${entity}/values/timeseries/history?keys=a&startTs=0&endTs=1` },
  { needs: 'WRITE_ATTRIBUTES', method: 'POST', path: `${entity}/SERVER_SCOPE`, body: { a: 1 } },
  { needs: 'WRITE_ATTRIBUTES', method: 'POST', path: `${entity}/attributes/SHARED_SCOPE`, body: { a: 1 } },
  { needs: 'WRITE_ATTRIBUTES', method: 'DELETE', path: `${entity}/SERVER_SCOPE?keys=a` },
  { needs: 'WRITE_TELEMETRY', method: 'POST', path: `${entity}/timeseries/ANY`, body: { a: 1 } },
  { needs: 'WRITE_TELEMETRY', method: 'POST', path: `${entity}/timeseries/ANY/60`, body: { a: 1 } },
  { needs: 'WRITE_TELEMETRY', method: 'DELETE', path: `${entity}/timeseries/delete?keys=a&deleteAllDataForKeys=true` },
];
const ofDevices: readonly Endpoint[] = [
  { needs: 'WRITE_ATTRIBUTES', method: 'POST', path: '/{deviceId}/SERVER_SCOPE', body: { a: 1 } },
  { needs: 'WRITE_ATTRIBUTES', method: 'DELETE', path: '/{deviceId}/CLIENT_SCOPE?keys=a' },
];

const denied = [403, "You don't have permission to perform this operation!"];
const notForCustomers = [403, 'Customer user is not allowed to perform this operation!'];
const notForSystem = [403, 'System administrator is not allowed to perform this operation!'];
const absent = (label: string) => [404, `${label} with requested id wasn't found!`];

let world: TelemetryWorld;
let user: TenantClient;
let stranger: TenantClient;
/** What the customer user has to do with. */
let customer: Target;
/** Its tenant. */
let own: Target;
const assigned: Record<string, Target> = {};
let rest: Record<string, Target>;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-access');
  const { entity: other } = await makeEntity(world, 'TENANT');
  stranger = await signUp(world.system, 'stranger@rows.example', { authority: 'TENANT_ADMIN', tenantId: other.reference });
  customer = (await makeEntity(world, 'CUSTOMER')).entity;
  user = await signUp(world.admin, 'user@rows.example', { authority: 'CUSTOMER_USER', customerId: customer.reference });
  const made = async () => ({
    DEVICE: await world.device(),
    ASSET: (await makeEntity(world, 'ASSET')).entity,
    DASHBOARD: (await makeEntity(world, 'DASHBOARD')).entity,
  });
  const { tenantId } = await world.admin.request<{ tenantId: { entityType: string; id: string } }>('GET', '/api/auth/user');
  own = new Target(world.server.ports.http, world.admin, tenantId);
  rest = { ...(await made()), RULE_CHAIN: (await makeEntity(world, 'RULE_CHAIN')).entity, TENANT: other };
  Object.assign(assigned, await made(), { ENTITY_VIEW: await makeView(world, rest['DEVICE'] as Target) });
  const paths = { DEVICE: 'device', ASSET: 'asset', DASHBOARD: 'dashboard', ENTITY_VIEW: 'entityView' };
  for (const [type, path] of Object.entries(paths)) {
    await world.admin.request('POST', `/api/customer/${customer.id}/${path}/${assigned[type]?.id}`);
  }
});
afterAll(() => world.stop());

/** Adds a user, who takes up the invitation, and signs in. */
async function signUp(by: TenantClient, email: string, more: object): Promise<TenantClient> {
  const { http } = world.server.ports;
  const base = `http://127.0.0.1:${http}/api`;
  const { id } = await by.request<{ id: { id: string } }>('POST', '/api/user?sendActivationMail=false', { email, ...more });
  const link = await fetch(`${base}/user/${id.id}/activationLink`, { headers: { 'x-authorization': `Bearer ${by.token}` } });
  const activateToken = new URL(await link.text()).searchParams.get('activateToken');
  const body = JSON.stringify({ activateToken, password: tenant.password });
  await fetch(`${base}/noauth/activate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return TenantClient.signIn(http, email);
}

/** The status, and what stands in a refusal. */
async function answer(target: Target | undefined, { method, path, body }: Endpoint): Promise<unknown> {
  if (target === undefined) throw new Error('there is no such entity');
  const { status, text } = await target.call(method, path, body);
  return status === 200 ? 200 : [status, text];
}

describe.each([...endpoints, ...ofDevices])('6.11 $needs: $method $path', (endpoint) => {
  test('a tenant administrator may, with devices of the tenant', async () => expect(await answer(rest['DEVICE'], endpoint)).toBe(200));
  test('a customer user may, with devices of its customer', async () => {
    expect(await answer(assigned['DEVICE']?.seenBy(user), endpoint)).toBe(200);
  });
  test('a customer user may not, with other devices', async () => expect(await answer(rest['DEVICE']?.seenBy(user), endpoint)).toEqual(denied));
  test('an administrator of another tenant finds no such device', async () => {
    expect(await answer(rest['DEVICE']?.seenBy(stranger), endpoint)).toEqual(absent('Device'));
  });
  test('a system administrator may not, with devices', async () => {
    expect(await answer(rest['DEVICE']?.seenBy(world.system), endpoint)).toEqual(notForSystem);
  });
  test('nobody may who has not signed in', async () => {
    expect(await answer(rest['DEVICE']?.seenBy({ token: '' }), endpoint)).toMatchObject([401, /"errorCode":10/]);
  });
});

describe.each(endpoints)('6.11 $needs: $method $path', (endpoint) => {
  const reads = endpoint.needs.startsWith('READ');

  test('a customer user may, with assets of its customer', async () => expect(await answer(assigned['ASSET']?.seenBy(user), endpoint)).toBe(200));
  test('a customer user may, with views of its customer, whose time series are not written', async () => {
    const expected = endpoint.needs === 'WRITE_TELEMETRY' ? [400, readOnly] : 200;
    expect(await answer(assigned['ENTITY_VIEW']?.seenBy(user), endpoint)).toEqual(expected);
  });
  test('a customer user may not, with other assets', async () => expect(await answer(rest['ASSET']?.seenBy(user), endpoint)).toEqual(denied));
  test('a customer user may read of its customer and its dashboards, and write nothing', async () => {
    for (const target of [customer, assigned['DASHBOARD']]) expect(await answer(target?.seenBy(user), endpoint)).toEqual(reads ? 200 : denied);
    expect(await answer(rest['DASHBOARD']?.seenBy(user), endpoint)).toEqual(denied);
  });
  test('a customer user may not, with rule chains and tenants', async () => {
    for (const target of [rest['RULE_CHAIN'], own]) expect(await answer(target?.seenBy(user), endpoint)).toEqual(notForCustomers);
  });
  test('an administrator of another tenant may not, with assets, customers, dashboards and views', async () => {
    for (const target of [rest['ASSET'], customer, rest['DASHBOARD'], assigned['ENTITY_VIEW']]) {
      expect(await answer(target?.seenBy(stranger), endpoint)).toEqual(denied);
    }
  });
  test('a tenant administrator may read of its tenant, and write nothing', async () => {
    expect(await answer(own, endpoint)).toEqual(reads ? 200 : denied);
  });
  test('a tenant administrator finds no other tenant', async () => {
    expect(await answer(rest['TENANT']?.seenBy(world.admin), endpoint)).toEqual(absent('Tenant'));
  });
  test('a system administrator may, with tenants', async () => expect(await answer(rest['TENANT']?.seenBy(world.system), endpoint)).toBe(200));
});
