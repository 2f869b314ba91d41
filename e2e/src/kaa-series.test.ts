// Goal: what Kaa endpoints send becomes the points of kaa.md §5, and is found through EPTS and the ThingsBoard API. Method: the
// conformance cases K23 to K43 of kaa.md §13.2 over HTTP and MQTT against a running server, each with an endpoint of its own.
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
const profiles = new Map<string, object>();

beforeAll(async () => {
  folder = await temporaryFolder('kaa-series');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
  for (const name of ['bsd9-v1', 'bsd9-v2', 'car1-v1']) {
    const { id } = await admin.request<{ id: object }>('POST', '/api/deviceProfile', { name, type: 'DEFAULT', transportType: 'DEFAULT' });
    profiles.set(name, id);
  }
  await configure('bsd9', { 'auto-extract': true });
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

const configs = '/tekton/api/v1/app-configs/applications';
const service = 'serviceInstanceName=epts';
const configure = (application: string, series: object): Promise<object> =>
  admin.request('PUT', `${configs}/${application}?${service}`, { epts: { kaa: { applications: { [application]: { 'time-series': series } } } } });

interface Endpoint {
  readonly id: string;
  readonly token: string;
  readonly application: string;
  readonly version: string;
}
let endpoints = 0;

async function endpoint(version: string): Promise<Endpoint> {
  endpoints += 1;
  const token = `Token${endpoints}`;
  const body = { name: `Endpoint ${endpoints}`, deviceProfileId: profiles.get(version) };
  const { id } = await admin.request<{ id: { id: string } }>('POST', `/api/device?accessToken=${token}`, body);
  return { id: id.id, token, application: version.split('-')[0] ?? '', version };
}

/** Sends as `curl` does; the status and the body that is answered. */
async function send({ version, token }: Endpoint, resource: string, body: unknown): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`http://127.0.0.1:${server.ports.http}/kp1/${version}/dcx/${token}/${resource}`, { method: 'POST', body: text });
  return `${answer.status} ${answer.status === 200 ? await answer.text() : ''}`.trim();
}

type Points = Readonly<Record<string, readonly { readonly timestamp: string; readonly values: Readonly<Record<string, unknown>> }[]>>;

/** All points of an endpoint, by series. */
async function points({ id, application }: Endpoint): Promise<Points> {
  const base = `/epts/api/v1/applications/${application}/time-series`;
  const names = Object.keys((await admin.request<Record<string, Points>>('GET', `${base}/last?endpointId=${id}`))[id] ?? {});
  if (names.length === 0) return {};
  const query = `endpointId=${id}&fromDate=2000-01-01T00:00:00Z&toDate=2100-01-01T00:00:00Z`;
  const elements = await admin.request<Record<string, Points>[]>('GET', `${base}/data?timeSeriesName=${names.join(',')}&${query}`);
  return Object.assign({}, ...elements.map((element) => element[id])) as Points;
}

/** Values of the points, by series. */
async function values(of: Endpoint): Promise<Readonly<Record<string, readonly object[]>>> {
  return Object.fromEntries(Object.entries(await points(of)).map(([name, list]) => [name, list.map((point) => point.values)]));
}
const one = (value: number): readonly object[] => [{ value }];

test.each([
  ['K23', [{ key: 'value' }, 15, ['an', 'array', 13]], {}],
  ['K24', { temperature: 23 }, { 'auto~temperature': one(23) }],
  ['K26', [], {}],
  [
    'K27',
    { a: 1, b: 2.5, c: '3', d: true, e: null, f: { g: 1 }, h: [1], 'k l': 4, 'm.n': 5, 'p-q': 6, R_s: -7, z: 0 },
    { 'auto~a': one(1), 'auto~b': one(2.5), 'auto~p-q': one(6), 'auto~R_s': one(-7), 'auto~z': one(0) },
  ],
  ['K28', { FUELLEVEL: 1, fuelLevel: 2 }, { 'auto~FUELLEVEL': one(1), 'auto~fuelLevel': one(2) }],
])('%s: a payload becomes series', async (_name, payload, expected) => {
  const sender = await endpoint('bsd9-v1');
  expect(await send(sender, 'json/7', payload)).toBe('200');
  expect(await values(sender)).toEqual(expected);
});

test('K25: samples that are no objects are taken and give no series', async () => {
  const sender = await endpoint('bsd9-v1');
  for (const payload of [[[85, 34]], [85, 34], 5, true, '"x"']) expect(await send(sender, 'json', payload)).toBe('200');
  expect(await values(sender)).toEqual({});
});

test('K29: samples of one payload have one time, that of its receipt', async () => {
  const sender = await endpoint('bsd9-v1');
  const before = Date.now();
  await send(sender, 'json', [{ t: 1 }, { h: 2 }]);
  const { 'auto~t': t, 'auto~h': h } = await points(sender);
  expect(t?.[0]?.timestamp).toBe(h?.[0]?.timestamp);
  expect(Math.abs(Date.parse(t?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('K31, K32, K33: plain data', async () => {
  const sender = await endpoint('bsd9-v1');
  expect([await send(sender, 'plain/altitude/4', '2061'), await send(sender, 'plain/distance', '20m')]).toEqual(['200', '200']);
  expect(await send(sender, 'plain/distance/4', 'far')).toBe('400');
  expect(await values(sender)).toEqual({ 'auto~altitude-value': one(2061), 'auto~distance-value': one(20) });
});

test('K35, K36: a version has its own series or those of its application, from the next payload on', async () => {
  const [first, second] = [await endpoint('bsd9-v1'), await endpoint('bsd9-v2')];
  const versions = { 'bsd9-v2': { 'time-series': { 'auto-extract': true } } };
  await admin.request('PUT', `${configs}/bsd9/app-versions/bsd9-v2?${service}`, { epts: { kaa: { applications: { bsd9: { versions } } } } });
  await configure('bsd9', { 'auto-extract': false });
  for (const sender of [first, second]) expect(await send(sender, 'json', { temperature: 23 })).toBe('200');
  expect([await values(first), await values(second)]).toEqual([{}, { 'auto~temperature': one(23) }]);
  await configure('bsd9', { 'auto-extract': true });
  await send(first, 'json', { temperature: 24 });
  expect(await values(first)).toEqual({ 'auto~temperature': one(24) });
});

test('K37: values of a series are one point, and keys of the ThingsBoard API', async () => {
  const [latitude, longitude] = [
    { path: 'location.lat', name: 'latitude', type: 'number' },
    { path: '$.location.lon', name: 'longitude', type: 'number' },
  ];
  await configure('car1', { names: { location: { values: [latitude, longitude] } } });
  const car = await endpoint('car1-v1');
  expect(await send(car, 'json/1', { location: { lat: 50.45, lon: 30.52 } })).toBe('200');
  expect(await values(car)).toEqual({ location: [{ latitude: 50.45, longitude: 30.52 }] });
  const path = `/api/plugins/telemetry/DEVICE/${car.id}/values/timeseries?keys=location.latitude,location.longitude&useStrictDataTypes=true`;
  expect(await admin.request('GET', path)).toMatchObject({ 'location.latitude': [{ value: 50.45 }], 'location.longitude': [{ value: 30.52 }] });
});

test('K38: a configured series stands beside that of auto-extraction', async () => {
  await configure('car1', { 'auto-extract': true, names: { fuel: { values: [{ path: 'fuelLevel', type: 'number' }] } } });
  const car = await endpoint('car1-v1');
  await send(car, 'json', { fuelLevel: 99.4 });
  expect(await values(car)).toEqual({ fuel: one(99.4), 'auto~fuelLevel': one(99.4) });
});

test('K39, K40: the time of a sample, or that of receipt where it has none', async () => {
  const timestamp = { path: 'timestamp', format: 'millis-unix-epoch', 'fallback-strategy': 'server-timestamp' };
  await configure('car1', { 'auto-extract': true, timestamp });
  const [own, none] = [await endpoint('car1-v1'), await endpoint('car1-v1')];
  await send(own, 'json', { timestamp: 1555230312868, temperature: 98 });
  expect(await points(own)).toEqual({ 'auto~temperature': [{ timestamp: '2019-04-14T08:25:12.868Z', values: { value: 98 } }] });
  const before = Date.now();
  await send(none, 'json', { temperature: 98 });
  expect(Math.abs(Date.parse((await points(none))['auto~temperature']?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('K41, K42: over MQTT, a sample without the time that it must have is refused', async () => {
  await configure('car1', { 'auto-extract': true, timestamp: { path: 'ts', format: 'iso8601', 'fallback-strategy': 'fail' } });
  const car = await endpoint('car1-v1');
  const client = await connectAsync({ host: '127.0.0.1', port: server.ports.mqtt, reconnectPeriod: 0 });
  const ask = async (id: number, sample: object): Promise<string> => {
    const answered = new Promise<string>((resolve) => {
      client.once('message', (topic, payload) => resolve(`${topic.split('/').slice(4).join('/')} ${payload.toString()}`.trim()));
    });
    await client.publishAsync(`kp1/car1-v1/dcx/${car.token}/json/${id}`, JSON.stringify(sample));
    return answered;
  };
  expect(await ask(1, { ts: '2019-04-26T15:41:07+0000', temp: 21 })).toBe('json/1/status');
  const refused = await ask(2, { temp: 22 });
  expect(refused).toMatch(/^json\/2\/error /);
  expect(JSON.parse(refused.slice('json/2/error '.length))).toMatchObject({ statusCode: 400 });
  await client.endAsync();
  expect(await points(car)).toEqual({ 'auto~temp': [{ timestamp: '2019-04-26T15:41:07.000Z', values: { value: 21 } }] });
});

test('K43: without a configured path the time is that of receipt', async () => {
  const sender = await endpoint('bsd9-v1');
  const before = Date.now();
  await send(sender, 'json', { ts: '2019-04-26T15:41:07+0000', temp: 21 });
  expect(Math.abs(Date.parse((await points(sender))['auto~temp']?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('what devices of a profile sent is told for the editor of scripts, also after a restart', async () => {
  const sender = await endpoint('bsd9-v1');
  for (const level of [1.5, 2.5, 4]) await send(sender, 'json', { level });
  const { id } = profiles.get('bsd9-v1') as { id: string };
  const known = async (): Promise<object | undefined> => {
    const { telemetry } = await admin.request<{ telemetry: { key: string }[] }>('GET', `/api/fieldline/deviceProfile/${id}/keys`);
    return telemetry.find(({ key }) => key === 'auto~level');
  };
  const before = await known();
  expect(before).toMatchObject({ min: 1.5, max: 4, examples: [4], kinds: [{ kind: 'double' }, { kind: 'long' }] });
  await stopServer(server);
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
  await expect.poll(known, { timeout: 5_000 }).toEqual(before);
});
