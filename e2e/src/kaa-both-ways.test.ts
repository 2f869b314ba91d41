// Goal: one series, two APIs: what a Kaa endpoint sends, or a client of EPTS publishes, is found, aggregated, followed live and deleted
// through the ThingsBoard API, and what comes in through that is a series of Kaa. Method: MQTT, HTTP and WebSocket against a running server.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { KaaWorld, type Endpoint } from './kaa-world.js';

let world: KaaWorld;
beforeAll(async () => {
  world = await KaaWorld.open('kaa-both-ways');
});
afterAll(() => world.close());

const t0 = Date.UTC(2020, 10, 15, 12, 0, 0);
const at = (second: number): string => new Date(t0 + second * 1_000).toISOString();
const telemetry = ({ id }: Endpoint, rest: string): string => `/api/plugins/telemetry/DEVICE/${id}/${rest}`;
const publish = (to: Endpoint, series: object): Promise<undefined> =>
  world.admin.request('PUT', `/epts/api/v1/app-versions/${to.version}/time-series/data`, { [to.id]: series });
const last = ({ id, application }: Endpoint, names: string): Promise<Record<string, unknown>> =>
  world.admin.request('GET', `/epts/api/v1/applications/${application}/time-series/last?endpointId=${id}&timeSeriesName=${names}`);

/** The frames of a page that shows the latest values of an endpoint. */
async function page({ id }: Endpoint) {
  const socket = new WebSocket(`ws://127.0.0.1:${world.server.ports.http}/api/ws`);
  const frames: { data: Record<string, [number, unknown][]> }[] = [];
  let wake = (): void => undefined;
  socket.on('message', (text) => {
    frames.push(JSON.parse((text as Buffer).toString()) as (typeof frames)[number]);
    wake();
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const command = { type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: id, scope: 'LATEST_TELEMETRY' };
  socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: world.admin.token }, cmds: [command] }));
  return {
    async take() {
      while (frames.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return frames.shift()?.data;
    },
    close: () => socket.close(),
  };
}

test('what an endpoint sends is followed live, found and aggregated through the ThingsBoard API', async () => {
  const timestamp = { path: 'ts', format: 'iso8601', 'fallback-strategy': 'fail' };
  await world.configure('car1', { 'auto-extract': true, timestamp });
  const car = await world.endpoint('car1-v1');
  const shown = await page(car);
  expect(await shown.take()).toEqual({});
  const client = await world.connect();
  for (const second of [1, 2, 3]) await client.ask(car, `json/${second}`, { ts: at(second), speed: 10 * second });
  await client.close();
  for (const second of [1, 2, 3]) expect(await shown.take()).toEqual({ 'auto~speed': [[t0 + second * 1_000, `${10 * second}`]] });
  shown.close();
  expect(await world.admin.request('GET', telemetry(car, 'keys/timeseries'))).toEqual(['auto~speed']);
  const range = `values/timeseries?keys=auto~speed&startTs=${t0}&endTs=${t0 + 10_000}&useStrictDataTypes=true`;
  const points = { 'auto~speed': [3, 2, 1].map((second) => ({ ts: t0 + second * 1_000, value: 10 * second })) };
  expect(await world.admin.request('GET', telemetry(car, range))).toEqual(points);
  expect(await world.admin.request('GET', telemetry(car, `${range}&agg=AVG&interval=10000`))).toMatchObject({ 'auto~speed': [{ value: 20 }] });
});

test('K58: what is published through EPTS is followed live and found through the ThingsBoard API, null included', async () => {
  const endpoint = await world.endpoint('bsd9-v1');
  const shown = await page(endpoint);
  await shown.take();
  const values = { t: 1.5, note: 'ok', rain: null };
  await publish(endpoint, { weather: [{ timestamp: '2020-11-15T12:00:01.123Z', values }] });
  const ts = t0 + 1_123;
  expect(await shown.take()).toEqual({ 'weather.t': [[ts, '1.5']], 'weather.note': [[ts, 'ok']], 'weather.rain': [[ts, 'null']] });
  shown.close();
  const found = await world.admin.request('GET', telemetry(endpoint, 'values/timeseries?keys=weather.t,weather.note&useStrictDataTypes=true'));
  expect(found).toEqual({ 'weather.t': [{ ts, value: 1.5 }], 'weather.note': [{ ts, value: 'ok' }] });
  expect(await last(endpoint, 'weather')).toEqual({ [endpoint.id]: { weather: [{ timestamp: '2020-11-15T12:00:01.123Z', values }] } });
});

test('what devices and programs write through the ThingsBoard API are series of Kaa', async () => {
  const endpoint = await world.endpoint('bsd9-v1');
  const device = `http://127.0.0.1:${world.server.ports.http}/api/v1/${endpoint.token}/telemetry`;
  const reading = { ts: t0, values: { temperature: 21.5, 'wind.speed': 7, on: true } };
  expect((await fetch(device, { method: 'POST', body: JSON.stringify(reading), headers: { 'content-type': 'application/json' } })).status).toBe(200);
  await world.admin.request('POST', telemetry(endpoint, 'timeseries/ANY'), { ts: t0, values: { 'wind.from': 'NW' } });
  expect(await world.points(endpoint)).toEqual({
    temperature: [{ timestamp: at(0), values: { value: 21.5 } }],
    on: [{ timestamp: at(0), values: { value: true } }],
    wind: [{ timestamp: at(0), values: { speed: 7, from: 'NW' } }],
  });
  const defined = await world.admin.request<Record<string, object[]>>('GET', '/epts/api/v1/time-series/config?applicationNames=bsd9');
  expect(defined['bsd9']).toContainEqual({ name: 'wind', values: ['from', 'speed'] });
});

test('of one time each value keeps what was written last, whoever wrote it', async () => {
  const endpoint = await world.endpoint('bsd9-v1');
  await publish(endpoint, { place: [{ timestamp: at(0), values: { lat: 1, lon: 2 } }] });
  await publish(endpoint, { place: [{ timestamp: at(0), values: { lat: 3 } }] });
  expect(await world.values(endpoint)).toEqual({ place: [{ lat: 3, lon: 2 }] });
  await world.admin.request('POST', telemetry(endpoint, 'timeseries/ANY'), { ts: t0, values: { 'place.lon': 4 } });
  expect(await world.values(endpoint)).toEqual({ place: [{ lat: 3, lon: 4 }] });
});

test('what is deleted through the ThingsBoard API is gone from the series', async () => {
  const endpoint = await world.endpoint('bsd9-v1');
  await publish(endpoint, { level: [1, 2, 3].map((second) => ({ timestamp: at(second), values: { value: second } })) });
  const remove = `timeseries/delete?keys=level&startTs=${t0 + 2_000}&endTs=${t0 + 4_000}&deleteAllDataForKeys=false&rewriteLatestIfDeleted=true`;
  await world.admin.request('DELETE', telemetry(endpoint, remove));
  expect(await world.values(endpoint)).toEqual({ level: [{ value: 1 }] });
  await world.admin.request('DELETE', telemetry(endpoint, 'timeseries/delete?keys=level&deleteAllDataForKeys=true'));
  expect([await world.values(endpoint), await last(endpoint, 'level')]).toEqual([{}, {}]);
});

test('a series of very many values is read as one', async () => {
  const endpoint = await world.endpoint('bsd9-v1');
  const values = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`v${String(n).padStart(3, '0')}`, n]));
  const points = Array.from({ length: 50 }, (_, second) => ({ timestamp: at(second), values }));
  await publish(endpoint, { wide: points });
  expect(await world.points(endpoint)).toEqual({ wide: points });
});
