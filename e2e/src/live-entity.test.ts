// Goal: the smallest page that shows a device live, and an operator's screen of its alarms: what devices publish and what becomes of
// alarms arrives by itself, and what is removed is told. Method: a real server with its threads and its database, a raw ws client, the
// frames of websocket-api.md §4, §7 and §8.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

interface Frame {
  readonly subscriptionId?: number;
  readonly cmdId?: number;
  readonly errorCode: number;
  readonly data: unknown;
  readonly update?: unknown;
  readonly count?: number;
  readonly active?: boolean;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
beforeAll(async () => {
  folder = await temporaryFolder('live-entity');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

const t = 1_700_000_000_000;
const post = async (token: string, what: 'telemetry' | 'attributes', body: unknown): Promise<void> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const { status } = await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${token}/${what}`, init);
  expect(status).toBe(200);
};
const open = async (...cmds: readonly object[]) => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws`);
  const frames: Frame[] = [];
  socket.on('message', (text) => frames.push(JSON.parse((text as Buffer).toString()) as Frame));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: admin.token }, cmds }));
  return {
    async take(): Promise<Frame> {
      await expect.poll(() => frames.length, { timeout: 10_000 }).toBeGreaterThan(0);
      return frames.shift() as Frame;
    },
    close: () => socket.close(),
  };
};

test('the smallest page: latest values, then each update, then what was removed', async () => {
  const [device] = await admin.createDevices('smallest', 1);
  const { id, token } = device as { id: string; token: string };
  await post(token, 'telemetry', { ts: t, values: { temperature: 22.5 } });
  const target = { entityType: 'DEVICE', entityId: id };
  const page = await open({ type: 'TIMESERIES', cmdId: 1, ...target, scope: 'LATEST_TELEMETRY' });
  expect(await page.take()).toMatchObject({ subscriptionId: 1, data: { temperature: [[t, '22.5']] } });
  for (const n of [1, 2, 3]) await post(token, 'telemetry', { ts: t + n, values: { temperature: n, humidity: 40 } });
  for (const n of [1, 2, 3]) expect((await page.take()).data).toEqual({ humidity: [[t + n, '40']], temperature: [[t + n, `${n}`]] });
  const removal = 'keys=humidity&deleteAllDataForKeys=true';
  await admin.request('DELETE', `/api/plugins/telemetry/DEVICE/${id}/timeseries/delete?${removal}`);
  expect((await page.take()).data).toEqual({ humidity: [[0, '']] });
  page.close();
});

test('alarms of a device: its state, their number and their page follow every change', async () => {
  const [device] = await admin.createDevices('alarming', 1);
  const originator = { entityType: 'DEVICE', id: device?.id ?? '' };
  const entityFilter = { type: 'singleEntity', singleEntity: originator };
  const pageLink = { page: 0, pageSize: 10, timeWindow: 86_400_000, statusList: ['ACTIVE'] };
  const state = await open({ type: 'ALARM_STATUS', cmdId: 1, originatorId: originator });
  const number = await open({ type: 'ALARM_COUNT', cmdId: 2, query: { entityFilter, statusList: ['ACTIVE'] } });
  const table = await open({ type: 'ALARM_DATA', cmdId: 3, query: { entityFilter, pageLink, alarmFields: [] } });
  expect([(await state.take()).active, (await number.take()).count]).toEqual([false, 0]);
  expect((await table.take()).data).toMatchObject({ data: [], totalElements: 0 });
  const alarm = await admin.request<{ id: { id: string } }>('POST', '/api/alarm', { originator, type: 'Leak', severity: 'MAJOR' });
  expect([(await state.take()).active, (await number.take()).count]).toEqual([true, 1]);
  expect((await table.take()).data).toMatchObject({ data: [{ id: alarm.id, status: 'ACTIVE_UNACK' }] });
  await admin.request('POST', `/api/alarm/${alarm.id.id}/ack`);
  expect((await table.take()).update).toMatchObject([{ id: alarm.id, status: 'ACTIVE_ACK', originatorName: 'alarming-0' }]);
  await admin.request('DELETE', `/api/alarm/${alarm.id.id}`);
  expect([(await state.take()).active, (await number.take()).count]).toEqual([false, 0]);
  expect((await table.take()).data).toMatchObject({ data: [] });
  for (const page of [state, number, table]) page.close();
});
