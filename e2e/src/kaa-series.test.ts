// Goal: what Kaa endpoints send becomes the points of kaa.md §5, and is found through EPTS and the ThingsBoard API. Method: the
// conformance cases K23 to K43 of kaa.md §13.2 over HTTP and MQTT against a running server, each with an endpoint of its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KaaWorld } from './kaa-world.js';

let world: KaaWorld;
beforeAll(async () => {
  world = await KaaWorld.open('kaa-series');
});
afterAll(() => world.close());

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
  ['K30', [{ t: 1 }, { t: 'x' }, { h: 2 }], { 'auto~t': one(1), 'auto~h': one(2) }],
  ['K28', { FUELLEVEL: 1, fuelLevel: 2 }, { 'auto~FUELLEVEL': one(1), 'auto~fuelLevel': one(2) }],
])('%s: a payload becomes series', async (_name, payload, expected) => {
  const sender = await world.endpoint('bsd9-v1');
  expect(await world.send(sender, 'json/7', payload)).toBe('200');
  expect(await world.values(sender)).toEqual(expected);
});

test('K25: samples that are no objects are taken and give no series', async () => {
  const sender = await world.endpoint('bsd9-v1');
  for (const payload of [[[85, 34]], [85, 34], 5, true, '"x"']) expect(await world.send(sender, 'json', payload)).toBe('200');
  expect(await world.values(sender)).toEqual({});
});

test('K29: samples of one payload have one time, that of its receipt', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const before = Date.now();
  await world.send(sender, 'json', [{ t: 1 }, { h: 2 }]);
  const { 'auto~t': t, 'auto~h': h } = await world.points(sender);
  expect(t?.[0]?.timestamp).toBe(h?.[0]?.timestamp);
  expect(Math.abs(Date.parse(t?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('K31, K32, K33: plain data', async () => {
  const sender = await world.endpoint('bsd9-v1');
  expect([await world.send(sender, 'plain/altitude/4', '2061'), await world.send(sender, 'plain/distance', '20m')]).toEqual(['200', '200']);
  expect(await world.send(sender, 'plain/distance/4', 'far')).toBe('400');
  expect(await world.values(sender)).toEqual({ 'auto~altitude-value': one(2061), 'auto~distance-value': one(20) });
});

test('K34: a path that only begins with json is one where the server is told to take it, and then answered on', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const ask = async (): Promise<readonly [string, string]> => {
    const client = await world.connect();
    const { tail } = await client.ask(sender, 'json/random_string/4', { t: 1 });
    await client.close();
    return [tail, await world.send(sender, 'json/random_string', { h: 2 })];
  };
  expect(await ask()).toEqual(['json/random_string/4/error', '404']);
  expect(await world.values(sender)).toEqual({});
  await world.restart({ FIELDLINE_KAA_PATHS: 'relaxed' });
  expect(await ask()).toEqual(['json/random_string/4/status', '200']);
  expect(await world.values(sender)).toEqual({ 'auto~t': one(1), 'auto~h': one(2) });
  await world.restart();
});

test('K35, K36: a version has its own series or those of its application, from the next payload on', async () => {
  const [first, second] = [await world.endpoint('bsd9-v1'), await world.endpoint('bsd9-v2')];
  await world.configureVersion('bsd9', 'bsd9-v2', { 'auto-extract': true });
  await world.configure('bsd9', { 'auto-extract': false });
  for (const sender of [first, second]) expect(await world.send(sender, 'json', { temperature: 23 })).toBe('200');
  expect([await world.values(first), await world.values(second)]).toEqual([{}, { 'auto~temperature': one(23) }]);
  await world.configure('bsd9', { 'auto-extract': true });
  await world.send(first, 'json', { temperature: 24 });
  expect(await world.values(first)).toEqual({ 'auto~temperature': one(24) });
});

test('K37: values of a series are one point, and keys of the ThingsBoard API', async () => {
  const [latitude, longitude] = [
    { path: 'location.lat', name: 'latitude', type: 'number' },
    { path: '$.location.lon', name: 'longitude', type: 'number' },
  ];
  await world.configure('car1', { names: { location: { values: [latitude, longitude] } } });
  const car = await world.endpoint('car1-v1');
  expect(await world.send(car, 'json/1', { location: { lat: 50.45, lon: 30.52 } })).toBe('200');
  expect(await world.values(car)).toEqual({ location: [{ latitude: 50.45, longitude: 30.52 }] });
  const path = `/api/plugins/telemetry/DEVICE/${car.id}/values/timeseries?keys=location.latitude,location.longitude&useStrictDataTypes=true`;
  expect(await world.admin.request('GET', path)).toMatchObject({ 'location.latitude': [{ value: 50.45 }], 'location.longitude': [{ value: 30.52 }] });
});

test('K38: a configured series stands beside that of auto-extraction', async () => {
  await world.configure('car1', { 'auto-extract': true, names: { fuel: { values: [{ path: 'fuelLevel', type: 'number' }] } } });
  const car = await world.endpoint('car1-v1');
  await world.send(car, 'json', { fuelLevel: 99.4 });
  expect(await world.values(car)).toEqual({ fuel: one(99.4), 'auto~fuelLevel': one(99.4) });
});

test('K39, K40: the time of a sample, or that of receipt where it has none', async () => {
  const timestamp = { path: 'timestamp', format: 'millis-unix-epoch', 'fallback-strategy': 'server-timestamp' };
  await world.configure('car1', { 'auto-extract': true, timestamp });
  const [own, none] = [await world.endpoint('car1-v1'), await world.endpoint('car1-v1')];
  await world.send(own, 'json', { timestamp: 1555230312868, temperature: 98 });
  expect(await world.points(own)).toEqual({ 'auto~temperature': [{ timestamp: '2019-04-14T08:25:12.868Z', values: { value: 98 } }] });
  const before = Date.now();
  await world.send(none, 'json', { temperature: 98 });
  expect(Math.abs(Date.parse((await world.points(none))['auto~temperature']?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('K41, K42: over MQTT, a sample without the time that it must have is refused, with all others of its payload', async () => {
  await world.configure('car1', { 'auto-extract': true, timestamp: { path: 'ts', format: 'iso8601', 'fallback-strategy': 'fail' } });
  const car = await world.endpoint('car1-v1');
  const client = await world.connect();
  expect(await client.ask(car, 'json/1', { ts: '2019-04-26T15:41:07+0000', temp: 21 })).toEqual({ tail: 'json/1/status', payload: '' });
  const refused = await client.ask(car, 'json/2', [{ ts: '2019-04-26T15:41:08Z', temp: 22 }, { temp: 23 }]);
  expect([refused.tail, JSON.parse(refused.payload)]).toMatchObject(['json/2/error', { statusCode: 400 }]);
  await client.close();
  expect(await world.points(car)).toEqual({ 'auto~temp': [{ timestamp: '2019-04-26T15:41:07.000Z', values: { value: 21 } }] });
});

test('K43: without a configured path the time is that of receipt', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const before = Date.now();
  await world.send(sender, 'json', { ts: '2019-04-26T15:41:07+0000', temp: 21 });
  expect(Math.abs(Date.parse((await world.points(sender))['auto~temp']?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('what devices of a profile sent is told for the editor of scripts, also after a restart', async () => {
  const sender = await world.endpoint('bsd9-v1');
  for (const level of [1.5, 2.5, 4]) await world.send(sender, 'json', { level });
  const { id } = world.profileOf('bsd9-v1');
  const known = async (): Promise<object | undefined> => {
    const { telemetry } = await world.admin.request<{ telemetry: { key: string }[] }>('GET', `/api/fieldline/deviceProfile/${id}/keys`);
    return telemetry.find(({ key }) => key === 'auto~level');
  };
  const before = await known();
  expect(before).toMatchObject({ min: 1.5, max: 4, examples: [4], kinds: [{ kind: 'double' }, { kind: 'long' }] });
  await world.restart();
  await expect.poll(known, { timeout: 5_000 }).toEqual(before);
});
