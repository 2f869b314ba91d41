// Goal: home dashboards are chosen and found as rest-api.md §19 says. Method: each rule over HTTP, against memory stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownCustomer, startWithCustomers } from './customers.fixture.js';
import { denied } from './refusals.fixture.js';
import type { RunningRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startWithCustomers();
});
afterAll(() => rest.close());

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const create = async (title: string, more: object = {}) => (await call('POST', '/api/dashboard', { title, ...more })).body;
const shown = (customerId: string, title: string) => ({ customerId: { entityType: 'CUSTOMER', id: customerId }, title, public: false });

describe('home dashboards', () => {
  it('are those of the user, else of the customer, else of the tenant, where they may be read', async () => {
    const home = async (token = rest.admin) => (await call('GET', '/api/dashboard/home', undefined, token)).body;
    const info = async (token = rest.admin) => (await call('GET', '/api/dashboard/home/info', undefined, token)).body;
    expect([await home(), await info(), await home(rest.system), await info(rest.system)]).toEqual(['', '', '', '']);
    expect((await call('GET', '/api/tenant/dashboard/home/info')).body).toEqual({ dashboardId: null, hideDashboardToolbar: true });

    const [dashboard, theirs] = [await create('Home'), await create('Home of theirs', { assignedCustomers: [shown(ownCustomer, '')] })];
    const chosen = { dashboardId: dashboard.id, hideDashboardToolbar: false };
    expect(await call('POST', '/api/tenant/dashboard/home/info', chosen)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', '/api/tenant/dashboard/home/info')).body).toEqual(chosen);
    expect(await home()).toEqual({ ...dashboard, hideDashboardToolbar: false });
    expect(await info()).toEqual(chosen);
    expect(await home(rest.customer)).toBe('');

    const customer = await rest.entities.find('customer', rest.one.tenantId, ownCustomer);
    if (customer === undefined) throw new Error('no customer');
    const ofCustomer = { ...customer, additionalInfo: { homeDashboardId: theirs.id.id } };
    await rest.entities.write([{ change: 'update', kind: 'customer', entity: ofCustomer }]);
    expect(await info(rest.customer)).toEqual({ dashboardId: theirs.id, hideDashboardToolbar: true });

    const user = await rest.entities.userByEmail('one@fieldline.local');
    if (user === undefined) throw new Error('no user');
    const ofUser = { ...user, additionalInfo: { homeDashboardId: theirs.id.id, homeDashboardHideToolbar: true } };
    await rest.entities.write([{ change: 'update', kind: 'user', entity: ofUser }]);
    expect(await info()).toEqual({ dashboardId: theirs.id, hideDashboardToolbar: true });

    const none = { dashboardId: null, hideDashboardToolbar: true };
    expect((await call('POST', '/api/tenant/dashboard/home/info', {})).status).toBe(200);
    expect((await call('GET', '/api/tenant/dashboard/home/info')).body).toEqual(none);
  });

  it('of the tenant are its administrators to choose, among its own dashboards', async () => {
    const path = '/api/tenant/dashboard/home/info';
    for (const token of [rest.customer, rest.system]) {
      expect(await call('GET', path, undefined, token)).toMatchObject(denied);
      expect(await call('POST', path, {}, token)).toMatchObject(denied);
    }
    const { id } = await create('Not theirs');
    expect(await call('POST', path, { dashboardId: id }, rest.stranger)).toMatchObject(denied);
    expect((await call('POST', path, { dashboardId: { id: ownCustomer } })).status).toBe(404);
  });
});
