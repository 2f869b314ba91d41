// Goal: long histories, removals and the times to live of tenants and profiles, from the socket down to the disk. Method: the embedded
// server with its threads; what memory stores do is tested in apps/server/src/rest.
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

const POINTS = 200_000;
/** Points of one request: its body stays well below the longest one. */
const AT_ONCE = 50_000;
/** Requests that are left in the middle: more than could ever stand open. */
const LEFT = 200;
const DAY_MS = 86_400_000;
const startMs = Date.now() - 10 * DAY_MS;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;
let deviceId: string;

beforeAll(async () => {
  folder = await temporaryFolder('history');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  deviceId = (await client.createDevices('history', 1))[0]?.id ?? '';
  for (let from = 0; from < POINTS; from += AT_ONCE) {
    await save(Array.from({ length: AT_ONCE }, (_, n) => ({ ts: startMs + (from + n) * 1_000, values: { t: (from + n) / 8, n: from + n } })));
  }
});
afterAll(async () => {
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

type Series = Record<string, { readonly ts: number; readonly value: string | null }[]>;
const path = (rest: string): string => `/api/plugins/telemetry/DEVICE/${deviceId}/${rest}`;
const save = (body: unknown) => client.request('POST', path('timeseries/ANY'), body);
const read = (query: string) => client.request<Series>('GET', path(`values/timeseries?${query}`));
const all = `startTs=${startMs}&endTs=${Date.now()}`;

/** The answer as it begins to come; nothing of it is read. */
function begun(query: string): Promise<IncomingMessage> {
  const headers = { 'x-authorization': `Bearer ${client.token}` };
  const options = { port: server.ports.http, host: '127.0.0.1', path: path(`values/timeseries?${query}`), agent: false, headers };
  return new Promise((resolve, reject) => httpGet(options, resolve).on('error', reject));
}

test('a history of many points arrives whole, in either order', async () => {
  const { t, n } = await read(`keys=t,n&${all}&limit=1000000&orderBy=ASC`);
  expect([t?.length, n?.length]).toEqual([POINTS, POINTS]);
  expect(t?.every(({ ts, value }, place) => ts === startMs + place * 1_000 && Number(value) === place / 8)).toBe(true);
  const newest = await read(`keys=n&${all}&limit=20000`);
  expect(newest['n']?.map(({ value }) => Number(value))).toEqual(Array.from({ length: 20_000 }, (_, place) => POINTS - 1 - place));
});

test('clients that go away in the middle leave nothing behind: as many as there may be reads, and more', async () => {
  for (let n = 0; n < LEFT; n += 1) (await begun(`keys=t,n&${all}&limit=1000000`)).destroy();
  const { n } = await read(`keys=n&${all}&limit=10000`);
  expect(n).toHaveLength(10_000);
  expect(server.log()).not.toMatch(/HISTORY_|answer-broken-off|history-read-failed/);
});

test('slow clients hold up nobody else', async () => {
  const slow = await Promise.all(Array.from({ length: 4 }, () => begun(`keys=t,n&${all}&limit=1000000`)));
  const { n } = await read(`keys=n&${all}&agg=COUNT&interval=${20 * DAY_MS}`);
  expect(n?.map(({ value }) => value)).toEqual([String(POINTS)]);
  for (const answer of slow) expect(JSON.parse((await answer.setEncoding('utf8').toArray()).join(''))['t']).toHaveLength(POINTS);
});

test('what is removed is gone, also after a restart, and the newest point before it is the latest', async () => {
  const from = startMs + (POINTS - 1_000) * 1_000;
  await client.request('DELETE', path(`timeseries/delete?keys=n&startTs=${from}&endTs=${Date.now()}&rewriteLatestIfDeleted=true`));
  const expected = { ts: from - 1_000, value: String(POINTS - 1_001) };
  const check = async (): Promise<void> => {
    expect((await read('keys=n'))['n']).toEqual([expected]);
    expect((await read(`keys=n&${all}&limit=1`))['n']).toEqual([expected]);
    expect((await read(`keys=t&${all}&limit=1`))['t']?.[0]?.value).toBe(`${(POINTS - 1) / 8}`);
  };
  await check();
  await stopServer(server);
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  await check();
});

test('points live as long as the profile of the tenant says, from its change on and after a restart; the latest value stays', async () => {
  const system = await TenantClient.signIn(server.ports.http, 'sysadmin@fieldline.local');
  await save({ ts: Date.now(), values: { fresh: 1 } });
  const { id } = await system.request<{ id: { id: string } }>('GET', '/api/tenantProfileInfo/default');
  const profile = await system.request<{ profileData: { configuration: object } }>('GET', `/api/tenantProfile/${id.id}`);
  Object.assign(profile.profileData.configuration, { defaultStorageTtlDays: 1 });
  await system.request('POST', '/api/tenantProfile', profile);
  const check = async (): Promise<void> => {
    const left = await read(`keys=t,n,fresh&startTs=${startMs}&endTs=${Date.now() + 1}&limit=1000000`);
    expect(Object.entries(left).map(([key, points]) => [key, points.length])).toEqual([['fresh', 1]]);
    expect((await read('keys=t'))['t']?.[0]?.value).toBe(`${(POINTS - 1) / 8}`);
  };
  await check();
  await stopServer(server);
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  await check();
});

test('points live as long as the profile of the device says, and as the message says before that', async () => {
  type Profile = { readonly id: { readonly id: string }; readonly telemetryTtlDays?: number };
  const kept = await client.request<Profile>('POST', '/api/deviceProfile', { name: 'kept', type: 'DEFAULT', transportType: 'DEFAULT' });
  const device = { name: 'kept-1', deviceProfileId: kept.id };
  const { id } = await client.request<{ id: { id: string } }>('POST', '/api/device?accessToken=kept-1', device);
  const telemetry = `/api/plugins/telemetry/DEVICE/${id.id}`;
  const old = Date.now() - 5 * DAY_MS;
  /** Sends one point as the device and two over REST, all of five days ago; the tenant keeps points for one. */
  const send = async (name: string): Promise<void> => {
    const body = (key: string) => ({ ts: old, values: { [key]: 1 } });
    const uplink = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body(`${name}-device`)) };
    expect((await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/kept-1/telemetry`, uplink)).status).toBe(200);
    await client.request('POST', `${telemetry}/timeseries/ANY`, body(`${name}-rest`));
    await client.request('POST', `${telemetry}/timeseries/ANY/${(6 * DAY_MS) / 1_000}`, body(`${name}-message`));
  };
  const left = async (name: string): Promise<readonly string[]> => {
    const keys = ['device', 'rest', 'message'].map((from) => `${name}-${from}`).join(',');
    // The latest value stays whatever its age: it tells when the point of the device has come through its rule chain.
    await expect.poll(async () => Object.keys(await client.request<Series>('GET', `${telemetry}/values/timeseries?keys=${keys}`))).toHaveLength(3);
    return Object.keys(await client.request<Series>('GET', `${telemetry}/values/timeseries?keys=${keys}&startTs=${old}&endTs=${old + 1}`)).sort();
  };
  const saveDays = async (telemetryTtlDays: number): Promise<void> => {
    const stored = await client.request<Profile>('GET', `/api/deviceProfile/${kept.id.id}`);
    expect(await client.request<Profile>('POST', '/api/deviceProfile', { ...stored, telemetryTtlDays })).toMatchObject(
      telemetryTtlDays === 0 ? { name: 'kept' } : { telemetryTtlDays },
    );
  };
  await send('tenant');
  expect(await left('tenant')).toEqual(['tenant-message']);
  await saveDays(30);
  await send('long');
  expect(await left('long')).toEqual(['long-device', 'long-message', 'long-rest']);
  await stopServer(server);
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  await send('again');
  expect(await left('again')).toEqual(['again-device', 'again-message', 'again-rest']);
  await saveDays(2);
  await send('short');
  expect(await left('short')).toEqual(['short-message']);
  expect(await left('long')).toEqual(['long-device', 'long-message', 'long-rest']);
  await saveDays(0);
});
