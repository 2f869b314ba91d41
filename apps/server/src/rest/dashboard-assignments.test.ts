// Goal: dashboards are assigned to customers as rest-api.md §19 says. Method: each rule over HTTP, against memory stores.
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

describe('assignment to customers', () => {
  const assigned = ({ body }: { body: { assignedCustomers: { title: string }[] | null } }) => body.assignedCustomers?.map(({ title }) => title) ?? [];

  it('shows a dashboard to one customer and hides it again, as often as one likes', async () => {
    const { id } = await create('Assigned');
    const path = `/api/customer/${ownCustomer}/dashboard/${id.id}`;
    rest.told.length = 0;
    for (const _ of [1, 2]) expect(assigned(await call('POST', path))).toEqual(['Company A']);
    expect((await call('GET', `/api/dashboard/${id.id}`, undefined, rest.customer)).status).toBe(200);
    for (const _ of [1, 2]) expect(assigned(await call('DELETE', path))).toEqual([]);
    expect((await call('GET', `/api/dashboard/${id.id}`, undefined, rest.customer)).status).toBe(403);
    expect(rest.told.map(({ type, originator, metadata }) => ({ type, originator, metadata }))).toMatchObject([
      { type: 'ENTITY_ASSIGNED', originator: id, metadata: { assignedCustomerId: ownCustomer, assignedCustomerName: 'Company A' } },
      { type: 'ENTITY_UNASSIGNED', originator: id, metadata: { unassignedCustomerId: ownCustomer, unassignedCustomerName: 'Company A' } },
    ]);
    expect(await call('POST', path, undefined, rest.customer)).toMatchObject(denied);
    expect(await call('POST', path, undefined, rest.stranger)).toMatchObject(denied);
    expect(await call('POST', path.replace(ownCustomer, foreignCustomer))).toMatchObject(denied);
    expect((await call('POST', path.replace(ownCustomer, id.id))).body.message).toBe(`Customer with id [${id.id}] is not found`);
    expect((await call('DELETE', path.replace(id.id, otherCustomer))).status).toBe(404);
  });

  it('replaces, adds and removes many customers', async () => {
    const { id } = await create('Many');
    const path = `/api/dashboard/${id.id}/customers`;
    expect(assigned(await call('POST', path, [ownCustomer]))).toEqual(['Company A']);
    expect(assigned(await call('POST', `${path}/add`, [otherCustomer, ownCustomer]))).toEqual(['Company A', 'Company B']);
    expect(assigned(await call('POST', `${path}/remove`, [ownCustomer]))).toEqual(['Company B']);
    expect(assigned(await call('POST', path, [ownCustomer, ownCustomer]))).toEqual(['Company A']);
    expect(await call('POST', path, [foreignCustomer])).toMatchObject(failure(400, 31, "Can't assign dashboard to customer from different tenant!"));
    expect(await call('POST', `${path}/add`, [id.id])).toMatchObject(failure(400, 31, "Can't assign dashboard to non-existent customer!"));
    expect((await call('POST', path, ['nobody'])).status).toBe(400);
    expect(assigned(await call('POST', path, []))).toEqual([]);
    expect(await call('POST', path, [], rest.customer)).toMatchObject(denied);
    const records = await rest.entities.findAll('auditLog', rest.one.tenantId, { entityId: id.id }, 100);
    const types = records.map(({ actionType }) => (actionType === 'ADDED' ? 'made' : actionType === 'ASSIGNED_TO_CUSTOMER' ? '+' : '-'));
    expect(types).toEqual(['made', '+', '+', '-', '+', '-', '-']);
  });

  it('shows a dashboard to everybody', async () => {
    const { id } = await create('Public');
    const path = `/api/customer/public/dashboard/${id.id}`;
    expect(assigned(await call('DELETE', path))).toEqual([]);
    const answer = await call('POST', path);
    expect(answer.body.assignedCustomers).toMatchObject([{ title: 'Public', public: true }]);
    expect(assigned(await call('POST', path))).toEqual(['Public']);
    expect(assigned(await call('DELETE', path))).toEqual([]);
    expect(await call('POST', path, undefined, rest.stranger)).toMatchObject(denied);
  });
});
