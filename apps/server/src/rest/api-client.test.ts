import type { TokenPair } from '@fieldline/api-client';
import { ApiFailure, createApiClient, failureOf } from '@fieldline/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

/** A client with its tokens in memory, and what it sent and reported. */
function clientOf(server: RunningRest) {
  const kept: { pair: TokenPair | undefined; signedOut: number; sent: string[] } = { pair: undefined, signedOut: 0, sent: [] };
  const client = createApiClient({
    baseUrl: server.base,
    tokens: { load: () => kept.pair, save: (pair) => (kept.pair = pair) },
    onSignedOut: () => (kept.signedOut += 1),
    fetch: (request) => {
      kept.sent.push(`${request.method} ${new URL(request.url).pathname}`);
      return fetch(request);
    },
  });
  return { ...client, kept };
}

describe('the typed client', () => {
  it('signs in, sends the token and reads typed answers', async () => {
    const client = clientOf(rest);
    await client.signIn('one@fieldline.local', rest.password);
    const created = await client.http.POST('/api/device', { body: { name: 'Typed' }, params: { query: { accessToken: 'TYPED' } } });
    expect(created.data?.name).toBe('Typed');
    const page = await client.http.GET('/api/tenant/deviceInfos', { params: { query: { pageSize: 10, page: 0 } } });
    expect(page.data?.data.map((device) => device.name)).toEqual(['Typed']);
    expect(await client.accessToken()).toBe(client.kept.pair?.token);
  });

  it('turns refusals into errors, whatever form their bodies have', async () => {
    const client = clientOf(rest);
    const wrong = await client.signIn('one@fieldline.local', 'wrong').catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(ApiFailure);
    expect(wrong).toMatchObject({ status: 401, errorCode: 10, code: 'IDENTITY_SIGN_IN_REFUSED', message: 'Invalid username or password' });
    await client.signIn('one@fieldline.local', rest.password);
    const params = { path: { entityType: 'DEVICE' as const, entityId: '00000000-0000-7000-8000-0000000000ff' } };
    const { error, response } = await client.http.GET('/api/plugins/telemetry/{entityType}/{entityId}/keys/timeseries', { params });
    expect(failureOf(error, response)).toMatchObject({ status: 404, errorCode: 0, message: "Device with requested id wasn't found!" });
  });

  it('renews an expired token once for all requests that met it, and repeats them with their bodies', async () => {
    const late = await startRest();
    const client = clientOf(late);
    await client.signIn('one@fieldline.local', late.password);
    late.passTime(9_010_000);
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => client.http.POST('/api/device', { body: { name } })));
    expect(answers.map(({ data }) => data?.name)).toEqual(['a', 'b', 'c']);
    expect(client.kept.sent.filter((one) => one === 'POST /api/auth/token')).toHaveLength(1);
    late.passTime(604_800_000);
    const { response } = await client.http.GET('/api/auth/user');
    expect([response.status, client.kept.signedOut, client.kept.pair]).toEqual([401, 1, undefined]);
    await late.close();
  });

  it('forgets its tokens at sign-out, and the server refuses them', async () => {
    const client = clientOf(rest);
    await client.signIn('two@fieldline.local', rest.password);
    const token = client.kept.pair?.token;
    await client.signOut();
    expect(client.kept.pair).toBeUndefined();
    expect((await rest.call('GET', '/api/auth/user', { token })).status).toBe(401);
    expect(await client.accessToken()).toBeUndefined();
  });
});
