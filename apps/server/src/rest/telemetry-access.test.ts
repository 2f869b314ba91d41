// Goal: rest-api.md §6.11, and what §2 (last table) and §4 say about telemetry. Method: every endpoint of §6.1 is called by
// those who may and by those who may not, over HTTP. Which types of entities each may meet is in access-matrix.md.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const customerId = '00000000-0000-7000-8000-00000000c0c0';
let rest: RunningRest;
/** A device of the tenant, and one that is assigned to the customer of the customer user. */
let own: string;
let assigned: string;
let chain: string;
beforeAll(async () => {
  rest = await startRest();
  const customer = { id: customerId, tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, isPublic: false, name: 'Customer A' };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity: customer }]);
  const made = async (name: string) => (await rest.call('POST', '/api/device', { token: rest.admin, body: { name } })).body.id.id;
  [own, assigned] = [await made('Own'), await made('Assigned')];
  await rest.call('POST', `/api/customer/${customerId}/device/${assigned}`, { token: rest.admin });
  chain = (await rest.call('POST', '/api/ruleChain', { token: rest.admin, body: { name: 'Chain', type: 'CORE' } })).body.id.id;
});
afterAll(() => rest.close());

const call = (method: string, path: string, token: string, body?: unknown) =>
  rest.call(method, `/api/plugins/telemetry/${path}`, { token, ...(body === undefined ? {} : { body }) });

interface Endpoint {
  readonly permission: string;
  readonly method: string;
  /** Below the entity. */
  readonly path: string;
  readonly body?: object;
}
const endpoints: readonly Endpoint[] = [
  { permission: 'READ_ATTRIBUTES', method: 'GET', path: 'keys/attributes' },
  { permission: 'READ_ATTRIBUTES', method: 'GET', path: 'keys/attributes/SERVER_SCOPE' },
  { permission: 'READ_ATTRIBUTES', method: 'GET', path: 'values/attributes' },
  { permission: 'READ_ATTRIBUTES', method: 'GET', path: 'values/attributes/SERVER_SCOPE' },
  { permission: 'READ_TELEMETRY', method: 'GET', path: 'keys/timeseries' },
  { permission: 'READ_TELEMETRY', method: 'GET', path: 'values/timeseries?keys=a' },
  { permission: 'READ_TELEMETRY', method: 'GET', path: 'values/timeseries?keys=a&startTs=0&endTs=1' },
  { permission: 'READ_TELEMETRY', method: 'GET', path: 'values/timeseries/history?keys=a&startTs=0&endTs=1' },
  { permission: 'WRITE_ATTRIBUTES', method: 'POST', path: 'SERVER_SCOPE', body: { a: 1 } },
  { permission: 'WRITE_ATTRIBUTES', method: 'POST', path: 'attributes/SERVER_SCOPE', body: { a: 1 } },
  { permission: 'WRITE_ATTRIBUTES', method: 'DELETE', path: 'SERVER_SCOPE?keys=a' },
  { permission: 'WRITE_TELEMETRY', method: 'POST', path: 'timeseries/ANY', body: { a: 1 } },
  { permission: 'WRITE_TELEMETRY', method: 'POST', path: 'timeseries/ANY/60', body: { a: 1 } },
  { permission: 'WRITE_TELEMETRY', method: 'DELETE', path: 'timeseries/delete?keys=a&deleteAllDataForKeys=true' },
];

describe.each(endpoints)('rest-api.md §6.11: $permission, $method $path', ({ permission, method, path, body }) => {
  const answer = async (entity: string, token: string) => {
    const { status, text } = await call(method, `${entity}/${path}`, token, body);
    return status === 200 ? 200 : [status, text];
  };

  it('an administrator of the tenant may', async () => expect(await answer(`DEVICE/${own}`, rest.admin)).toBe(200));
  it('a customer user may, with devices of its customer', async () => expect(await answer(`DEVICE/${assigned}`, rest.customer)).toBe(200));
  it('a customer user may not, with other devices', async () => {
    expect(await answer(`DEVICE/${own}`, rest.customer)).toEqual([403, "You don't have permission to perform this operation!"]);
  });
  it('a customer user has nothing to do with rule chains', async () => {
    expect(await answer(`RULE_CHAIN/${chain}`, rest.customer)).toEqual([403, 'Customer user is not allowed to perform this operation!']);
  });
  it('a customer user may read of its customer, and write nothing', async () => {
    const refused = [403, "You don't have permission to perform this operation!"];
    expect(await answer(`CUSTOMER/${customerId}`, rest.customer)).toEqual(permission.startsWith('READ') ? 200 : refused);
  });
  it('the system administrator has nothing to do with devices', async () => {
    expect(await answer(`DEVICE/${own}`, rest.system)).toEqual([403, 'System administrator is not allowed to perform this operation!']);
  });
  it('the system administrator may, with a tenant', async () => expect(await answer(`TENANT/${rest.one.tenantId}`, rest.system)).toBe(200));
  it('another tenant finds no such device', async () => {
    expect(await answer(`DEVICE/${own}`, rest.stranger)).toEqual([404, "Device with requested id wasn't found!"]);
  });
  it('nobody who has not signed in may', async () => expect((await call(method, `DEVICE/${own}/${path}`, 'none', body)).status).toBe(401));
});

describe('rest-api.md §2, what telemetry answers with plain text', () => {
  const absent = '00000000-0000-7000-8000-00000000ffff';
  it.each([
    ['DEVICE', 'Device'],
    ['ASSET', 'Asset'],
    ['CUSTOMER', 'Customer'],
    ['ENTITY_VIEW', 'Entity-view'],
    ['TENANT', 'Tenant'],
    ['USER', 'User'],
    ['DASHBOARD', 'Dashboard'],
    ['RULE_CHAIN', 'Rule chain'],
    ['DEVICE_PROFILE', 'Device profile'],
    ['ASSET_PROFILE', 'Asset profile'],
    ['OTA_PACKAGE', 'OTA package'],
  ])('%s: 404 %s with requested id wasn’t found!', async (entityType, label) => {
    const { status, text, headers } = await call('GET', `${entityType}/${absent}/keys/timeseries`, rest.admin);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(text.toLowerCase()).toBe(`${label} with requested id wasn't found!`.toLowerCase());
  });
  it('a malformed id: 400', async () => expect((await call('GET', 'DEVICE/12/keys/timeseries', rest.admin)).status).toBe(400));
});
