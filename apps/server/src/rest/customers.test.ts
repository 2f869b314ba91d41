// Goal: customers answer as rest-api.md §12 says, and give everything back when they go. Method: a running API over memory stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

const own = '00000000-0000-7000-8000-00000000c0c0';
let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
  const entity = { id: own, tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, name: 'Own', isPublic: false };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity }]);
});
afterAll(() => rest.close());

const denied = { status: 403, body: { errorCode: 20, message: "You don't have permission to perform this operation!" } };
const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const paged = 'pageSize=10&page=0';

describe('customers', () => {
  it('POST /api/customer, GET and lists', async () => {
    const made = await send('POST', '/api/customer', {
      title: ' Company A ',
      country: 'UA',
      email: 'a@b.c',
      additionalInfo: { isPublic: true, x: 1 },
    });
    const customerId = made.body.id.id;
    expect(made).toMatchObject({ status: 200 });
    expect(made.body).toEqual({
      id: { entityType: 'CUSTOMER', id: customerId },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      title: 'Company A',
      name: 'Company A',
      ...{ country: 'UA', state: null, city: null, address: null, address2: null, zip: null, phone: null, email: 'a@b.c' },
      externalId: null,
      version: 1,
      additionalInfo: { x: 1 },
    });
    expect((await get(`/api/customer/${customerId}`)).body).toEqual(made.body);
    expect((await get(`/api/customer/${customerId}/shortInfo`)).body).toEqual({ title: 'Company A', isPublic: false });
    const title = await get(`/api/customer/${customerId}/title`);
    expect([title.text, title.headers.get('content-type')]).toEqual(['Company A', expect.stringMatching(/^application\/text/)]);
    expect((await get('/api/tenant/customers?customerTitle=Company%20A')).body).toEqual(made.body);
    expect(await get('/api/tenant/customers?customerTitle=Nobody')).toMatchObject({ status: 404, body: { errorCode: 32 } });
    expect((await get(`/api/customers?${paged}&textSearch=company&sortProperty=title`)).body.data).toEqual([made.body]);
    for (const path of ['customers', 'customers/list'])
      expect((await get(`/api/${path}?customerIds=${customerId},${rest.two.tenantId}`)).body).toEqual([made.body]);
    const changed = await send('POST', '/api/customer', { ...made.body, city: 'Lviv' });
    expect(changed.body).toMatchObject({ city: 'Lviv', version: 2 });
    expect(await send('POST', '/api/customer', made.body)).toMatchObject({ status: 409, body: { errorCode: 35 } });
    expect(rest.told.map(({ type }) => type)).toEqual(['ENTITY_CREATED', 'ENTITY_UPDATED']);
    expect(rest.told[0]).toMatchObject({
      originator: made.body.id,
      data: made.body,
      metadata: { entityName: 'Company A', userEmail: 'one@fieldline.local' },
    });
  });

  it.each([
    { body: {}, message: 'Customer title should be specified!' },
    { body: { title: 'Company A' }, message: 'Customer with such title already exists!' },
    { body: { title: 'Public' }, message: "'Public' title for customer is system reserved!" },
    { body: { title: 'x', phone: 'y'.repeat(256) }, message: 'Validation error: phone length must be equal or less than 255' },
  ])('POST /api/customer refuses: $message', async ({ body, message }) => {
    expect(await send('POST', '/api/customer', body)).toMatchObject({ status: 400, body: { errorCode: 31, message } });
  });

  it('POST /api/customer with nameConflictPolicy=UNIQUIFY appends a suffix', async () => {
    const uniquify = '/api/customer?nameConflictPolicy=UNIQUIFY&uniquifyStrategy=INCREMENTAL&uniquifySeparator=-';
    const titles = [];
    for (let n = 0; n < 3; n += 1) titles.push((await send('POST', uniquify, { title: 'Twin' })).body.title);
    expect(titles).toEqual(['Twin', 'Twin-1', 'Twin-2']);
  });

  it('are for their own users to read, and for nobody of another tenant', async () => {
    const { body: other } = await send('POST', '/api/customer', { title: 'Other' });
    expect((await get(`/api/customer/${own}`, rest.customer)).body).toMatchObject({ title: 'Own' });
    expect(await get(`/api/customer/${other.id.id}`, rest.customer)).toMatchObject(denied);
    expect((await get(`/api/customers?customerIds=${own},${other.id.id}`, rest.customer)).body.map(({ title }: { title: string }) => title)).toEqual([
      'Own',
    ]);
    expect(await get(`/api/customers?${paged}`, rest.customer)).toMatchObject(denied);
    expect(await send('POST', '/api/customer', { id: { id: own }, title: 'Mine' }, rest.customer)).toMatchObject(denied);
    for (const token of [rest.stranger, rest.system]) {
      expect(await get(`/api/customer/${own}`, token)).toMatchObject(denied);
      expect(await send('DELETE', `/api/customer/${own}`, undefined, token)).toMatchObject(denied);
    }
    expect((await get(`/api/customers?${paged}`, rest.stranger)).body.totalElements).toBe(0);
    const nowhere = '00000000-0000-7000-8000-00000000ffff';
    expect(await get(`/api/customer/${nowhere}`)).toMatchObject({ status: 404, body: { message: `Customer with id [${nowhere}] is not found` } });
  });

  it('DELETE /api/customer/{id} unassigns what it has and removes its users', async () => {
    const { body: customer } = await send('POST', '/api/customer', { title: 'Leaving' });
    const customerId = customer.id.id;
    const { body: device } = await send('POST', '/api/device', { name: 'Lent', customerId: customer.id });
    const { body: asset } = await send('POST', '/api/asset', { name: 'Lent', customerId: customer.id });
    const head = { tenantId: rest.one.tenantId, createdAtMs: 1, version: 1 };
    const dashboard = { ...head, id: '00000000-0000-7000-8000-0000000000d1', name: 'D', isHiddenOnMobile: false, customerIds: [own, customerId] };
    const user = {
      ...head,
      id: '00000000-0000-7000-8000-0000000000e1',
      customerId,
      email: 'leaving@fieldline.local',
      authority: 'CUSTOMER_USER',
    } as const;
    const { isEnabled, passwordHash = '' } = (await rest.entities.findAll('userCredentials', rest.one.tenantId, {}, 1))[0] ?? { isEnabled: true };
    const credentials = {
      ...head,
      id: '00000000-0000-7000-8000-0000000000e2',
      userId: user.id,
      isEnabled,
      passwordHash,
      passwordChangedAtMs: 0,
      failedAttempts: 0,
    };
    await rest.entities.write([
      { change: 'insert', kind: 'dashboard', entity: dashboard },
      { change: 'insert', kind: 'user', entity: user },
      { change: 'insert', kind: 'userCredentials', entity: credentials },
    ]);
    const token = await rest.signIn(user.email);
    expect((await get(`/api/device/${device.id.id}`, token)).status).toBe(200);
    expect((await send('DELETE', `/api/customer/${customerId}`)).status).toBe(200);
    const none = { entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' };
    expect((await get(`/api/device/${device.id.id}`)).body.customerId).toEqual(none);
    expect((await get(`/api/asset/${asset.id.id}`)).body.customerId).toEqual(none);
    expect(await rest.entities.find('dashboard', rest.one.tenantId, dashboard.id)).toMatchObject({ customerIds: [own] });
    expect(await rest.entities.find('user', rest.one.tenantId, user.id)).toBeUndefined();
    expect(await rest.entities.count('userCredentials', rest.one.tenantId, { userId: user.id })).toBe(0);
    expect((await get('/api/auth/user', token)).status).toBe(401);
    expect((await get(`/api/customer/${customerId}`)).status).toBe(404);
  });
});

describe('the public customer', () => {
  it('is made with the first device that is made public, and says that it is public', async () => {
    const { body: device } = await send('POST', '/api/device', { name: 'Shown' });
    const shown = (await send('POST', `/api/customer/public/device/${device.id.id}`)).body;
    const customer = (await get(`/api/customer/${shown.customerId.id}`)).body;
    expect(customer).toMatchObject({ title: 'Public', additionalInfo: { isPublic: true } });
    expect((await get(`/api/customer/${shown.customerId.id}/shortInfo`)).body).toEqual({ title: 'Public', isPublic: true });
    expect((await send('POST', '/api/customer', { ...customer, additionalInfo: null })).body.additionalInfo).toEqual({ isPublic: true });
    expect((await get(`/api/device/info/${device.id.id}`)).body).toMatchObject({ customerTitle: 'Public', customerIsPublic: true });
  });
});
