import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argon2Hasher } from '../security/argon2-hasher.js';
import { controllers, allRoutes } from './controllers.js';
import { RouteTable } from './route-table.js';
import { failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest({ hasher: argon2Hasher() });
});
afterAll(() => rest.close());

const unused = '00000000-0000-7000-8000-0000000000ff';

describe('signing in', () => {
  it('gives a pair of tokens, and the user they stand for', async () => {
    const { status, body } = await rest.call('POST', '/api/auth/login', { body: { username: 'one@fieldline.local', password: rest.password } });
    expect([status, Object.keys(body)]).toEqual([200, ['token', 'refreshToken']]);
    for (const header of ['x-authorization', 'authorization']) {
      const user = await rest.call('GET', '/api/auth/user', { headers: { [header]: `Bearer ${body.token}` } });
      expect(user).toMatchObject({
        status: 200,
        body: { email: 'one@fieldline.local', name: 'one@fieldline.local', authority: 'TENANT_ADMIN', firstName: null },
      });
      expect(user.body.customerId).toEqual({ entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' });
    }
    const both = { 'x-authorization': `Bearer ${body.token}`, authorization: 'Bearer nonsense' };
    expect((await rest.call('GET', '/api/auth/user', { headers: both })).status).toBe(200);
  });

  it.each([
    [{ username: 'one@fieldline.local', password: 'wrong' }, 'Invalid username or password'],
    [{ username: 'nobody@fieldline.local', password: 'wrong' }, 'Invalid username or password'],
    [{ username: 'one@fieldline.local', password: '' }, 'Authentication failed'],
    [{}, 'Authentication failed'],
  ])('with %j is refused', async (body, message) => {
    expect(await rest.call('POST', '/api/auth/login', { body })).toMatchObject(failure(401, 10, message));
  });

  it('asks for POST', async () => {
    expect(await rest.call('GET', '/api/auth/login')).toMatchObject(failure(401, 10, 'Authentication method not supported'));
  });

  it('is renewed by the refresh token only', async () => {
    const { body } = await rest.call('POST', '/api/auth/login', { body: { username: 'one@fieldline.local', password: rest.password } });
    const renewed = await rest.call('POST', '/api/auth/token', { body: { refreshToken: body.refreshToken } });
    expect((await rest.call('GET', '/api/auth/user', { token: renewed.body.token })).status).toBe(200);
    expect((await rest.call('POST', '/api/auth/token', { body: { refreshToken: body.token } })).status).toBe(401);
    expect((await rest.call('GET', '/api/auth/user', { token: body.refreshToken })).status).toBe(401);
    expect((await rest.call('POST', '/api/auth/token', { body: {} })).status).toBe(400);
  });

  it('ends with sign-out, also of an empty JSON body, and with the refresh token', async () => {
    const { body } = await rest.call('POST', '/api/auth/login', { body: { username: 'two@fieldline.local', password: rest.password } });
    expect(await rest.call('POST', '/api/auth/logout', { token: body.token, body: '' })).toMatchObject({ status: 200, text: '' });
    expect(await rest.call('GET', '/api/auth/user', { token: body.token })).toMatchObject(failure(401, 11, 'Token has expired'));
    expect(await rest.call('POST', '/api/auth/token', { body: { refreshToken: body.refreshToken } })).toMatchObject(
      failure(401, 11, 'Token has expired'),
    );
  });

  it('changes a password', async () => {
    const token = await rest.signIn('customer@fieldline.local');
    const change = (currentPassword: string, newPassword: string) =>
      rest.call('POST', '/api/auth/changePassword', { token, body: { currentPassword, newPassword } });
    expect(await change('wrong', 'another one')).toMatchObject(failure(400, 31, "Current password doesn't match!"));
    expect(await change(rest.password, rest.password)).toMatchObject(failure(400, 31, 'New password should be different from existing!'));
    expect((await change(rest.password, 'x')).status).toBe(400);
  });
});

describe('every route', () => {
  const routes = allRoutes();
  const pathOf = (path: string) =>
    path.replace(':entityType', 'DEVICE').replace(':scope', 'SERVER_SCOPE').replace(':componentType', 'FILTER').replace(/:\w+/g, unused);

  it('declares a permission', () => {
    expect(routes.filter(({ permission }) => permission === undefined)).toEqual([]);
    expect(routes.filter(({ permission }) => permission === 'public').map(({ path }) => path)).toEqual([
      '/api/auth/login',
      '/api/auth/login/public',
      '/api/auth/token',
      '/api/noauth/userPasswordPolicy',
      '/api/noauth/activate',
      '/api/noauth/activate',
      '/api/noauth/resetPasswordByEmail',
      '/api/noauth/resetPassword',
      '/api/noauth/resetPassword',
      '/api/health',
    ]);
    expect(controllers.length).toBeGreaterThan(5);
  });

  it.each(routes.filter(({ permission }) => permission !== 'public').map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s refuses who is not signed in, or was too long ago',
    async (_, { method, path }) => {
      const url = pathOf(path);
      expect(await rest.call(method, url)).toMatchObject(failure(401, 10, 'Authentication failed'));
      expect(await rest.call(method, url, { headers: { authorization: 'Basic dTpw' } })).toMatchObject(failure(401, 10, 'Authentication failed'));
      expect(await rest.call(method, url, { token: 'not-a-token' })).toMatchObject(failure(401, 10, 'Invalid username or password'));
      const forged = rest.admin.slice(0, -8) + 'AAAAAAAA';
      expect(await rest.call(method, url, { token: forged })).toMatchObject(failure(401, 11, 'Token has expired'));
    },
  );

  it('refuses a token when its time is over', async () => {
    const late = await startRest();
    late.passTime(9_001_000);
    expect(await late.call('GET', '/api/auth/user', { token: late.admin })).toMatchObject(failure(401, 11, 'Token has expired'));
    await late.close();
  });
});

describe('what is no route', () => {
  it('answers 404, 405, 415, 413 and 400 in the form of the API, without a stack', async () => {
    const json = { 'content-type': 'application/json' };
    const answers = {
      404: await rest.call('GET', '/api/nothing/here'),
      405: await rest.call('DELETE', '/api/alarms'),
      415: await rest.call('POST', '/api/device', { token: rest.admin, body: '<a/>', headers: { 'content-type': 'application/xml' } }),
      400: await rest.call('POST', '/api/device', { token: rest.admin, body: '{"name":', headers: json }),
    };
    expect(answers[404]).toMatchObject(failure(404, 32, "Requested item wasn't found!"));
    expect(answers[405]).toMatchObject(failure(405, 31, 'This path has no such method, only GET.'));
    expect(answers[415]).toMatchObject(failure(415, 31, 'Send the body as application/json.'));
    expect(answers[400].body).toMatchObject({ status: 400, errorCode: 31 });
    for (const { text } of Object.values(answers)) expect(text).not.toMatch(/at .*\.(ts|js)|node_modules/);
    const large = await rest.call('POST', '/api/device', { token: rest.admin, body: `{"name":"${'x'.repeat(16_777_216)}"}`, headers: json });
    expect([large.status, large.body]).toEqual([413, 'Payload size exceeds the limit of 16777216 bytes']);
  });

  it('hides what it does not understand of itself', async () => {
    const broken = await startRest();
    broken.entities.page = () => Promise.reject(new Error('secret detail'));
    const { status, text } = await broken.call('GET', '/api/ruleChains?pageSize=1&page=0', { token: broken.admin });
    expect([status, text.includes('secret')]).toEqual([500, false]);
    await broken.close();
  });

  it('names the methods of a path', () => {
    const table = new RouteTable(allRoutes());
    expect(table.methodsOf('/api/device/abc')).toEqual(['DELETE', 'GET']);
    expect(table.methodsOf('/api/device/abc/')).toEqual(['DELETE', 'GET']);
    expect(table.methodsOf('/elsewhere')).toEqual([]);
  });
});
