// Goal: every row and rule of rest-api.md §19. Method: over HTTP, as the administrator, a customer user and strangers.
import type { TenantProfile } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignCustomer, otherCustomer, ownCustomer, startWithCustomers } from './customers.fixture.js';
import { denied, failure } from './refusals.fixture.js';
import type { RunningRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startWithCustomers();
});
afterAll(() => rest.close());

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const create = async (title: string, more: object = {}) => (await call('POST', '/api/dashboard', { title, ...more })).body;
const shown = (customerId: string, title: string) => ({ customerId: { entityType: 'CUSTOMER', id: customerId }, title, public: false });
const page = 'pageSize=10&page=0';

describe('POST /api/dashboard', () => {
  it('creates a dashboard with every field of the compatible API', async () => {
    const configuration = { widgets: { a: { type: 'latest' } }, states: {} };
    const dashboard = await create(' Main ', { configuration, image: 'data:x', mobileOrder: 2, nonsense: 1 });
    expect(dashboard).toEqual({
      id: { entityType: 'DASHBOARD', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      title: 'Main',
      name: 'Main',
      image: 'data:x',
      mobileHide: false,
      mobileOrder: 2,
      assignedCustomers: null,
      configuration,
      version: 1,
    });
    const { configuration: _, ...info } = dashboard;
    expect((await call('GET', `/api/dashboard/${dashboard.id.id}?includeResources=true`)).body).toEqual(dashboard);
    expect((await call('GET', `/api/dashboard/info/${dashboard.id.id}`)).body).toEqual(info);
    expect((await call('GET', `/api/dashboard/info/${dashboard.id.id}`, undefined, rest.system)).body).toEqual(info);
    expect(await call('GET', `/api/dashboard/${dashboard.id.id}`, undefined, rest.system)).toMatchObject(denied);
  });

  it('replaces what is stored, by id and version', async () => {
    const dashboard = await create('Replaced', { configuration: { widgets: {} } });
    const saved = await call('POST', '/api/dashboard', { ...dashboard, title: 'New', configuration: null, mobileHide: true });
    expect(saved.body).toEqual({ ...dashboard, title: 'New', name: 'New', configuration: null, mobileHide: true, version: 2 });
    expect(await call('POST', '/api/dashboard', dashboard)).toMatchObject({ status: 409, body: { errorCode: 35 } });
  });

  it('stores the customers as they are sent, and loses those that are not', async () => {
    const assignedCustomers = [shown(ownCustomer, 'whatever'), shown(foreignCustomer, 'not ours')];
    const dashboard = await create('With customers', { assignedCustomers });
    expect(dashboard.assignedCustomers).toEqual([shown(ownCustomer, 'Company A')]);
    expect((await call('POST', '/api/dashboard', dashboard)).body.assignedCustomers).toEqual(dashboard.assignedCustomers);
    expect((await call('POST', '/api/dashboard', { id: dashboard.id, title: 'X' })).body.assignedCustomers).toBeNull();
  });

  it('refuses what cannot be a dashboard', async () => {
    const missing = failure(400, 31, 'Dashboard title should be specified!');
    for (const title of [undefined, '', ' ']) expect(await call('POST', '/api/dashboard', { title })).toMatchObject(missing);
    expect(await call('POST', '/api/dashboard', { title: 'x'.repeat(256) })).toMatchObject(
      failure(400, 31, 'Validation error: title length must be equal or less than 255'),
    );
    expect(await call('POST', '/api/dashboard', { title: 'Large', configuration: { text: 'x'.repeat(16_777_216) } })).toMatchObject({ status: 413 });
    expect(await call('POST', '/api/dashboard', { title: 'X' }, rest.customer)).toMatchObject(denied);
    expect(await call('POST', '/api/dashboard', { title: 'X' }, rest.system)).toMatchObject(denied);
  });

  it('keeps to the number that the tenant profile allows', async () => {
    const profile: TenantProfile = {
      ...{ id: rest.clock.nowMs().toString(), tenantId: systemTenantId, createdAtMs: 1, version: 1, name: 'One dashboard' },
      ...{ isDefault: false, isIsolated: false, configuration: { maxDashboards: 1 } },
    };
    const { tenantId } = rest.two;
    const tenant = await rest.entities.find('tenant', tenantId, tenantId);
    if (tenant === undefined) throw new Error('no tenant');
    await rest.entities.write([
      { change: 'insert', kind: 'tenantProfile', entity: profile },
      { change: 'update', kind: 'tenant', entity: { ...tenant, tenantProfileId: profile.id } },
    ]);
    const first = await call('POST', '/api/dashboard', { title: 'First' }, rest.stranger);
    expect(first.status).toBe(200);
    expect(await call('POST', '/api/dashboard', { title: 'Second' }, rest.stranger)).toMatchObject({ status: 403, body: { errorCode: 41 } });
    expect(await call('POST', '/api/dashboard', { ...first.body, title: 'Changed' }, rest.stranger)).toMatchObject({ status: 200 });
  });
});

describe('GET /api/dashboard/{id}', () => {
  it('is compressed for clients that accept it, where it is large', async () => {
    const large = await create('Large', { configuration: { text: 'x'.repeat(10_000) } });
    const read = (encoding: string, id = large.id.id) =>
      rest.call('GET', `/api/dashboard/${id}`, { token: rest.admin, headers: { 'accept-encoding': encoding } });
    for (const encoding of ['gzip', 'deflate, GZIP;q=0.5', '*']) {
      const answer = await read(encoding);
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(Number(answer.headers.get('content-length'))).toBeLessThan(1_000);
      expect(answer.body).toEqual(large);
    }
    for (const encoding of ['identity', 'br', 'gzip;q=0, *']) expect((await read(encoding)).headers.get('content-encoding')).toBeNull();
    const small = await read('gzip', (await create('Small')).id.id);
    expect([small.headers.get('content-encoding'), small.headers.get('vary')]).toEqual([null, 'accept-encoding']);
  });

  it('is for the tenant, and for customers it is assigned to', async () => {
    const mine = await create('Mine');
    const theirs = await create('Theirs', { assignedCustomers: [shown(ownCustomer, ''), shown(otherCustomer, '')] });
    for (const path of ['/api/dashboard/', '/api/dashboard/info/']) {
      expect(await call('GET', path + mine.id.id, undefined, rest.stranger)).toMatchObject(denied);
      expect(await call('GET', path + mine.id.id, undefined, rest.customer)).toMatchObject(denied);
      const read = await call('GET', path + theirs.id.id, undefined, rest.customer);
      expect(read.body).toMatchObject({ title: 'Theirs', assignedCustomers: [shown(ownCustomer, 'Company A')] });
    }
    expect(theirs.assignedCustomers).toHaveLength(2);
    expect(await call('GET', `/api/dashboard/${ownCustomer}`)).toMatchObject(failure(404, 32, `Dashboard with id [${ownCustomer}] is not found`));
  });
});

describe('DELETE /api/dashboard/{id}', () => {
  it('removes the dashboard with its relations', async () => {
    const [one, two] = [await create('One'), await create('Two')];
    await call('POST', '/api/relation', { from: one.id, to: two.id, type: 'Links' });
    expect(await call('DELETE', `/api/dashboard/${two.id.id}`, undefined, rest.customer)).toMatchObject(denied);
    expect(await call('DELETE', `/api/dashboard/${two.id.id}`, undefined, rest.stranger)).toMatchObject(denied);
    expect(await call('DELETE', `/api/dashboard/${two.id.id}`)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', `/api/dashboard/${two.id.id}`)).status).toBe(404);
    expect((await call('GET', `/api/relations/from/DASHBOARD/${one.id.id}`)).body).toEqual([]);
  });

  it('is refused while a profile shows it', async () => {
    const dashboard = await create('Shown');
    const { profile } = rest.one;
    const version = (await rest.entities.find('deviceProfile', rest.one.tenantId, profile.id))?.version ?? 0;
    const entity = { ...profile, version, defaultDashboardId: dashboard.id.id };
    await rest.entities.write([{ change: 'update', kind: 'deviceProfile', entity }]);
    const refused = failure(400, 31, 'The dashboard referenced by the device profiles cannot be deleted!');
    expect(await call('DELETE', `/api/dashboard/${dashboard.id.id}`)).toMatchObject(refused);
  });
});

describe('lists', () => {
  const titles = async (path: string, token = rest.admin) =>
    ((await call('GET', path, undefined, token)).body.data ?? []).map((one: { title: string }) => one.title);

  it('show pages of infos, for phones without those that hide there', async () => {
    await create('List b', { mobileHide: true, configuration: { a: 1 } });
    await create('List a', { assignedCustomers: [shown(otherCustomer, '')] });
    const list = `/api/tenant/dashboards?${page}&textSearch=LIST%20&sortProperty=title`;
    expect(await titles(list)).toEqual(['List a', 'List b']);
    expect(await titles(`${list}&mobile=true`)).toEqual(['List a']);
    expect(await titles(`${list}&mobile=false`)).toEqual(['List a', 'List b']);
    const { data } = (await call('GET', list)).body;
    expect(data[0].assignedCustomers).toEqual([shown(otherCustomer, 'Company B')]);
    expect(data[1]).not.toHaveProperty('configuration');
    expect(await call('GET', list, undefined, rest.customer)).toMatchObject(denied);
    expect((await call('GET', '/api/tenant/dashboards?pageSize=1')).status).toBe(400);
  });

  it('of a tenant are for the system administrator', async () => {
    const list = `/api/tenant/${rest.one.tenantId}/dashboards?${page}&textSearch=List%20a`;
    expect(await titles(list, rest.system)).toEqual(['List a']);
    expect(await call('GET', list)).toMatchObject(denied);
    expect((await call('GET', `/api/tenant/${ownCustomer}/dashboards?${page}`, undefined, rest.system)).status).toBe(404);
  });

  it('of a customer are for the tenant and the customer itself', async () => {
    await create('Of the customer', { assignedCustomers: [shown(ownCustomer, '')] });
    await create('Of the customer, hidden', { assignedCustomers: [shown(ownCustomer, '')], mobileHide: true });
    const list = `/api/customer/${ownCustomer}/dashboards?${page}&textSearch=of%20the`;
    expect(await titles(list)).toEqual(['Of the customer', 'Of the customer, hidden']);
    expect(await titles(`${list}&mobile=true`, rest.customer)).toEqual(['Of the customer']);
    expect(await call('GET', list.replace(ownCustomer, otherCustomer), undefined, rest.customer)).toMatchObject(denied);
    expect(await call('GET', list, undefined, rest.stranger)).toMatchObject(denied);
    expect((await call('GET', list, undefined, rest.system)).status).toBe(403);
  });

  it('by ids leave out what is not there or not to be read', async () => {
    const [mine, theirs] = [await create('Mine'), await create('Theirs', { assignedCustomers: [shown(ownCustomer, '')] })];
    const ids = [theirs.id.id, ownCustomer, mine.id.id].join(',');
    for (const path of ['/api/dashboards', '/api/dashboards/list']) {
      const read = async (token: string) =>
        ((await call('GET', `${path}?dashboardIds=${ids}`, undefined, token)).body as { title: string }[]).map((one) => one.title);
      expect(await read(rest.admin)).toEqual(['Theirs', 'Mine']);
      expect(await read(rest.customer)).toEqual(['Theirs']);
      expect(await read(rest.stranger)).toEqual([]);
    }
  });
});

describe('what widgets ask for', () => {
  it('is the time of the server and how many points they may ask for', async () => {
    for (const token of [rest.admin, rest.customer, rest.system]) {
      const time = await call('GET', '/api/dashboard/serverTime', undefined, token);
      expect(Math.abs(time.body - rest.clock.nowMs())).toBeLessThan(60_000);
      expect((await call('GET', '/api/dashboard/maxDatapointsLimit', undefined, token)).body).toBe(50_000);
    }
    expect((await rest.call('GET', '/api/dashboard/serverTime')).status).toBe(401);
  });
});

describe('messages', () => {
  it('tell of dashboards with a blank configuration', async () => {
    rest.told.length = 0;
    const { id } = await create('Told', { configuration: { a: 1 } });
    await call('POST', '/api/dashboard', { id, title: 'Told again', configuration: { a: 2 } });
    await call('DELETE', `/api/dashboard/${id.id}`);
    expect(rest.told.map(({ type }) => type)).toEqual(['ENTITY_CREATED', 'ENTITY_UPDATED', 'ENTITY_DELETED']);
    expect(rest.told[1]).toMatchObject({ originator: id, data: { title: 'Told again', configuration: '' }, metadata: { entityType: 'DASHBOARD' } });
  });
});
