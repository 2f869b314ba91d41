// Goal: users answer row by row as rest-api.md §14 says, to everybody who may ask. Method: a running API over memory stores.
import type { AlarmSeverity } from '@fieldline/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { otherCustomer, ownCustomer, startWithCustomers } from './customers.fixture.js';
import type { RunningRest } from './rest.fixture.js';

const nobody = '00000000-0000-7000-8000-0000000000ff';
const paged = 'pageSize=10&page=0';
const noMail = '/api/user?sendActivationMail=false';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startWithCustomers();
});
afterEach(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const refusal = (status: number, errorCode: number, message: string) => ({ status, body: { status, errorCode, message } });
const denied = refusal(403, 20, "You don't have permission to perform this operation!");
const idOf = async (token: string) => (await get('/api/auth/user', token)).body.id.id as string;
const emailsOf = (answer: { body: { data: { email: string }[] } }) => answer.body.data.map(({ email }) => email).sort();
const customerUser = (email: string, id = ownCustomer) => ({ email, authority: 'CUSTOMER_USER', customerId: { entityType: 'CUSTOMER', id } });

describe('POST /api/user', () => {
  it('creates a user that may not sign in yet, sends the link, and tells the rule chain without secrets', async () => {
    const made = await send('POST', '/api/user', {
      email: ' new@fieldline.local ',
      authority: 'TENANT_ADMIN',
      firstName: 'N',
      additionalInfo: { a: 1 },
    });
    const id = made.body.id.id;
    expect(made.body).toEqual({
      id: { entityType: 'USER', id },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: { entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' },
      ...{ email: 'new@fieldline.local', name: 'new@fieldline.local', authority: 'TENANT_ADMIN' },
      ...{ firstName: 'N', lastName: null, phone: null, version: 1, additionalInfo: { a: 1 } },
    });
    expect(rest.mails.map(({ to }) => to)).toEqual(['new@fieldline.local']);
    expect(rest.told.map(({ type, originator, data }) => ({ type, originator, data }))).toEqual([
      { type: 'ENTITY_CREATED', originator: { entityType: 'USER', id }, data: made.body },
    ]);
    expect(await rest.call('POST', '/api/auth/login', { body: { username: 'new@fieldline.local', password: 'x' } })).toMatchObject({ status: 401 });
    const changed = await send('POST', '/api/user', { ...made.body, email: 'renamed@fieldline.local', lastName: 'M' });
    expect(changed.body).toMatchObject({ email: 'renamed@fieldline.local', lastName: 'M', firstName: 'N', version: 2 });
    expect(await send('POST', '/api/user', made.body)).toMatchObject({ status: 409, body: { errorCode: 35 } });
    expect(rest.mails.length).toBe(1);
  });

  it.each([
    [{}, 'User email should be specified!'],
    [{ email: 'no email', authority: 'TENANT_ADMIN' }, "Invalid email address format 'no email'!"],
    [{ email: 'TWO@fieldline.local', authority: 'TENANT_ADMIN' }, "User with email 'TWO@fieldline.local' already present in database!"],
    [{ email: 'a@b.cd' }, "User authority isn't defined!"],
    [customerUser('a@b.cd', ''), 'customerId.id must be a UUID'],
    [{ ...customerUser('a@b.cd'), authority: 'TENANT_ADMIN' }, "Tenant administrator can't be assigned to customer!"],
    [{ email: 'a@b.cd', authority: 'CUSTOMER_USER' }, 'Customer user should be assigned to customer!'],
  ])('refuses %j', async (body, message) => {
    expect(await send('POST', noMail, body)).toMatchObject({ status: 400, body: { errorCode: 31, message: expect.stringContaining(message) } });
  });

  it('changes neither authority nor tenant nor customer', async () => {
    const { body } = await send('POST', noMail, customerUser('a@b.cd'));
    const attempts: [object, string][] = [
      [{ authority: 'TENANT_ADMIN' }, "Can't update user authority!"],
      [{ tenantId: { id: rest.two.tenantId } }, "Can't update user tenant id!"],
      [{ customerId: { id: otherCustomer } }, "Can't update user customer id!"],
      [{ customerId: null }, "Can't update user customer id!"],
    ];
    for (const [change, message] of attempts) expect(await send('POST', noMail, { ...body, ...change })).toMatchObject(refusal(400, 31, message));
  });

  it('lets the system create administrators only, of a tenant that exists; and nobody make a system administrator but it', async () => {
    const make = (body: object, token = rest.system) => send('POST', noMail, body, token);
    const admin = { email: 's@fieldline.local', authority: 'TENANT_ADMIN' };
    expect(await make(admin)).toMatchObject(refusal(400, 31, 'Tenant administrator should be assigned to tenant!'));
    expect((await make({ ...admin, tenantId: { id: nobody } })).status).toBe(400);
    expect((await make({ ...admin, tenantId: { id: rest.two.tenantId } })).body).toMatchObject({ tenantId: { id: rest.two.tenantId } });
    expect(await make(customerUser('c@fieldline.local'))).toMatchObject(denied);
    expect((await make({ email: 'root2@fieldline.local', authority: 'SYS_ADMIN' })).status).toBe(200);
    expect(await make({ email: 'root3@fieldline.local', authority: 'SYS_ADMIN' }, rest.admin)).toMatchObject(denied);
    const own = await make({ ...admin, email: 't@fieldline.local', tenantId: { id: rest.two.tenantId } }, rest.admin);
    expect(own.body.tenantId.id).toBe(rest.one.tenantId);
  });

  it('lets a customer user change itself and nothing else', async () => {
    const me = (await get('/api/auth/user', rest.customer)).body;
    expect((await send('POST', '/api/user', { ...me, firstName: 'Me' }, rest.customer)).body).toMatchObject({ firstName: 'Me' });
    expect(await send('POST', noMail, customerUser('x@fieldline.local'), rest.customer)).toMatchObject(denied);
    const fellow = (await send('POST', noMail, customerUser('fellow@fieldline.local'))).body;
    expect((await get(`/api/user/${fellow.id.id}`, rest.customer)).status).toBe(200);
    expect(await send('POST', '/api/user', { ...fellow, firstName: 'X' }, rest.customer)).toMatchObject(denied);
  });

  it('keeps to the limit of the tenant profile', async () => {
    const entity = { id: nobody, createdAtMs: 1, version: 1, name: 'P', isDefault: true, isIsolated: false, configuration: { maxUsers: 2 } };
    await rest.entities.write([{ change: 'insert', kind: 'tenantProfile', entity: { ...entity, tenantId: '13814000-1dd2-11b2-8080-808080808080' } }]);
    const refused = await send('POST', noMail, customerUser('a@b.cd'));
    expect(refused).toMatchObject({ status: 403, body: { errorCode: 41, entityType: 'USER', limit: 2 } });
  });
});

describe('GET and DELETE /api/user/{id}', () => {
  it('are refused across tenants and customers', async () => {
    const id = await idOf(rest.admin);
    expect(await get(`/api/user/${id}`, rest.stranger)).toMatchObject(denied);
    expect(await get(`/api/user/${id}`, rest.customer)).toMatchObject(denied);
    expect(await send('DELETE', `/api/user/${id}`, undefined, rest.stranger)).toMatchObject(denied);
    expect(await send('DELETE', `/api/user/${id}`, undefined, rest.customer)).toMatchObject(denied);
    expect((await get(`/api/user/${id}`, rest.system)).status).toBe(200);
    expect(await get(`/api/user/${await idOf(rest.customer)}`, rest.system)).toMatchObject(denied);
    expect(await get(`/api/user/${nobody}`)).toMatchObject(refusal(404, 32, `User with id [${nobody}] is not found`));
  });

  it('keep the last administrator of a tenant, and the system administrator from itself', async () => {
    const id = await idOf(rest.admin);
    for (const token of [rest.admin, rest.system])
      expect(await send('DELETE', `/api/user/${id}`, undefined, token)).toMatchObject(
        refusal(400, 31, 'At least one tenant administrator must remain!'),
      );
    const system = await idOf(rest.system);
    expect(await send('DELETE', `/api/user/${system}`, undefined, rest.system)).toMatchObject(
      refusal(403, 20, 'Sysadmin is not allowed to delete himself'),
    );
  });

  it('remove everything that lets the user in, and take its alarms away from it', async () => {
    const id = await idOf(rest.customer);
    const device = (await send('POST', '/api/device', { name: 'D', customerId: { id: ownCustomer } })).body;
    const severity: AlarmSeverity = 'MAJOR';
    const alarm = (await send('POST', '/api/alarm', { type: 'T', originator: device.id, severity })).body;
    expect((await send('POST', `/api/alarm/${alarm.id.id}/assign/${id}`)).status).toBe(200);
    const { value } = (await send('POST', '/api/apiKey', { userId: { id } })).body;
    await send('POST', '/api/user/settings', { a: 1 }, rest.customer);
    expect((await send('DELETE', `/api/user/${id}`)).status).toBe(200);
    expect((await get(`/api/alarm/${alarm.id.id}`)).body.assigneeId).toBeNull();
    expect((await get('/api/auth/user', rest.customer)).status).toBe(401);
    expect((await rest.call('GET', '/api/auth/user', { headers: { 'x-authorization': `ApiKey ${value}` } })).status).toBe(401);
    for (const kind of ['userCredentials', 'apiKey', 'userSettings'] as const) {
      expect(await rest.entities.findAll(kind, rest.one.tenantId, { userId: id }, 10)).toEqual([]);
    }
    expect(rest.told.at(-1)).toMatchObject({ type: 'ENTITY_DELETED', originator: { entityType: 'USER', id } });
  });
});

describe('lists of users', () => {
  it('show an administrator the tenant, a customer user the customer, and nobody else', async () => {
    await send('POST', noMail, customerUser('other@fieldline.local', otherCustomer));
    expect(emailsOf(await get(`/api/users?${paged}`))).toEqual(['customer@fieldline.local', 'one@fieldline.local', 'other@fieldline.local']);
    expect(emailsOf(await get(`/api/users?${paged}`, rest.customer))).toEqual(['customer@fieldline.local']);
    expect(emailsOf(await get(`/api/users?${paged}`, rest.stranger))).toEqual(['two@fieldline.local']);
    expect(await get(`/api/users?${paged}`, rest.system)).toMatchObject(denied);
    const infos = await get(`/api/users/info?${paged}&textSearch=ONE&sortProperty=email&sortOrder=DESC`);
    const info = { id: { entityType: 'USER', id: await idOf(rest.admin) }, email: 'one@fieldline.local', firstName: null, lastName: null };
    expect(infos.body).toEqual({ data: [info], totalPages: 1, totalElements: 1, hasNext: false });
    expect((await get(`/api/users?${paged}&sortProperty=password`)).status).toBe(400);
  });

  it('by id leave out what may not be read', async () => {
    const ids = [await idOf(rest.admin), await idOf(rest.stranger), nobody, await idOf(rest.customer)].join();
    for (const path of ['users', 'users/list']) {
      expect((await get(`/api/${path}?userIds=${ids}`)).body.map(({ email }: { email: string }) => email)).toEqual([
        'one@fieldline.local',
        'customer@fieldline.local',
      ]);
      expect((await get(`/api/${path}?userIds=${ids}`, rest.customer)).body.length).toBe(1);
    }
  });

  it('of a tenant are for the system, of a customer for its tenant', async () => {
    expect(emailsOf(await get(`/api/tenant/${rest.one.tenantId}/users?${paged}`, rest.system))).toEqual(['one@fieldline.local']);
    expect(await get(`/api/tenant/${rest.one.tenantId}/users?${paged}`)).toMatchObject(denied);
    expect(emailsOf(await get(`/api/customer/${ownCustomer}/users?${paged}`))).toEqual(['customer@fieldline.local']);
    expect(await get(`/api/customer/${ownCustomer}/users?${paged}`, rest.stranger)).toMatchObject(denied);
    expect(await get(`/api/customer/${ownCustomer}/users?${paged}`, rest.customer)).toMatchObject(denied);
  });

  it('of those to whom an alarm may be assigned', async () => {
    await send('POST', noMail, customerUser('other@fieldline.local', otherCustomer));
    const alarmOf = async (name: string, customerId?: string) => {
      const device = (await send('POST', '/api/device', { name, ...(customerId === undefined ? {} : { customerId: { id: customerId } }) })).body;
      return (await send('POST', '/api/alarm', { type: 'T', originator: device.id, severity: 'MAJOR' })).body.id.id as string;
    };
    const [ofTenant, ofCustomer] = [await alarmOf('A'), await alarmOf('B', ownCustomer)];
    expect(emailsOf(await get(`/api/users/assign/${ofTenant}?${paged}`))).toEqual(['one@fieldline.local']);
    expect(emailsOf(await get(`/api/users/assign/${ofCustomer}?${paged}`))).toEqual(['customer@fieldline.local', 'one@fieldline.local']);
    const second = await get(`/api/users/assign/${ofCustomer}?pageSize=1&page=1&sortProperty=email&sortOrder=DESC`);
    expect([second.body.data[0].email, second.body.totalElements, second.body.hasNext]).toEqual(['customer@fieldline.local', 2, false]);
    expect(emailsOf(await get(`/api/users/assign/${ofCustomer}?${paged}&textSearch=CUST`))).toEqual(['customer@fieldline.local']);
    expect(emailsOf(await get(`/api/users/assign/${ofCustomer}?${paged}`, rest.customer))).toEqual(['customer@fieldline.local']);
    expect(await get(`/api/users/assign/${ofTenant}?${paged}`, rest.customer)).toMatchObject(denied);
    expect(await get(`/api/users/assign/${ofTenant}?${paged}`, rest.stranger)).toMatchObject(denied);
  });
});
