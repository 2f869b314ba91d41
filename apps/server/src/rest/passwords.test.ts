// Goal: signing in, first passwords and lost ones answer row by row as rest-api.md §3.1 says, and no secret shows up
// anywhere. Method: a running API over memory stores; links are read from the mail that was sent.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

const email = 'one@fieldline.local';
const post = (path: string, body: unknown, token?: string) => rest.call('POST', path, { body, token });
const login = (password: string, username = email) => post('/api/auth/login', { username, password });
const refusal = (status: number, errorCode: number, message: string) => ({ status, body: { status, errorCode, message } });
const setPolicy = (passwordPolicy: object, more: object = {}) => post('/api/admin/securitySettings', { passwordPolicy, ...more }, rest.system);
const auditOf = async (tenantId = rest.one.tenantId) =>
  (await rest.entities.findAll('auditLog', tenantId, {}, 1000)).map(({ actionType, status }) => `${actionType} ${status}`);

async function newUser(address = 'new@fieldline.local') {
  const made = await post('/api/user?sendActivationMail=true', { email: address, authority: 'TENANT_ADMIN' }, rest.admin);
  const link = /http\S+/.exec(rest.mails.at(-1)?.text ?? '')?.[0] ?? '';
  return { id: made.body.id.id as string, link, activateToken: new URL(link).searchParams.get('activateToken') ?? '' };
}

async function lostPassword(address = email) {
  const before = rest.mails.length;
  expect(await post('/api/noauth/resetPasswordByEmail', { email: address })).toMatchObject({ status: 200, text: '' });
  await expect.poll(() => rest.mails.length).toBe(before + 1);
  const link = /http\S+/.exec(rest.mails.at(-1)?.text ?? '')?.[0] ?? '';
  return { link, resetToken: new URL(link).searchParams.get('resetToken') ?? '' };
}

describe('POST /api/auth/login', () => {
  it('records sign-in and sign-out with the address of the client', async () => {
    const { body } = await login(rest.password);
    expect((await post('/api/auth/logout', '', body.token)).status).toBe(200);
    const records = await rest.entities.findAll('auditLog', rest.one.tenantId, {}, 100);
    const last = records
      .slice(-2)
      .map(({ actionType, entityType, userName, status, actionData }) => ({ actionType, entityType, userName, status, actionData }));
    const about = { entityType: 'USER', userName: email, status: 'SUCCESS', actionData: { clientAddress: '127.0.0.1' } };
    expect(last).toEqual([
      { actionType: 'LOGIN', ...about },
      { actionType: 'LOGOUT', ...about },
    ]);
  });

  it('locks after the wrong passwords that the settings allow, says so by mail and in the log, and opens again', async () => {
    await setPolicy({}, { maxFailedLoginAttempts: 3, userLockoutNotificationEmail: 'guard@fieldline.local' });
    for (let n = 0; n < 3; n += 1) expect(await login('wrong')).toMatchObject(refusal(401, 10, 'Invalid username or password'));
    expect(await login(rest.password)).toMatchObject(refusal(401, 10, 'User account is locked due to security policy'));
    expect(rest.mails).toEqual([expect.objectContaining({ to: 'guard@fieldline.local', subject: `User ${email} is locked` })]);
    expect((await auditOf()).slice(-4)).toEqual(['LOGIN FAILURE', 'LOGIN FAILURE', 'LOGIN FAILURE', 'LOCKOUT SUCCESS']);
    rest.passTime(5 * 60_000);
    expect((await login(rest.password)).status).toBe(200);
  });

  it('keeps a disabled user out, whose tokens stay void', async () => {
    const { id, activateToken } = await newUser();
    const { body } = await post('/api/noauth/activate', { activateToken, password: 'first password' });
    const enable = (isEnabled: boolean) => post(`/api/user/${id}/userCredentialsEnabled?userCredentialsEnabled=${isEnabled}`, '', rest.admin);
    expect((await enable(false)).status).toBe(200);
    expect(await login('first password', 'new@fieldline.local')).toMatchObject(refusal(401, 10, 'User account is not active'));
    await enable(true);
    expect(await rest.call('GET', '/api/auth/user', { token: body.token })).toMatchObject(refusal(401, 11, 'Token has expired'));
    expect((await login('first password', 'new@fieldline.local')).status).toBe(200);
  });

  it('refuses a password that the policy does not allow any more with 45, where the policy says so', async () => {
    await setPolicy({ minimumDigits: 3 });
    expect((await login(rest.password)).status).toBe(200);
    await setPolicy({ minimumDigits: 3, forceUserToResetPasswordIfNotValid: true });
    expect(await login(rest.password)).toMatchObject({ status: 401, body: { errorCode: 45 } });
  });

  it('refuses a password that is too old with 15, and the token to set another', async () => {
    await setPolicy({ passwordExpirationPeriodDays: 30 });
    expect((await login(rest.password)).status).toBe(200);
    rest.passTime(31 * 86_400_000);
    const expired = await login(rest.password);
    expect(expired).toMatchObject({ status: 401, body: { errorCode: 15, resetToken: expect.stringMatching(/^\w{30}$/) } });
    expect((await post('/api/noauth/resetPassword', { resetToken: expired.body.resetToken, password: 'another password' })).status).toBe(200);
    expect((await login('another password')).status).toBe(200);
  });
});

describe('POST /api/auth/login/public', () => {
  const customer = async (isPublic: boolean) => {
    const id = isPublic ? '00000000-0000-7000-8000-00000000aaaa' : '00000000-0000-7000-8000-00000000bbbb';
    const entity = { id, tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, name: id, isPublic };
    await rest.entities.write([{ change: 'insert', kind: 'customer', entity }]);
    return id;
  };

  it('gives tokens of nobody in particular, that read and change nothing', async () => {
    const id = await customer(true);
    const { status, body } = await post('/api/auth/login/public', { publicId: id });
    expect(status).toBe(200);
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ sub: id, isPublic: true, scopes: ['CUSTOMER_USER'], customerId: id, tenantId: rest.one.tenantId, enabled: true });
    expect((await rest.call('GET', '/api/auth/user', { token: body.token })).body).toMatchObject({ authority: 'CUSTOMER_USER', customerId: { id } });
    const renewed = await post('/api/auth/token', { refreshToken: body.refreshToken });
    expect((await rest.call('GET', '/api/users?pageSize=10&page=0', { token: renewed.body.token })).body.data).toEqual([]);
    expect((await post('/api/auth/changePassword', { currentPassword: 'a', newPassword: 'b' }, body.token)).status).toBe(403);
    expect((await post('/api/user/settings', { a: 1 }, body.token)).status).toBe(403);
    expect((await post('/api/apiKey', {}, body.token)).status).toBe(404);
    expect((await post('/api/auth/logout', '', body.token)).status).toBe(200);
  });

  it('is refused for any other id', async () => {
    const ids = [await customer(false), '00000000-0000-7000-8000-00000000cccc', 'no uuid', '', undefined];
    for (const publicId of ids)
      expect(await post('/api/auth/login/public', { publicId })).toMatchObject(refusal(401, 10, 'Invalid username or password'));
  });
});

describe('GET /api/noauth/userPasswordPolicy', () => {
  it('tells the policy to anybody: first 6 to 72 characters, then what was set', async () => {
    const preset = {
      minimumLength: 6,
      maximumLength: 72,
      minimumUppercaseLetters: null,
      minimumLowercaseLetters: null,
      minimumDigits: null,
      minimumSpecialCharacters: null,
      allowWhitespaces: true,
      forceUserToResetPasswordIfNotValid: false,
      passwordExpirationPeriodDays: null,
      passwordReuseFrequencyDays: null,
    };
    expect((await rest.call('GET', '/api/noauth/userPasswordPolicy')).body).toEqual(preset);
    await setPolicy({ minimumDigits: 2, allowWhitespaces: false });
    expect((await rest.call('GET', '/api/noauth/userPasswordPolicy')).body).toEqual({ ...preset, minimumDigits: 2, allowWhitespaces: false });
  });
});

describe('activation', () => {
  it('GET /api/noauth/activate leads to the page for the password; unknown 409, expired elsewhere', async () => {
    const { link, activateToken } = await newUser();
    expect(link).toBe(`${rest.base}/api/noauth/activate?activateToken=${activateToken}`);
    const open = () => rest.call('GET', `/api/noauth/activate?activateToken=${activateToken}`);
    const first = await open();
    expect([first.status, first.headers.get('location')]).toEqual([303, `/login/createPassword?activateToken=${activateToken}`]);
    expect(await rest.call('GET', '/api/noauth/activate?activateToken=unknown')).toMatchObject({ status: 409 });
    rest.passTime(24 * 3_600_000);
    const late = await open();
    expect([late.status, late.headers.get('location')]).toEqual([303, '/activationLinkExpired']);
    expect(await post('/api/noauth/activate', { activateToken, password: 'first password' })).toMatchObject(
      refusal(400, 31, 'Activation token expired'),
    );
  });

  it('POST /api/noauth/activate sets the password once, signs in, and says so by mail', async () => {
    const { activateToken } = await newUser();
    expect(await login('', 'new@fieldline.local')).toMatchObject({ status: 401 });
    expect(await post('/api/noauth/activate', { activateToken, password: 'short' })).toMatchObject(
      refusal(400, 31, 'Password must be 6 or more characters in length.'),
    );
    const { status, body } = await post('/api/noauth/activate?sendActivationMail=true', { activateToken, password: 'first password' });
    expect([status, Object.keys(body)]).toEqual([200, ['token', 'refreshToken']]);
    expect((await rest.call('GET', '/api/auth/user', { token: body.token })).body.email).toBe('new@fieldline.local');
    expect(rest.mails.map(({ subject }) => subject)).toEqual(['Activate your account', 'Your account is active']);
    expect(await post('/api/noauth/activate', { activateToken, password: 'first password' })).toMatchObject({ status: 400 });
    expect(await post('/api/noauth/activate', { activateToken: '', password: 'first password' })).toMatchObject({ status: 400 });
    expect((await auditOf()).slice(-2)).toEqual(['ADDED SUCCESS', 'ACTIVATED SUCCESS']);
  });

  it('lets only one of two set the password with the same link', async () => {
    const { activateToken } = await newUser();
    const tries = await Promise.all(['one password', 'two password'].map((password) => post('/api/noauth/activate', { activateToken, password })));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

describe('lost passwords', () => {
  it('POST /api/noauth/resetPasswordByEmail answers 200 whoever it is, and sends at most five mails an hour', async () => {
    for (const body of [{ email: 'nobody@fieldline.local' }, {}, { email: '' }]) {
      expect(await post('/api/noauth/resetPasswordByEmail', body)).toMatchObject({ status: 200, text: '' });
    }
    for (let n = 0; n < 5; n += 1) await lostPassword();
    expect((await post('/api/noauth/resetPasswordByEmail', { email })).status).toBe(200);
    await lostPassword('two@fieldline.local');
    expect(rest.mails.map(({ to }) => to)).toEqual([...Array<string>(5).fill(email), 'two@fieldline.local']);
    rest.passTime(3_900_000);
    await lostPassword();
  });

  it('GET /api/noauth/resetPassword leads to the page; unknown 409, expired elsewhere, 429 after five', async () => {
    const { link, resetToken } = await lostPassword();
    expect(link).toBe(`http://localhost:8080/api/noauth/resetPassword?resetToken=${resetToken}`);
    const open = () => rest.call('GET', `/api/noauth/resetPassword?resetToken=${resetToken}`);
    for (let n = 0; n < 5; n += 1) {
      const answer = await open();
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/login/resetPassword?resetToken=${resetToken}`]);
    }
    expect(await open()).toMatchObject({ status: 429, body: { errorCode: 33 } });
    expect(await rest.call('GET', '/api/noauth/resetPassword?resetToken=unknown')).toMatchObject({ status: 409 });
    rest.passTime(24 * 3_600_000);
    const late = await open();
    expect([late.status, late.headers.get('location')]).toEqual([303, '/passwordResetLinkExpired']);
    expect(await post('/api/noauth/resetPassword', { resetToken, password: 'another password' })).toMatchObject(
      refusal(400, 31, 'Password reset token expired'),
    );
  });

  it('POST /api/noauth/resetPassword sets the password once and voids older tokens; the token is kept as a hash', async () => {
    const { resetToken } = await lostPassword();
    const [stored] = (await rest.entities.findAll('userCredentials', rest.one.tenantId, {}, 10)).filter((one) => one.resetToken !== undefined);
    expect(stored?.resetToken).toMatch(/^[0-9a-f]{64}$/);
    const reset = (token: string, password: string) => post('/api/noauth/resetPassword', { resetToken: token, password });
    expect(await reset('unknown', 'another password')).toMatchObject(refusal(400, 31, 'Invalid reset token!'));
    expect(await reset(stored?.resetToken ?? '', 'another password')).toMatchObject(refusal(400, 31, 'Invalid reset token!'));
    expect(await reset(resetToken, rest.password)).toMatchObject(refusal(400, 31, 'New password should be different from existing!'));
    expect((await reset(resetToken, 'x')).status).toBe(400);
    expect(await reset(resetToken, 'another password')).toMatchObject({ status: 200, text: '' });
    expect(await reset(resetToken, 'third password')).toMatchObject(refusal(400, 31, 'Invalid reset token!'));
    expect(await rest.call('GET', '/api/auth/user', { token: rest.admin })).toMatchObject(refusal(401, 11, 'Token has expired'));
    expect((await login('another password')).status).toBe(200);
    const log = JSON.stringify(await rest.entities.findAll('auditLog', rest.one.tenantId, {}, 1000));
    for (const secret of [resetToken, 'another password', 'argon2id']) expect(log).not.toContain(secret);
  });

  it('refuses passwords used before for as long as the policy says', async () => {
    await setPolicy({ passwordReuseFrequencyDays: 10 });
    const change = async (currentPassword: string, newPassword: string) => {
      const { token } = (await login(currentPassword)).body;
      return post('/api/auth/changePassword', { currentPassword, newPassword }, token);
    };
    expect((await change(rest.password, 'second password')).status).toBe(200);
    expect((await change('second password', 'third password')).status).toBe(200);
    expect(await change('third password', rest.password)).toMatchObject(refusal(400, 31, 'Password was already used for the last 10 days'));
    rest.passTime(11 * 86_400_000);
    expect((await change('third password', rest.password)).status).toBe(200);
  });

  it('sends links to the address that was set, whatever host a request names', async () => {
    const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const lose = async () => {
      const before = rest.mails.length;
      await rest.call('POST', '/api/noauth/resetPasswordByEmail', { body: { email }, headers: forged });
      await expect.poll(() => rest.mails.length).toBe(before + 1);
      return rest.mails.at(-1)?.text ?? '';
    };
    expect(await lose()).toContain('http://localhost:8080/api/noauth/resetPassword?');
    const general = { baseUrl: 'https://fieldline.example/', prohibitDifferentUrl: false };
    expect((await post('/api/admin/settings', { key: 'general', jsonValue: general }, rest.system)).status).toBe(200);
    expect(await lose()).toContain('https://fieldline.example/api/noauth/resetPassword?');
  });
});
