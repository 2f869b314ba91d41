// Goal: a dashboard over many devices: their page, history and live values, from devices that publish over MQTT, in one process with
// its threads and its database. Method: a real server, real sockets, the frames of websocket-api.md §5 and §6.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

interface Value {
  readonly ts: number;
  readonly value: string;
}
interface Entity {
  readonly entityId: { readonly id: string };
  readonly latest: Record<string, Record<string, Value>> | null;
  readonly timeseries: Record<string, readonly Value[]> | null;
  readonly aggLatest: Record<string, { readonly current: Value & { readonly count?: number } }> | null;
}
interface Frame {
  readonly cmdId: number;
  readonly errorCode: number;
  readonly data: { readonly data: readonly Entity[]; readonly totalElements: number } | null;
  readonly update: readonly Entity[] | null;
  readonly count?: number;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
beforeAll(async () => {
  folder = await temporaryFolder('entity-data');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

const t = 1_700_000_000_000;
const connect = (username: string): Promise<MqttClient> => connectAsync({ host: '127.0.0.1', port: server.ports.mqtt, username, reconnectPeriod: 0 });
const publish = (client: MqttClient, values: Record<string, unknown>, ts?: number): Promise<unknown> =>
  client.publishAsync('v1/devices/me/telemetry', JSON.stringify(ts === undefined ? values : { ts, values }), { qos: 1 });

/** A dashboard: sends commands, and waits for frames that fit. */
async function openDashboard() {
  const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws?token=${admin.token}`);
  const frames: Frame[] = [];
  socket.on('message', (text) => frames.push(JSON.parse((text as Buffer).toString()) as Frame));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    frames,
    send: (...cmds: readonly object[]) => socket.send(JSON.stringify({ cmds })),
    async take(): Promise<Frame> {
      await expect.poll(() => frames.length, { timeout: 5_000 }).toBeGreaterThan(0);
      return frames.shift() as Frame;
    },
    close: () => socket.close(),
  };
}

const pageOf = (name: string) => ({
  entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: name },
  pageLink: { page: 0, pageSize: 100, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' } },
  entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
  latestValues: [{ type: 'TIME_SERIES', key: 'temperature' }],
});

test('a table of devices: their page, then each reading as it is published', async () => {
  const devices = await admin.createDevices('table', 3);
  const clients = await Promise.all(devices.map(({ token }) => connect(token)));
  const dashboard = await openDashboard();
  const keys = [
    { type: 'TIME_SERIES', key: 'temperature' },
    { type: 'CLIENT_ATTRIBUTE', key: 'model' },
  ];
  dashboard.send({ type: 'ENTITY_DATA', cmdId: 1, query: pageOf('table'), latestCmd: { keys } });
  const { data } = await dashboard.take();
  expect([data?.totalElements, data?.data.map(({ entityId }) => entityId.id)]).toEqual([3, devices.map(({ id }) => id)]);
  expect(data?.data[0]?.latest?.['TIME_SERIES']).toEqual({ temperature: { ts: 0, value: '' } });
  for (const [at, client] of clients.entries()) await publish(client, { temperature: at + 0.5, other: 1 }, t + at);
  for (const [at, { id }] of devices.entries()) {
    const { update } = await dashboard.take();
    const latest = { TIME_SERIES: { temperature: { ts: t + at, value: `${at}.5` } } };
    expect(update).toEqual([{ entityId: { entityType: 'DEVICE', id }, latest, timeseries: null, aggLatest: null }]);
  }
  await clients[0]?.publishAsync('v1/devices/me/attributes', '{"model":"A1"}', { qos: 1 });
  expect((await dashboard.take()).update?.[0]?.latest?.['CLIENT_ATTRIBUTE']?.['model']?.value).toBe('A1');
  // What is shown live is what the next page shows.
  dashboard.send({ type: 'ENTITY_DATA', cmdId: 2, query: { ...pageOf('table'), latestValues: keys } });
  const again = (await dashboard.take()).data?.data.map(({ latest }) => [
    latest?.['TIME_SERIES']?.['temperature'],
    latest?.['CLIENT_ATTRIBUTE']?.['model']?.value,
  ]);
  expect(again).toEqual([0, 1, 2].map((at) => [{ ts: t + at, value: `${at}.5` }, at === 0 ? 'A1' : '']));
  dashboard.close();
  for (const client of clients) await client.endAsync(true);
});

test('no reading is missed between the page and its live values, whenever it comes', async () => {
  const [device] = await admin.createDevices('gapless', 1);
  const client = await connect(device?.token ?? '');
  const dashboard = await openDashboard();
  const count = 200;
  const temperature = [{ type: 'TIME_SERIES', key: 'temperature' }];
  // Commands are answered while further readings come.
  for (let n = 1; n <= count; n++) {
    await publish(client, { temperature: n }, t + n);
    if (n % 10 > 0) continue;
    const [cmdId, query] = [n / 10, pageOf('gapless')];
    const tsCmd = { keys: ['temperature'], startTs: t, timeWindow: 1_000, limit: 1_000 };
    dashboard.send(
      { type: 'ENTITY_DATA', cmdId, query, latestCmd: { keys: temperature } },
      { type: 'ENTITY_DATA', cmdId: cmdId + 100, query, tsCmd },
    );
  }
  const newest = (entity: Entity | undefined): number => Number(entity?.latest?.['TIME_SERIES']?.['temperature']?.value ?? 0);
  const pointsOf = (cmdId: number): number[] =>
    dashboard.frames
      .filter((frame) => frame.cmdId === cmdId)
      .flatMap(({ data, update }) => (data?.data ?? update ?? [])[0]?.timeseries?.['temperature'] ?? [])
      .map(({ value }) => Number(value));
  const all = Array.from({ length: count }, (_, n) => n + 1);
  for (let cmdId = 1; cmdId <= 20; cmdId++) {
    const last = (): number =>
      Math.max(...dashboard.frames.filter((frame) => frame.cmdId === cmdId).map(({ data, update }) => newest((data?.data ?? update ?? [])[0])));
    await expect.poll(last, { timeout: 5_000 }).toBe(count);
    await expect.poll(() => new Set(pointsOf(cmdId + 100)).size, { timeout: 5_000 }).toBe(count);
    expect(pointsOf(cmdId + 100).sort((a, b) => a - b)).toEqual(all);
  }
  dashboard.close();
  await client.endAsync(true);
});

test('history and aggregates of several devices, and how many there are', async () => {
  const devices = await admin.createDevices('history', 2);
  for (const [at, { token }] of devices.entries()) {
    const client = await connect(token);
    for (let n = 0; n < 10; n++) await publish(client, { temperature: at * 100 + n }, t + n * 1_000);
    await client.endAsync(true);
  }
  const dashboard = await openDashboard();
  const span = { startTs: t, endTs: t + 10_000 };
  const historyCmd = { ...span, keys: ['temperature'], agg: 'AVG', interval: 5_000, limit: 100 };
  dashboard.send({ type: 'ENTITY_DATA', cmdId: 1, query: pageOf('history'), historyCmd });
  const averages = (await dashboard.take()).data?.data.map(({ timeseries }) => timeseries?.['temperature']);
  const bucket = (ts: number, value: string) => ({ ts, value, count: 5 });
  expect(averages).toEqual([
    [bucket(t + 2_500, '2.0'), bucket(t + 7_500, '7.0')],
    [bucket(t + 2_500, '102.0'), bucket(t + 7_500, '107.0')],
  ]);
  dashboard.send({ type: 'ENTITY_DATA', cmdId: 1, aggHistoryCmd: { ...span, keys: [{ id: 3, key: 'temperature', agg: 'MAX' }] } });
  const largest = (await dashboard.take()).update?.map(({ aggLatest }) => aggLatest?.['3']?.current);
  expect(largest).toEqual(['9', '109'].map((value) => ({ ts: t + 5_000, value, count: 10 })));
  dashboard.send({ type: 'ENTITY_COUNT', cmdId: 2, query: { entityFilter: pageOf('history').entityFilter } });
  expect((await dashboard.take()).count).toBe(2);
  dashboard.close();
});

test('entity views show what they view, of their keys and within their time, in filters and orders too', async () => {
  const [device] = await admin.createDevices('viewed', 1);
  const client = await connect(device?.token ?? '');
  for (let n = 0; n < 10; n++) await publish(client, { temperature: n, humidity: 50 }, t + n);
  const keys = { timeseries: ['temperature'], attributes: { cs: [], ss: [], sh: [] } };
  const view = { type: 'window', entityId: { entityType: 'DEVICE', id: device?.id }, keys };
  await admin.request('POST', '/api/entityView', { ...view, name: 'window open' });
  await admin.request('POST', '/api/entityView', { ...view, name: 'window that ended', endTimeMs: t + 4 });
  await admin.request('POST', '/api/entityView', { ...view, name: 'window to come', startTimeMs: t + 1_000 });
  const temperature = { type: 'TIME_SERIES', key: 'temperature' };
  const predicate = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 1 } };
  const query = {
    ...pageOf('window'),
    entityFilter: { type: 'entityViewType', entityViewTypes: ['window'], entityViewNameFilter: '' },
    keyFilters: [{ key: temperature, valueType: 'NUMERIC', predicate }],
    pageLink: { page: 0, pageSize: 10, sortOrder: { key: temperature, direction: 'ASC' } },
    latestValues: [temperature, { type: 'TIME_SERIES', key: 'humidity' }],
  };
  const dashboard = await openDashboard();
  dashboard.send({ type: 'ENTITY_DATA', cmdId: 1, query, latestCmd: { keys: [temperature] } });
  const shown = (await dashboard.take()).data?.data.map(({ latest }) => [
    latest?.['ENTITY_FIELD']?.['name']?.value,
    latest?.['TIME_SERIES']?.['temperature'],
    latest?.['TIME_SERIES']?.['humidity']?.value,
  ]);
  expect(shown).toEqual([
    ['window that ended', { ts: t + 4, value: '4' }, ''],
    ['window open', { ts: t + 9, value: '9' }, ''],
  ]);
  await publish(client, { temperature: 20 }, t + 20);
  expect((await dashboard.take()).update?.map(({ latest }) => latest?.['TIME_SERIES'])).toEqual([{ temperature: { ts: t + 20, value: '20' } }]);
  dashboard.close();
  await client.endAsync(true);
});
