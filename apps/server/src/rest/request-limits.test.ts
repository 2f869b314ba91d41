// Goal: requests of tenants and customers keep to the limits of the tenant profile, at once after it changed (rest-api.md §2,
// last row). Method: a running API over memory stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.system) => rest.call(method, path, { token, body });
const ask = (token: string) => rest.call('GET', '/api/auth/user', { token });
const tooMany = (whose: string) => ({ status: 429, body: { status: 429, errorCode: 33, message: `Too many requests for current ${whose}!` } });
const setLimits = (configuration: object) =>
  send('POST', '/api/tenantProfile', { name: 'Limited', default: true, profileData: { configuration: { type: 'DEFAULT', ...configuration } } });

describe('rate limits of requests', () => {
  it('count a tenant with its customers, and leave other tenants and the system alone', async () => {
    const saved = await setLimits({ tenantServerRestLimitsConfiguration: '3:60,100:3600' });
    expect(saved.status).toBe(200);
    for (const token of [rest.admin, rest.customer, rest.admin]) expect((await ask(token)).status).toBe(200);
    expect(await ask(rest.admin)).toMatchObject(tooMany('tenant'));
    expect(await ask(rest.customer)).toMatchObject(tooMany('tenant'));
    expect(await rest.call('GET', '/api/plugins/telemetry/DEVICE/x/keys/timeseries', { token: rest.admin })).toMatchObject(tooMany('tenant'));
    for (let n = 0; n < 5; n += 1) expect((await ask(rest.system)).status).toBe(200);
    expect((await ask(rest.stranger)).status).toBe(200);
    rest.passTime(64_000);
    expect((await ask(rest.admin)).status).toBe(200);
  });

  it('count a customer by itself, and follow the profile at once', async () => {
    const saved = await setLimits({ customerServerRestLimitsConfiguration: '2:60' });
    for (let n = 0; n < 2; n += 1) expect((await ask(rest.customer)).status).toBe(200);
    expect(await ask(rest.customer)).toMatchObject(tooMany('customer'));
    for (let n = 0; n < 5; n += 1) expect((await ask(rest.admin)).status).toBe(200);
    const profileData = { configuration: { type: 'DEFAULT', customerServerRestLimitsConfiguration: '' } };
    expect((await send('POST', '/api/tenantProfile', { ...saved.body, profileData })).status).toBe(200);
    expect((await ask(rest.customer)).status).toBe(200);
  });

  it('cannot be saved where nobody can read them', async () => {
    expect((await setLimits({ tenantServerRestLimitsConfiguration: 'often' })).status).toBe(400);
  });
});
