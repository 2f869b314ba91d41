// Goal: who loses a right loses at once what stays open because of it: devices over MQTT, HTTP and CoAP, and people who watch
// them. Method: a real server, real sockets, and changes over REST while the sockets are open.
import { request } from 'coap';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;

beforeAll(async () => {
  folder = await temporaryFolder('lost-rights');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

interface Device {
  readonly id: string;
  readonly token: string;
}

const connect = (username: string): Promise<MqttClient> =>
  connectAsync({ host: '127.0.0.1', port: server.ports.mqtt, username, protocolVersion: 5, reconnectPeriod: 0 });
const endOf = (client: MqttClient): Promise<number | undefined> =>
  new Promise((resolve) => client.once('disconnect', ({ reasonCode }) => resolve(reasonCode)));
const sendOverHttp = async (token: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${token}/telemetry`, { method: 'POST', body: '{"a":1}' })).status;

function sendOverCoap(token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.ports.coap, method: 'POST', pathname: `/api/v1/${token}/telemetry` });
    asked.on('response', ({ code }: { code: string }) => resolve(code));
    asked.on('error', reject);
    asked.end('{"a":1}');
  });
}

async function changeToken({ id }: Device): Promise<void> {
  const credentials = await admin.request<object>('GET', `/api/device/${id}/credentials`);
  await admin.request('POST', '/api/device/credentials', { ...credentials, credentialsId: `${id.slice(-12)}-new` });
}

describe.each([
  { name: 'whose token is changed', act: changeToken },
  { name: 'that is deleted', act: ({ id }: Device) => admin.request('DELETE', `/api/device/${id}`) },
])('a device $name', ({ name, act }) => {
  test('is out over every transport, and nobody else', async () => {
    const [device, other] = (await admin.createDevices(name.replaceAll(' ', '-'), 2)) as [Device, Device];
    const [client, remaining] = [await connect(device.token), await connect(other.token)];
    for (const { token } of [device, other]) expect([await sendOverHttp(token), await sendOverCoap(token)]).toEqual([200, '2.01']);
    const ended = endOf(client);
    await act(device);
    expect(await ended).toBe(0x98);
    expect([await sendOverHttp(device.token), await sendOverCoap(device.token)]).toEqual([401, '4.01']);
    await remaining.publishAsync('v1/devices/me/telemetry', '{"a":2}', { qos: 1 });
    expect([await sendOverHttp(other.token), await sendOverCoap(other.token)]).toEqual([200, '2.01']);
    await remaining.endAsync(true);
  });
});

test('who signs out is closed out of what is open, and a device that is deleted ends its subscription only', async () => {
  const [device, other] = (await admin.createDevices('watched', 2)) as [Device, Device];
  const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws`);
  const frames: { subscriptionId: number; errorCode: number }[] = [];
  const closed = new Promise<[number, string]>((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)])));
  socket.on('message', (text) => frames.push(JSON.parse((text as Buffer).toString()) as (typeof frames)[number]));
  await new Promise((resolve) => socket.once('open', resolve));
  const watcher = await TenantClient.signIn(server.ports.http);
  const cmds = [device, other].map(({ id: entityId }, cmdId) => ({ type: 'TIMESERIES', cmdId, entityType: 'DEVICE', entityId }));
  socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: watcher.token }, cmds }));
  await expect.poll(() => frames.length).toBe(2);
  await admin.request('DELETE', `/api/device/${device.id}`);
  await expect.poll(() => frames.at(2)).toMatchObject({ subscriptionId: 0, errorCode: 3 });
  expect(await sendOverHttp(other.token)).toBe(200);
  await expect.poll(() => frames.at(3)).toMatchObject({ subscriptionId: 1, errorCode: 0 });
  await watcher.request('POST', '/api/auth/logout');
  expect(await closed).toEqual([1008, 'Token has expired']);
});
