// Goal: users get in by a link, and out by a switch, as rest-api.md §14 says. Method: each rule over HTTP, against memory stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWithCustomers } from './customers.fixture.js';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

const nobody = '00000000-0000-7000-8000-0000000000ff';
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

describe('activation of users', () => {
  it('GET activationLink and activationLinkInfo, until the user is active', async () => {
    const id = (await send('POST', noMail, { email: 'new@fieldline.local', authority: 'TENANT_ADMIN' })).body.id.id;
    const link = await get(`/api/user/${id}/activationLink`);
    expect([link.headers.get('content-type'), link.text]).toEqual([
      expect.stringMatching(/^text\/plain/),
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/noauth\/activate\?activateToken=\w{30}$/),
    ]);
    const info = (await get(`/api/user/${id}/activationLinkInfo`)).body;
    expect(info).toEqual({ value: link.text, ttlMs: expect.any(Number) });
    expect(info.ttlMs).toBeGreaterThan(86_000_000);
    rest.passTime(86_400_000);
    const renewed = await rest.signIn('one@fieldline.local');
    expect((await get(`/api/user/${id}/activationLink`, renewed)).text).not.toBe(link.text);
    expect(await get(`/api/user/${id}/activationLink`, rest.stranger)).toMatchObject({ status: 401 });
    const admin = await idOf(renewed);
    expect(await get(`/api/user/${admin}/activationLink`, renewed)).toMatchObject(refusal(400, 31, 'User is already activated!'));
  });

  it('POST sendActivationMail, for own users only', async () => {
    await send('POST', noMail, { email: 'new@fieldline.local', authority: 'TENANT_ADMIN' });
    const ask = (email: string, token = rest.admin) => send('POST', `/api/user/sendActivationMail?email=${email}`, '', token);
    expect((await ask('new@fieldline.local')).status).toBe(200);
    expect(rest.mails.at(-1)).toMatchObject({ to: 'new@fieldline.local', text: expect.stringContaining('/api/noauth/activate?activateToken=') });
    expect(await ask('new@fieldline.local', rest.stranger)).toMatchObject(denied);
    expect(await ask('one@fieldline.local')).toMatchObject(refusal(400, 31, 'User is already activated!'));
    expect((await ask('nobody@fieldline.local')).status).toBe(404);
  });

  it('POST userCredentialsEnabled asks for a password first', async () => {
    const id = (await send('POST', noMail, { email: 'new@fieldline.local', authority: 'TENANT_ADMIN' })).body.id.id;
    expect(await send('POST', `/api/user/${id}/userCredentialsEnabled`, '')).toMatchObject(
      refusal(400, 31, 'Enabled user credentials should have password!'),
    );
    expect(await send('POST', `/api/user/${id}/userCredentialsEnabled`, '', rest.stranger)).toMatchObject(denied);
  });

  it('GET token gives tokens of the user, unless it is turned off', async () => {
    const id = await idOf(rest.customer);
    const { body } = await get(`/api/user/${id}/token`);
    expect((await get('/api/auth/user', body.token)).body.email).toBe('customer@fieldline.local');
    expect((await get('/api/user/tokenAccessEnabled')).body).toBe(true);
    const [record] = (await rest.entities.findAll('auditLog', rest.one.tenantId, { entityId: id }, 100)).slice(-1);
    expect(record).toMatchObject({ actionType: 'LOGIN', userName: 'one@fieldline.local', actionData: { impersonatedBy: 'one@fieldline.local' } });
    expect(await get(`/api/user/${id}/token`, rest.stranger)).toMatchObject(denied);
    expect(await get(`/api/user/${id}/token`, rest.system)).toMatchObject(denied);
    expect(await get(`/api/user/${id}/token`, rest.customer)).toMatchObject(denied);
    expect((await get(`/api/user/${await idOf(rest.admin)}/token`, rest.system)).status).toBe(200);
    const inactive = (await send('POST', noMail, { email: 'new@fieldline.local', authority: 'TENANT_ADMIN' })).body.id.id;
    expect((await get(`/api/user/${inactive}/token`)).status).toBe(400);
    const strict = await startRest({ userTokenAccessEnabled: false });
    expect(await strict.call('GET', `/api/user/${nobody}/token`, { token: strict.admin })).toMatchObject(denied);
    expect((await strict.call('GET', '/api/user/tokenAccessEnabled', { token: strict.admin })).body).toBe(false);
    await strict.close();
  });
});
