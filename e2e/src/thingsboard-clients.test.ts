// Goal: scripts written for ThingsBoard work unchanged. Method: two REST clients of others, one from npm and ThingsBoard's
// own from PyPI, against the real server over HTTP.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from './program.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

/** What is used of the npm package; it comes without types that fit its code. */
interface AlarmController {
  getAlarms(token: string, path: object, query: object): Promise<{ totalElements: number; data: { type: string; status: string }[] }>;
}
interface NpmClient {
  readonly instance: unknown;
  loginEndpoint(): { login(body: object): Promise<{ token: string; refreshToken: string }> };
  device(): {
    saveDevice(token: string, query: object, body: object): Promise<{ id: { id: string }; name: string }>;
    getDeviceInfoById(token: string, path: object): Promise<{ name: string; deviceProfileName: string }>;
  };
  telemetry(): {
    saveEntityTelemetry(token: string, path: object, body: object): Promise<unknown>;
    saveEntityAttributesV2(token: string, path: object, body: object): Promise<unknown>;
    getLatestTimeseries(token: string, path: object, query: object): Promise<Record<string, { ts: number; value: string }[]>>;
    getAttributesByScope(token: string, path: object, query: object): Promise<{ key: string; value: unknown }[]>;
  };
}
const npm = createRequire(import.meta.url);
const { ThingsboardApiClient } = npm('thingsboard-api-client') as { ThingsboardApiClient: new (baseURL: string) => NpmClient };
// The package has this controller, but no method that hands it out.
const { default: NpmAlarms } = npm('thingsboard-api-client/lib/controllers/alarm-controller') as {
  default: new (instance: unknown) => AlarmController;
};

let server: RunningServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let base: string;

beforeAll(async () => {
  folder = await temporaryFolder('e2e-thingsboard');
  server = await startServer(folder.path);
  base = `http://127.0.0.1:${server.ports.http}`;
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

test('thingsboard-api-client from npm signs in, creates a device, reads telemetry and alarms', async () => {
  const client = new ThingsboardApiClient(base);
  const { token } = await client.loginEndpoint().login({ username: tenant.email, password: tenant.password });
  const device = await client.device().saveDevice(token, {}, { name: 'From npm', type: 'thermostat' });
  expect(await client.device().getDeviceInfoById(token, { deviceId: device.id.id })).toMatchObject({
    name: 'From npm',
    deviceProfileName: 'thermostat',
  });

  const path = { entityType: 'DEVICE', entityId: device.id.id };
  await client.telemetry().saveEntityTelemetry(token, path, { temperature: 21.5 });
  const latest = await client.telemetry().getLatestTimeseries(token, path, { keys: 'temperature' });
  expect(latest['temperature']).toMatchObject([{ value: '21.5' }]);
  await client.telemetry().saveEntityAttributesV2(token, { ...path, scope: 'SERVER_SCOPE' }, { limit: 30 });
  const attributes = await client.telemetry().getAttributesByScope(token, { ...path, scope: 'SERVER_SCOPE' }, { keys: 'limit' });
  expect(attributes).toMatchObject([{ key: 'limit', value: 30 }]);

  const admin = await TenantClient.signIn(server.ports.http);
  await admin.request('POST', '/api/alarm', { type: 'Hot', originator: device.id, severity: 'MAJOR' });
  const alarms = await new NpmAlarms(client.instance).getAlarms(token, path, { pageSize: 10, page: 0 });
  expect(alarms).toMatchObject({ totalElements: 1, data: [{ type: 'Hot', status: 'ACTIVE_UNACK' }] });
});

test('tb-rest-client, ThingsBoard’s own for Python, works with devices, assets, customers, relations, alarms and queries', async () => {
  const script = fileURLToPath(new URL('thingsboard-rest-client.py', import.meta.url));
  const { code, output } = await runProgram('python3', [script, base, tenant.email, tenant.password], { timeoutMs: 60_000 });
  expect(code, output).toBe(0);
  expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toEqual({
    user: tenant.email,
    device: 'From Python',
    credentials: 'ACCESS_TOKEN',
    latest: { count: 7, temperature: 21.5 },
    attributes: [['limit', 30]],
    assigned: true,
    'of customer': true,
    relation: 'Contains',
    acknowledged: 'ACTIVE_ACK',
    propagated: ['Hot'],
    query: [1, '30'],
    count: 1,
    left: 0,
  });
});
