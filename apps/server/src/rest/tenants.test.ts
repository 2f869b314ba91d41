// Goal: tenants and tenant profiles answer as rest-api.md §13 says, and limits hold. Method: a running API over memory stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const denied = { status: 403, body: { errorCode: 20 } };
const send = (method: string, path: string, body?: unknown, token = rest.system) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.system) => send('GET', path, undefined, token);
const paged = 'pageSize=10&page=0';

describe('tenant profiles', () => {
  it('POST /api/tenantProfile, GET and lists: created with limits, unknown members kept, missing ones unlimited', async () => {
    const configuration = { type: 'DEFAULT', maxDevices: 3, somethingNew: { a: 1 }, transportDeviceMsgRateLimit: '10:1,100:60' };
    const made = await send('POST', '/api/tenantProfile', { name: ' Small ', description: 'd', profileData: { configuration } });
    expect(made).toMatchObject({ status: 200, body: { name: 'Small', default: false, isolatedTbRuleEngine: false, version: 1 } });
    expect(made.body.profileData).toMatchObject({ configuration: { ...configuration, maxAssets: 0 }, queueConfiguration: null });
    const { id } = made.body.id;
    expect((await get(`/api/tenantProfile/${id}`)).body).toEqual(made.body);
    expect((await get(`/api/tenantProfileInfo/${id}`)).body).toEqual({ id: made.body.id, name: 'Small' });
    expect((await get(`/api/tenantProfiles?${paged}&textSearch=SMALL`)).body.data).toEqual([made.body]);
    expect((await get(`/api/tenantProfileInfos?${paged}&sortProperty=name`)).body.data).toContainEqual({ id: made.body.id, name: 'Small' });
    const changed = await send('POST', '/api/tenantProfile', { ...made.body, name: 'Smaller', version: 1 });
    expect(changed.body).toMatchObject({ name: 'Smaller', version: 2 });
    expect(await send('POST', '/api/tenantProfile', { ...made.body, version: 1 })).toMatchObject({ status: 409, body: { errorCode: 35 } });
  });

  it.each([
    { body: {}, message: 'Tenant profile name should be specified!' },
    { body: { name: 'Smaller' }, message: 'Tenant profile with such name already exists!' },
    { body: { name: 'x', default: true }, message: 'Another default tenant profile is present!' },
    { body: { name: 'x', profileData: { configuration: { maxDevices: -1 } } }, message: expect.stringContaining('maxDevices') },
    { body: { name: 'x', profileData: { configuration: { wsUpdatesPerSessionRateLimit: 'often' } } }, message: expect.stringContaining('wsUpdates') },
  ])('POST /api/tenantProfile refuses $message', async ({ body, message }) => {
    if (body.default === true) await send('POST', `/api/tenantProfile/${(await get(`/api/tenantProfiles?${paged}`)).body.data[0].id.id}/default`);
    expect(await send('POST', '/api/tenantProfile', body)).toMatchObject({ status: 400, body: { errorCode: 31, message } });
  });

  it('POST …/default moves the flag; the default one and one in use cannot be deleted', async () => {
    const { body: a } = await send('POST', '/api/tenantProfile', { name: 'A' });
    const { body: b } = await send('POST', '/api/tenantProfile', { name: 'B' });
    await send('POST', `/api/tenantProfile/${a.id.id}/default`);
    expect(await send('POST', `/api/tenantProfile/${b.id.id}/default`)).toMatchObject({ status: 200, body: { default: true } });
    expect((await get(`/api/tenantProfile/${a.id.id}`)).body.default).toBe(false);
    expect((await get('/api/tenantProfileInfo/default')).body).toEqual({ id: b.id, name: 'B' });
    expect(await send('DELETE', `/api/tenantProfile/${b.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'Deletion of Default Tenant Profile is prohibited!' },
    });
    const { body: tenant } = await send('POST', '/api/tenant', { title: 'User of A', tenantProfileId: a.id });
    expect(await send('DELETE', `/api/tenantProfile/${a.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'The tenant profile referenced by the tenants cannot be deleted!' },
    });
    await send('DELETE', `/api/tenant/${tenant.id.id}`);
    expect((await send('DELETE', `/api/tenantProfile/${a.id.id}`)).status).toBe(200);
    expect(await get(`/api/tenantProfile/${a.id.id}`)).toMatchObject({
      status: 404,
      body: { message: `Tenant profile with id [${a.id.id}] is not found` },
    });
  });

  it('are no business of tenants', async () => {
    for (const token of [rest.admin, rest.customer]) {
      expect(await get(`/api/tenantProfiles?${paged}`, token)).toMatchObject(denied);
      expect(await send('POST', '/api/tenantProfile', { name: 'C' }, token)).toMatchObject(denied);
    }
  });
});

describe('tenants', () => {
  it('POST /api/tenant makes the tenant with its default profiles and root chain, under the default tenant profile', async () => {
    const preset = (await get('/api/tenantProfileInfo/default')).body;
    const made = await send('POST', '/api/tenant', { title: 'Plant', city: 'Kyiv', region: 'EU', additionalInfo: { description: 'x' } });
    expect(made.body).toMatchObject({
      title: 'Plant',
      name: 'Plant',
      region: 'Global',
      city: 'Kyiv',
      country: null,
      tenantProfileId: preset.id,
      version: 1,
    });
    const tenantId = made.body.id.id;
    for (const kind of ['deviceProfile', 'assetProfile'] as const) expect(await rest.entities.count(kind, tenantId, { isDefault: true })).toBe(1);
    expect(await rest.entities.count('ruleChain', tenantId, { isRoot: true })).toBe(1);
    expect((await get(`/api/tenant/info/${tenantId}`)).body).toEqual({ ...made.body, tenantProfileName: preset.name });
    const twin = await send('POST', '/api/tenant', { title: 'Plant' });
    expect(twin.status).toBe(200);
    const page = await get(`/api/tenants?${paged}&textSearch=plant`);
    expect(page.body.data).toEqual([made.body, twin.body]);
    expect((await get(`/api/tenantInfos?${paged}&textSearch=plant`)).body.data[0]).toEqual({ ...made.body, tenantProfileName: preset.name });
    const ids = `tenantIds=${twin.body.id.id},${made.body.id.id},00000000-0000-7000-8000-00000000ffff`;
    for (const path of ['tenants', 'tenants/list']) expect((await get(`/api/${path}?${ids}`)).body).toEqual([twin.body, made.body]);
    const changed = await send('POST', '/api/tenant', { ...made.body, title: 'Works' });
    expect(changed.body).toMatchObject({ title: 'Works', version: 2, city: 'Kyiv' });
    expect(await send('POST', '/api/tenant', made.body)).toMatchObject({ status: 409 });
  });

  it.each([
    { body: {}, message: 'Tenant title should be specified!' },
    { body: { title: ' ' }, message: 'Tenant title should be specified!' },
    { body: { title: 'x', tenantProfileId: { id: '00000000-0000-7000-8000-00000000ffff' } }, message: /non-existent tenant profile/ },
    { body: { title: 'x'.repeat(256) }, message: 'Validation error: title length must be equal or less than 255' },
  ])('POST /api/tenant refuses $message', async ({ body, message }) => {
    const answer = await send('POST', '/api/tenant', body);
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 31 } });
    expect(answer.body.message).toMatch(message);
  });

  it('DELETE /api/tenant/{id} removes everything it owns, and its users are out', async () => {
    const { body: tenant } = await send('POST', '/api/tenant', { title: 'Gone' });
    const tenantId = tenant.id.id;
    expect((await send('DELETE', `/api/tenant/${tenantId}`)).status).toBe(200);
    for (const kind of ['tenant', 'deviceProfile', 'assetProfile', 'ruleChain'] as const) expect(await rest.entities.count(kind, tenantId)).toBe(0);
    expect(await get(`/api/tenant/${tenantId}`)).toMatchObject({ status: 404, body: { message: `Tenant with id [${tenantId}] is not found` } });
    expect(await send('DELETE', `/api/tenant/${tenantId}`)).toMatchObject({ status: 404 });
  });

  it('are shown to their own administrators, and nothing else is', async () => {
    const own = `/api/tenant/${rest.one.tenantId}`;
    expect((await get(own, rest.admin)).body).toMatchObject({ title: 'One' });
    expect((await get(own.replace('tenant/', 'tenant/info/'), rest.admin)).status).toBe(200);
    expect((await get(own, rest.stranger)).status).toBe(404);
    expect((await send('DELETE', own, undefined, rest.stranger)).status).toBe(404);
    expect(await get(own, rest.customer)).toMatchObject(denied);
    for (const path of [`/api/tenants?${paged}`, `/api/tenantInfos?${paged}`]) expect(await get(path, rest.admin)).toMatchObject(denied);
    expect(await send('POST', '/api/tenant', { title: 'Mine' }, rest.admin)).toMatchObject(denied);
  });
});

describe('limits of a tenant', () => {
  it('are told by GET /api/usage and enforced with 403/41', async () => {
    const { body: profile } = await send('POST', '/api/tenantProfile', { name: 'One customer', profileData: { configuration: { maxCustomers: 1 } } });
    const { body: tenant } = await get(`/api/tenant/${rest.two.tenantId}`);
    await send('POST', '/api/tenant', { ...tenant, tenantProfileId: profile.id });
    expect((await send('POST', '/api/customer', { title: 'First' }, rest.stranger)).status).toBe(200);
    expect((await get('/api/usage', rest.stranger)).body).toMatchObject({ customers: 1, maxCustomers: 1, devices: 0, maxDevices: 0, users: 1 });
    const refused = await send('POST', '/api/customer', { title: 'Second' }, rest.stranger);
    expect(refused).toMatchObject({ status: 403, body: { errorCode: 41, entityType: 'CUSTOMER', limit: 1 } });
    expect(await get('/api/usage')).toMatchObject(denied);
  });

  it('hold for rule chains too, which are listed by id and whose changes are recorded', async () => {
    const chains: string[] = [];
    for (const name of ['A', 'B']) chains.push((await send('POST', '/api/ruleChain', { name }, rest.admin)).body.id.id);
    const nowhere = '00000000-0000-7000-8000-00000000ffff';
    for (const path of ['ruleChains', 'ruleChains/list']) {
      const listed = await get(`/api/${path}?ruleChainIds=${chains[1]},${nowhere},${rest.two.chain.id},${chains[0]}`, rest.admin);
      expect(listed.body.map(({ name }: { name: string }) => name)).toEqual(['B', 'A']);
    }
    await send('POST', '/api/ruleChain/metadata', { ruleChainId: { id: chains[0] }, nodes: [], connections: [] }, rest.admin);
    await send('POST', '/api/assetProfile', { name: 'in use', defaultRuleChainId: { id: chains[1] } }, rest.admin);
    expect((await send('DELETE', `/api/ruleChain/${chains[1]}`, undefined, rest.admin)).status).toBe(400);
    expect((await send('DELETE', `/api/ruleChain/${chains[0]}`, undefined, rest.admin)).status).toBe(200);
    const records = (await get(`/api/audit/logs/entity/RULE_CHAIN/${chains[0]}?${paged}`, rest.admin)).body.data;
    expect(records.map(({ actionType }: { actionType: string }) => actionType)).toEqual(['ADDED', 'UPDATED', 'DELETED']);
    const { body: profile } = await send('POST', '/api/tenantProfile', { name: 'One chain', profileData: { configuration: { maxRuleChains: 1 } } });
    const { body: tenant } = await get(`/api/tenant/${rest.two.tenantId}`);
    await send('POST', '/api/tenant', { ...tenant, tenantProfileId: profile.id });
    const refused = await send('POST', '/api/ruleChain', { name: 'C' }, rest.stranger);
    expect(refused).toMatchObject({ status: 403, body: { errorCode: 41, entityType: 'RULE_CHAIN', limit: 1 } });
  });
});
