// Goal: API keys act as their user, are told once, and end when they should (rest-api.md §3.2, §27). Method: a running API over
// memory stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const withKey = (value: string, header = 'x-authorization') => rest.call('GET', '/api/auth/user', { headers: { [header]: `ApiKey ${value}` } });
const idOf = async (token: string) => (await send('GET', '/api/auth/user', undefined, token)).body.id.id as string;
const denied = { status: 403, body: { errorCode: 20 } };
const refused = { status: 401, body: { errorCode: 10, message: 'Authentication failed' } };

describe('API keys', () => {
  it('are told once, and act as their user in either header', async () => {
    const made = await send('POST', '/api/apiKey', { description: 'For the script', expirationTime: 0 });
    const userId = { entityType: 'USER', id: await idOf(rest.admin) };
    const info = {
      id: { entityType: 'API_KEY', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      ...{ userId, expirationTime: 0, description: 'For the script', enabled: true, expired: false },
    };
    expect(made.body).toEqual({ ...info, value: expect.stringMatching(/^\w{48}$/) });
    const { value } = made.body;
    for (const header of ['x-authorization', 'authorization']) expect((await withKey(value, header)).body.email).toBe('one@fieldline.local');
    expect((await rest.call('GET', '/api/auth/user', { headers: { 'x-iamcore-api-key': value } })).body.email).toBe('one@fieldline.local');
    const list = await send('GET', `/api/apiKeys/${userId.id}?pageSize=10&page=0`);
    expect(list.body).toEqual({ data: [info], totalPages: 1, totalElements: 1, hasNext: false });
    const kept = JSON.stringify([
      await rest.entities.findAll('apiKey', rest.one.tenantId, {}, 10),
      await rest.entities.findAll('auditLog', rest.one.tenantId, {}, 100),
    ]);
    expect(kept).not.toContain(value);
    const [record] = await rest.entities.findAll('auditLog', rest.one.tenantId, { entityId: made.body.id.id }, 10);
    expect(record).toMatchObject({ actionType: 'ADDED', actionData: { diff: { valueHash: { to: '***' } } } });
  });

  it('stop when they are disabled, removed or over, or when their user is', async () => {
    const key = async (more: object = {}) => (await send('POST', '/api/apiKey', more)).body;
    const one = await key();
    const path = `/api/apiKey/${one.id.id}`;
    expect((await send('PUT', `${path}/enabled/false`)).body).toMatchObject({ enabled: false });
    expect(await withKey(one.value)).toMatchObject(refused);
    expect((await send('PUT', `${path}/enabled/true`)).body).toMatchObject({ enabled: true });
    expect((await send('PUT', `${path}/description`, '"Another"')).body).toMatchObject({ description: 'Another' });
    expect((await withKey(one.value)).status).toBe(200);
    expect((await send('DELETE', path)).status).toBe(200);
    expect(await withKey(one.value)).toMatchObject(refused);
    expect((await send('DELETE', path)).status).toBe(404);
    const short = await key({ expirationTime: rest.clock.nowMs() + 60_000 });
    expect((await withKey(short.value)).status).toBe(200);
    rest.passTime(60_001);
    expect(await withKey(short.value)).toMatchObject(refused);
    expect((await send('POST', '/api/apiKey', { expirationTime: 1 })).status).toBe(400);
    const ofCustomer = await send('POST', '/api/apiKey', { userId: { id: await idOf(rest.customer) } });
    await send('POST', `/api/user/${await idOf(rest.customer)}/userCredentialsEnabled?userCredentialsEnabled=false`, '');
    expect(await withKey(ofCustomer.body.value)).toMatchObject(refused);
  });

  it('are refused in any other form', async () => {
    const { value } = (await send('POST', '/api/apiKey', {})).body;
    for (const wrong of [`${value}x`, 'x', 'x'.repeat(5000), value.toLowerCase()]) expect(await withKey(wrong)).toMatchObject(refused);
    expect(await rest.call('GET', '/api/auth/user', { headers: { 'x-authorization': 'ApiKey ' } })).toMatchObject(refused);
    expect((await rest.call('GET', '/api/auth/user', { headers: { 'x-authorization': `Bearer ${value}` } })).status).toBe(401);
  });

  it('are the business of whoever may change their user', async () => {
    const [admin, customer] = [await idOf(rest.admin), await idOf(rest.customer)];
    const { id } = (await send('POST', '/api/apiKey', {})).body.id;
    const attempts = [
      ['GET', `/api/apiKeys/${admin}?pageSize=1&page=0`],
      ['PUT', `/api/apiKey/${id}/enabled/false`],
      ['PUT', `/api/apiKey/${id}/description`, '"x"'],
      ['DELETE', `/api/apiKey/${id}`],
      ['POST', '/api/apiKey', { userId: { id: admin } }],
    ] as const;
    for (const token of [rest.stranger, rest.customer])
      for (const [method, path, body] of attempts) expect(await send(method, path, body, token)).toMatchObject(denied);
    expect((await send('GET', `/api/apiKeys/${customer}?pageSize=1&page=0`, undefined, rest.customer)).status).toBe(200);
    expect(await send('POST', '/api/apiKey', { userId: { id: customer } }, rest.system)).toMatchObject(denied);
  });

  it('are at most a hundred a user', async () => {
    const keys = await Promise.all(Array.from({ length: 100 }, () => send('POST', '/api/apiKey', {}, rest.system)));
    expect(keys.every(({ status }) => status === 200)).toBe(true);
    expect(await send('POST', '/api/apiKey', {}, rest.system)).toMatchObject({ status: 400, body: { message: 'A user may have 100 API keys.' } });
  });
});
