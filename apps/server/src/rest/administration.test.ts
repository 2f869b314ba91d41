// Goal: settings of the system answer as rest-api.md §27 and §28 say, are the system administrator's only, and give no secret
// away. Method: a running API over memory stores.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

const systemTenant = '13814000-1dd2-11b2-8080-808080808080';
const send = (method: string, path: string, body?: unknown, token = rest.system) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.system) => send('GET', path, undefined, token);
const keptText = async () => JSON.stringify(await rest.entities.findAll('auditLog', systemTenant as typeof rest.one.tenantId, {}, 100));

describe('GET|POST /api/admin/settings', () => {
  it('general is preset, and saved with its key in the body or in the path', async () => {
    const preset = await get('/api/admin/settings/general');
    expect(preset.body).toEqual({
      id: null,
      createdTime: 0,
      tenantId: { entityType: 'TENANT', id: systemTenant },
      key: 'general',
      jsonValue: { baseUrl: 'http://localhost:8080', prohibitDifferentUrl: false },
    });
    const jsonValue = { baseUrl: 'https://fieldline.example', prohibitDifferentUrl: true };
    const saved = await send('POST', '/api/admin/settings', { key: 'general', jsonValue: { ...jsonValue, unknown: 1 } });
    expect(saved.body).toMatchObject({ id: { entityType: 'ADMIN_SETTINGS' }, key: 'general', jsonValue });
    expect((await get('/api/admin/settings/general')).body).toEqual(saved.body);
    const again = await send('POST', '/api/admin/settings/general', { jsonValue: { ...jsonValue, prohibitDifferentUrl: false } });
    expect(again.body).toMatchObject({ id: saved.body.id, jsonValue: { prohibitDifferentUrl: false } });
    expect((await send('POST', '/api/admin/settings', { key: 'general', jsonValue: { baseUrl: 'javascript:alert(1)' } })).status).toBe(400);
    expect((await get('/api/admin/settings/other')).status).toBe(400);
  });

  it('mail keeps its password when it is left out, and never tells it', async () => {
    expect(await get('/api/admin/settings/mail')).toMatchObject({ status: 404, body: { errorCode: 32 } });
    const mail = { mailFrom: 'a@b.c', smtpHost: 'localhost', smtpPort: '2525', enableTls: 'false', username: 'u', password: 'mail secret' };
    const saved = await send('POST', '/api/admin/settings', { key: 'mail', jsonValue: mail });
    expect(saved.body.jsonValue).toMatchObject({ mailFrom: 'a@b.c', smtpPort: 2525, enableTls: false, username: 'u', smtpProtocol: 'smtp' });
    for (const answer of [saved, await get('/api/admin/settings/mail')]) expect(answer.text).not.toMatch(/secret|password/);
    const { password: _, ...rested } = mail;
    await send('POST', '/api/admin/settings', { key: 'mail', jsonValue: { ...rested, mailFrom: 'other@b.c' } });
    const [stored] = await rest.entities.findAll('adminSettings', systemTenant as typeof rest.one.tenantId, { key: 'mail' }, 1);
    expect(stored?.value).toMatchObject({ mailFrom: 'other@b.c', password: 'mail secret' });
    expect(await keptText()).not.toContain('mail secret');
    const wrong = await send('POST', '/api/admin/settings', { key: 'mail', jsonValue: { smtpPort: 0, enableOauth2: true } });
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringMatching(/mailFrom.*smtpHost.*smtpPort.*enableOauth2/) } });
    expect((await get('/api/admin/featuresInfo')).body).toMatchObject({ emailEnabled: true, smsEnabled: false });
  });

  it('testMail sends the caller a mail', async () => {
    const jsonValue = { mailFrom: 'a@b.c', smtpHost: 'localhost', smtpPort: 2525 };
    expect((await send('POST', '/api/admin/settings/testMail', { key: 'mail', jsonValue })).status).toBe(200);
    expect(rest.mails).toEqual([expect.objectContaining({ to: 'system@fieldline.local', subject: 'Test mail' })]);
    expect((await send('POST', '/api/admin/settings/testMail', { jsonValue: {} })).status).toBe(400);
  });
});

describe('GET|POST /api/admin/securitySettings', () => {
  it('is preset and saved', async () => {
    expect((await get('/api/admin/securitySettings')).body).toMatchObject({
      passwordPolicy: { minimumLength: 6, maximumLength: 72 },
      maxFailedLoginAttempts: null,
      userLockoutNotificationEmail: null,
    });
    const passwordPolicy = { minimumLength: 8, minimumDigits: 1 };
    const saved = await send('POST', '/api/admin/securitySettings', { passwordPolicy, maxFailedLoginAttempts: 5 });
    expect(saved.body).toMatchObject({ passwordPolicy, maxFailedLoginAttempts: 5 });
    expect((await get('/api/admin/securitySettings')).body).toEqual(saved.body);
  });

  it.each([
    { minimumLength: 5 },
    { maximumLength: 73 },
    { minimumLength: 20, maximumLength: 10 },
    { maximumLength: 8, minimumDigits: 5, minimumUppercaseLetters: 5 },
    { passwordReuseFrequencyDays: -1 },
  ])('refuses the policy %j', async (passwordPolicy) => {
    expect((await send('POST', '/api/admin/securitySettings', { passwordPolicy })).status).toBe(400);
  });
});

describe('GET|POST /api/admin/jwtSettings', () => {
  const jwt = { tokenExpirationTime: 600, refreshTokenExpTime: 1200, tokenIssuer: 'example' };

  it('changes how tokens are made; all there were are void, and the answer holds new ones', async () => {
    expect((await get('/api/admin/jwtSettings')).body).toEqual({
      ...{ tokenExpirationTime: 9000, refreshTokenExpTime: 604800, tokenIssuer: 'fieldline' },
      tokenSigningKey: '***',
    });
    const tokenSigningKey = randomBytes(64).toString('base64');
    const { status, body } = await send('POST', '/api/admin/jwtSettings', { ...jwt, tokenSigningKey });
    expect(status).toBe(200);
    for (const token of [rest.system, rest.admin, rest.customer]) expect((await get('/api/auth/user', token)).body.errorCode).toBe(11);
    const shown = await get('/api/admin/jwtSettings', body.token);
    expect(shown.body).toEqual({ ...jwt, tokenSigningKey: '***' });
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect([claims.iss, claims.exp - claims.iat]).toEqual(['example', 600]);
    expect((await send('POST', '/api/auth/token', { refreshToken: body.refreshToken })).status).toBe(200);
    const again = await send('POST', '/api/admin/jwtSettings', { ...shown.body, tokenIssuer: 'other' }, body.token);
    expect((await get('/api/auth/user', body.token)).status).toBe(401);
    expect((await get('/api/auth/user', again.body.token)).status).toBe(200);
    expect(await keptText()).not.toContain(tokenSigningKey);
    const [stored] = await rest.entities.findAll('adminSettings', systemTenant as typeof rest.one.tenantId, { key: 'jwtSettings' }, 1);
    expect(stored?.value['tokenSigningKey']).toBe(tokenSigningKey);
    rest.passTime(603_000);
    expect((await get('/api/auth/user', again.body.token)).body.errorCode).toBe(11);
  });

  it.each([
    { tokenSigningKey: 'c2hvcnQ=' },
    { tokenSigningKey: '!'.repeat(100) },
    { refreshTokenExpTime: 600 },
    { tokenExpirationTime: 1 },
    { tokenIssuer: ' ' },
  ])('refuses %j', async (wrong) => {
    expect((await send('POST', '/api/admin/jwtSettings', { ...jwt, ...wrong })).status).toBe(400);
    expect((await get('/api/auth/user')).status).toBe(200);
  });
});

describe('information about the server', () => {
  it('GET systemInfo and featuresInfo for the system administrator', async () => {
    const { body } = await get('/api/admin/systemInfo');
    expect(body).toMatchObject({ monolith: true, systemData: [{ cpuCount: expect.any(Number), totalMemory: expect.any(Number) }] });
    expect((await get('/api/admin/featuresInfo')).body.emailEnabled).toBe(false);
  });

  it('GET /api/system/info and /api/system/params for everybody', async () => {
    await send('POST', '/api/user/settings', { theme: 'dark' }, rest.customer);
    expect((await get('/api/system/info', rest.customer)).body).toEqual({ version: '0.0.0', artifact: 'fieldline', name: 'Fieldline', type: 'CE' });
    expect((await get('/api/system/params', rest.customer)).body).toMatchObject({
      ...{ userTokenAccessEnabled: false, maxDatapointsLimit: 50000, maxDebugModeDurationMinutes: 15, edgesSupportEnabled: false },
      userSettings: { theme: 'dark' },
    });
    expect((await get('/api/system/params', rest.admin)).body.userTokenAccessEnabled).toBe(true);
  });

  it("is the system administrator's business where it says so", async () => {
    const paths = ['settings/general', 'securitySettings', 'jwtSettings', 'systemInfo', 'featuresInfo'];
    for (const token of [rest.admin, rest.customer])
      for (const path of paths) expect(await get(`/api/admin/${path}`, token)).toMatchObject({ status: 403, body: { errorCode: 20 } });
    expect((await send('POST', '/api/admin/jwtSettings', {}, rest.admin)).status).toBe(403);
    expect((await send('POST', '/api/admin/settings', { key: 'general', jsonValue: {} }, rest.admin)).status).toBe(403);
  });
});
