// Goal: whatever one device, or a stranger, throws at the ports: it is refused with a code, the server neither ends nor
// keeps the memory, and the readings of another device flow on. Method: the built server, raw sockets, and a steady device.
import { connectAsync, type IPublishPacket, type MqttClient } from 'mqtt';
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';
import { residentMb, SteadyDevice } from './steady-device.js';

/** What a server of this size may gain and lose by itself; the attacks here would cost hundreds. */
const MARGIN_MB = 120;
const TELEMETRY = 'v1/devices/me/telemetry';

let server: RunningServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let client: TenantClient;
let devices: { id: string; token: string }[];
let next = 0;

beforeAll(async () => {
  folder = await temporaryFolder('e2e-bad-input');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  devices = await client.createDevices('bad-input', 40);
});

afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

const newDevice = (): { id: string; token: string } => {
  const device = devices[next++];
  if (device === undefined) throw new Error('create more devices');
  return device;
};

/** Lets a device send while `attack` goes on; its readings must flow during and after it, and none may be missing. */
async function whileReadingsFlow(attack: () => Promise<void>): Promise<void> {
  const steady = await SteadyDevice.start(server, newDevice());
  await steady.more(20);
  const beforeMb = residentMb(server);
  await attack();
  await steady.more(50);
  await steady.stop();
  const grownMb = residentMb(server) - beforeMb;
  expect(await steady.stored(client)).toBe(steady.acknowledged);
  expect(grownMb).toBeLessThan(MARGIN_MB);
  expect(server.process.exitCode).toBeNull();
}

const post = async (token: string, body: string) => {
  const url = `http://127.0.0.1:${server.ports.http}/api/v1/${token}/telemetry`;
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { status: response.status, text: await response.text() };
};

/** An MQTT 5 client, whose PUBACK says why. */
const mqtt5 = (token: string): Promise<MqttClient> =>
  connectAsync(`mqtt://127.0.0.1:${server.ports.mqtt}`, { username: token, protocolVersion: 5, reconnectPeriod: 0 });

/** The reason code of the PUBACK; 0 where the reading was taken. */
async function publish(mqtt: MqttClient, topic: string, payload: string): Promise<number> {
  try {
    const packet = (await mqtt.publishAsync(topic, payload, { qos: 1 })) as (IPublishPacket & { reasonCode?: number }) | undefined;
    return packet?.reasonCode ?? 0;
  } catch (error) {
    return (error as { code?: number }).code ?? -1;
  }
}

/** Latest values of a device, of their own types. */
const latest = (device: { id: string }, keys?: string) =>
  client.request<Record<string, { value: unknown }[]>>(
    'GET',
    `/api/plugins/telemetry/DEVICE/${device.id}/values/timeseries?useStrictDataTypes=true${keys === undefined ? '' : `&keys=${keys}`}`,
  );

const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

test.each([
  { name: 'malformed JSON', payload: '{"a":' },
  { name: 'JSON of the wrong shape', payload: '17' },
  { name: 'no text at all', payload: '\u0000\ufffd' },
  { name: 'JSON ten thousand levels deep', payload: deep },
  { name: 'a time stamp a week ahead', payload: `{"ts":${Date.now() + 7 * 86_400_000},"values":{"a":1}}` },
])('$name is refused over MQTT and HTTP, and the next reading is taken', async ({ payload }) => {
  await whileReadingsFlow(async () => {
    const device = newDevice();
    const mqtt = await mqtt5(device.token);
    for (let n = 0; n < 20; n++) {
      expect(await publish(mqtt, TELEMETRY, payload)).toBe(0x99);
      const { status, text } = await post(device.token, payload);
      expect([status, text]).toEqual([400, expect.stringMatching(/\S/)]);
    }
    expect(await publish(mqtt, TELEMETRY, '{"fine":1}')).toBe(0);
    await mqtt.endAsync();
    expect(Object.keys(await latest(device))).toEqual(['fine']);
  });
});

test('a wrong token and an unknown topic are refused with their codes', async () => {
  await whileReadingsFlow(async () => {
    const device = newDevice();
    await expect(mqtt5('nobody')).rejects.toMatchObject({ code: 0x86 });
    expect((await post('nobody', '{"a":1}')).status).toBe(401);
    const mqtt = await mqtt5(device.token);
    expect(await publish(mqtt, 'v1/devices/me/nonsense', '{"a":1}')).toBe(0x90);
    expect(await publish(mqtt, `${TELEMETRY}/`, '{"a":1}')).toBe(0x90);
    expect(await publish(mqtt, TELEMETRY, '{"fine":1}')).toBe(0);
    await mqtt.endAsync();
    const unknown = await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${device.token}/nonsense`, { method: 'POST', body: '{}' });
    expect(unknown.status).toBe(404);
    expect(Object.keys(await latest(device))).toEqual(['fine']);
  });
});

test('keys that are special in JavaScript pollute nothing', async () => {
  await whileReadingsFlow(async () => {
    const device = newDevice();
    const mqtt = await mqtt5(device.token);
    for (const payload of ['{"__proto__":{"polluted":1},"a":1}', '{"__proto__":7,"constructor":2,"toString":3,"hasOwnProperty":4,"b":1}']) {
      expect([0, 0x99]).toContain(await publish(mqtt, TELEMETRY, payload));
      expect([200, 400]).toContain((await post(device.token, payload)).status);
      const attributes = `http://127.0.0.1:${server.ports.http}/api/v1/${device.token}/attributes`;
      expect([200, 400]).toContain((await fetch(attributes, { method: 'POST', body: payload })).status);
    }
    expect(await publish(mqtt, TELEMETRY, '{"fine":1}')).toBe(0);
    await mqtt.endAsync();
    const values = await latest(device);
    expect([values['fine']?.[0]?.value, Object.hasOwn(values, 'polluted')]).toEqual([1, false]);
    // Somebody else's reading carries nothing that it did not send.
    const other = newDevice();
    expect((await post(other.token, '{"own":1}')).status).toBe(200);
    expect(Object.keys(await latest(other))).toEqual(['own']);
    const health = await client.request<Record<string, unknown>>('GET', '/api/health');
    expect(health['polluted']).toBeUndefined();
  });
});

/** Opens a raw connection, writes, and resolves with what came back until the server closed it, or `undefined` while it is open. */
async function raw(port: number, bytes: Buffer | string): Promise<{ socket: Socket; received(): Buffer; isClosed(): boolean }> {
  const socket = connect(port, '127.0.0.1');
  let got: Buffer = Buffer.alloc(0);
  let isClosed = false;
  socket.on('data', (chunk) => (got = Buffer.concat([got, chunk])));
  // The other end may reset the connection: that is one way to refuse.
  socket.on('error', () => undefined);
  socket.on('close', () => (isClosed = true));
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  socket.write(bytes);
  return { socket, received: () => got, isClosed: () => isClosed };
}

async function until(isMet: () => boolean, what: string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!isMet()) {
    if (Date.now() > giveUpAt) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a payload over the limit is refused before it is read', async () => {
  await whileReadingsFlow(async () => {
    const { token } = newDevice();
    const http = await Promise.all(
      Array.from({ length: 20 }, () =>
        raw(server.ports.http, `POST /api/v1/${token}/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 52428801\r\n\r\n${'x'.repeat(60_000)}`),
      ),
    );
    await until(() => http.every(({ received }) => received().length > 0), 'every request has its answer');
    expect(new Set(http.map(({ received }) => received().toString().slice(0, 12)))).toEqual(new Set(['HTTP/1.1 413']));
    // CONNECT with the token, then a PUBLISH that announces 256 MB less one byte.
    const name = Buffer.from(token);
    const connectPacket = Buffer.concat([
      Buffer.from([0x10, 12 + 2 + name.length, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0x82, 0, 60, 0, 0, 0, name.length]),
      name,
    ]);
    const huge = Buffer.concat([connectPacket, Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(200_000)]);
    const mqtt = await raw(server.ports.mqtt, huge);
    await until(mqtt.isClosed, 'the MQTT connection is closed');
    for (const { socket } of [...http, mqtt]) socket.destroy();
  });
});

test('half-open sockets and noise on every TCP port harm nobody', async () => {
  await whileReadingsFlow(async () => {
    // Packet type 0 is none, and the packet is complete: it can be refused at once.
    const noise = (n: number): Buffer => Buffer.from([0, 5, ...Array.from({ length: 400 }, (_, i) => (i * 31 + n * 17 + ((i * n) >> 3)) & 0xff)]);
    const opened = await Promise.all(
      Array.from({ length: 300 }, (_, n) => {
        const port = n % 3 === 0 ? server.ports.http : server.ports.mqtt;
        if (n % 4 === 0) return raw(port, '');
        // The first bytes of a CONNECT, and then nothing more.
        return raw(port, n % 4 === 1 ? Buffer.from([0x10, 0xff, 0x01, 0, 4]) : noise(n));
      }),
    );
    const noisy = opened.filter((_, n) => n % 4 >= 2 && n % 3 !== 0);
    await until(() => noisy.every(({ isClosed }) => isClosed()), 'what speaks no MQTT is closed');
    for (const { socket } of opened) socket.destroy();
  });
});

/** Sends datagrams of message ids of their own, or they would count as repeats. */
async function sendDatagrams(datagrams: readonly Buffer[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const [n, bytes] of datagrams.entries()) {
    if (bytes.length >= 4) bytes.writeUInt16BE(n + 1, 2);
    await new Promise<void>((resolve) => socket.send(bytes, server.ports.coap, '127.0.0.1', () => resolve()));
  }
  socket.close();
}

/** A CoAP request and its answer; sent again every second, for datagrams get lost where a thousand arrive at once. */
async function ask(request: Buffer): Promise<Buffer> {
  const socket = createSocket('udp4');
  const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  const send = (): void => void socket.send(request, server.ports.coap, '127.0.0.1');
  const again = setInterval(send, 1_000);
  send();
  const got = await answer;
  clearInterval(again);
  socket.close();
  return got;
}

test('CoAP datagrams with a huge block number, and noise, cost no memory; the port goes on to answer', async () => {
  await whileReadingsFlow(async () => {
    // POST, message id, Uri-Path "a", Block1 number 1,048,575, not the last of size 1024: 16 bytes and a gigabyte if believed.
    for (const more of [0x0e, 0x06]) {
      const block = Buffer.from([0x42, 0x02, 0, 0, 0xaa, 0xbb, 0xb1, 0x61, 0xd3, 0x03, 0xff, 0xff, 0xf0 | more, 0xff, 0x7b, 0x7d]);
      expect(block).toHaveLength(16);
      await sendDatagrams(Array.from({ length: 100 }, () => Buffer.from(block)));
    }
    await sendDatagrams(Array.from({ length: 200 }, (_, n) => Buffer.from(Array.from({ length: n }, (_, i) => (i * n * 37 + n) & 0xff))));
    const path = ['api', 'v1', newDevice().token, 'telemetry'];
    const options = path.flatMap((part, n) => {
      const delta = n === 0 ? 11 : 0;
      const long = part.length >= 13;
      return [Buffer.from(long ? [(delta << 4) | 13, part.length - 13] : [(delta << 4) | part.length]), Buffer.from(part)];
    });
    const answer = await ask(Buffer.concat([Buffer.from([0x40, 0x02, 0xff, 0xff]), ...options, Buffer.from([0xff]), Buffer.from('{"a":1}')]));
    // 2.01 Created.
    expect(answer[1]).toBe(0x41);
  });
});
