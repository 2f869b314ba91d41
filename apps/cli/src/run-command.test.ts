// Each protocol is driven from the command line to a small real server and back.
import type { Packet } from 'mqtt-packet';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';
import { coapServer, httpServer, mqttServer } from './send/small-servers.fixture.js';

const reading = '{"temperature":21.5}';

async function run(args: readonly string[], answerWaitMs = 5_000): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings = { version: '1.2.3', out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await runCommand(args, { ...surroundings, monotonicMs: () => 0, answerWaitMs });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const send = (protocol: string, port: number, ...more: string[]) =>
  run(['send', protocol, '--token', 'T1', '--host', '127.0.0.1', '--port', String(port), ...more, reading], 400);

function acknowledge(packet: Packet): readonly Packet[] {
  if (packet.cmd === 'connect') return [{ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false }];
  if (packet.cmd === 'publish') return [{ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 }];
  return [];
}

test.each([
  { flags: [], version: 4 as const, name: '3.1.1' },
  { flags: ['--mqtt5'], version: 5 as const, name: '5' },
])('a reading goes out over MQTT $name with QoS 1 and is done when it is acknowledged', async ({ flags, version, name }) => {
  const { port, seen } = await mqttServer(version, acknowledge);
  const { code, out } = await send('mqtt', port, ...flags);
  expect({ code, out }).toEqual({ code: 0, out: `${reading} sent over MQTT ${name} to 127.0.0.1:${port}. Stored: PUBACK after 0 ms.` });
  expect(seen[0]).toMatchObject({ cmd: 'connect', protocolVersion: version, username: 'T1', clean: true });
  expect(seen[1]).toMatchObject({ cmd: 'publish', topic: 'v1/devices/me/telemetry', qos: 1 });
  expect((seen[1] as { payload: Buffer }).payload.toString()).toBe(reading);
});

test('a Kaa sample goes out without user name and is done when its status has come', async () => {
  const { port, seen } = await mqttServer(4, (packet) => {
    const status = {
      cmd: 'publish',
      topic: 'kp1/shed-v1/dcx/T1/json/1/status',
      payload: '',
      qos: 1,
      messageId: 9,
      dup: false,
      retain: false,
    } as const;
    return packet.cmd === 'publish' ? [...acknowledge(packet), status] : acknowledge(packet);
  });
  const { code, out } = await send('kaa', port, '--app', 'shed-v1');
  expect([code, out]).toEqual([0, expect.stringContaining('Stored: kp1/shed-v1/dcx/T1/json/1/status')]);
  expect(seen[0]).not.toHaveProperty('username');
  expect(seen[1]).toMatchObject({ topic: 'kp1/shed-v1/dcx/T1/json/1' });
  await expect.poll(() => seen[2]).toMatchObject({ cmd: 'puback', messageId: 9 });
});

test('a PUBACK alone does not mean that a Kaa sample was stored', async () => {
  const { port } = await mqttServer(4, acknowledge);
  expect(await send('kaa', port)).toMatchObject({ code: 1, err: expect.stringContaining('CLI_NO_ANSWER') as string });
});

test.each([
  { statusCode: 401, expected: 'CLI_TOKEN_REFUSED' },
  { statusCode: 400, expected: 'CLI_READING_REFUSED' },
  { statusCode: 503, expected: 'CLI_SERVER_TROUBLE' },
])('a Kaa error $statusCode is $expected', async ({ statusCode, expected }) => {
  const { port } = await mqttServer(4, (packet) => {
    const payload = JSON.stringify({ statusCode, reasonPhrase: 'because' });
    const error = { cmd: 'publish', topic: 'kp1/default/dcx/T1/json/1/error', payload, qos: 0, dup: false, retain: false } as const;
    return packet.cmd === 'publish' ? [error] : acknowledge(packet);
  });
  const { code, err } = await send('kaa', port);
  expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`because[^]*\\[${expected}\\]`))]);
});

test.each([
  { version: 4 as const, code: 5, expected: 'CLI_TOKEN_REFUSED' },
  { version: 4 as const, code: 3, expected: 'CLI_SERVER_TROUBLE' },
  { version: 5 as const, code: 0x86, expected: 'CLI_TOKEN_REFUSED' },
  { version: 5 as const, code: 0x95, expected: 'CLI_READING_REFUSED' },
])('CONNACK $code of MQTT version $version is $expected', async ({ version, code, expected }) => {
  const { port } = await mqttServer(version, () => [{ cmd: 'connack', returnCode: code, reasonCode: code, sessionPresent: false }]);
  expect(await send('mqtt', port, ...(version === 5 ? ['--mqtt5'] : []))).toMatchObject({
    code: 1,
    err: expect.stringContaining(expected) as string,
  });
});

test('a PUBACK of MQTT 5 may say no', async () => {
  const { port } = await mqttServer(5, (packet) =>
    packet.cmd === 'publish' ? [{ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0x99 }] : acknowledge(packet),
  );
  expect(await send('mqtt', port, '--mqtt5')).toMatchObject({ code: 1, err: expect.stringContaining('PUBACK 153') as string });
});

test('a connection that closes before the acknowledgement is a failure', async () => {
  const { port } = await mqttServer(4, (packet) => (packet.cmd === 'publish' ? 'close' : acknowledge(packet)));
  expect(await send('mqtt', port)).toMatchObject({ code: 1, err: expect.stringContaining('CLI_CONNECTION_CLOSED') as string });
});

test('a reading goes out over HTTP', async () => {
  const { port, seen } = await httpServer(200, '');
  expect(await send('http', port)).toMatchObject({ code: 0, out: expect.stringContaining('Stored: HTTP 200') as string });
  expect(seen).toEqual([`POST /api/v1/T1/telemetry application/json ${reading}`]);
});

test.each([
  { status: 401, expected: 'CLI_TOKEN_REFUSED' },
  { status: 400, expected: 'CLI_READING_REFUSED' },
  { status: 503, expected: 'CLI_SERVER_TROUBLE' },
])('HTTP $status is $expected, and a long page is cut', async ({ status, expected }) => {
  const { port } = await httpServer(status, 'x'.repeat(5_000));
  const { code, err } = await send('http', port);
  expect([code, err]).toEqual([1, expect.stringContaining(expected)]);
  expect(err.length).toBeLessThan(700);
});

test('a reading goes out over CoAP', async () => {
  const { port, seen } = await coapServer('2.01');
  expect(await send('coap', port)).toMatchObject({ code: 0, out: expect.stringContaining('Stored: CoAP 2.01') as string });
  expect(seen).toEqual([`POST /api/v1/T1/telemetry application/json ${reading}`]);
});

test.each([
  { code: '4.01', expected: 'CLI_TOKEN_REFUSED' },
  { code: '4.00', expected: 'CLI_READING_REFUSED' },
  { code: '5.03', expected: 'CLI_SERVER_TROUBLE' },
])('CoAP $code is $expected', async ({ code, expected }) => {
  const { port } = await coapServer(code, 'why');
  expect(await send('coap', port)).toMatchObject({ code: 1, err: expect.stringContaining(expected) as string });
});

test.each(['mqtt', 'http', 'kaa'])('nobody at the port is a failure of %s that says what to start', async (protocol) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { code, err } = await send(protocol, port);
  expect([code, err]).toEqual([1, expect.stringMatching(/ECONNREFUSED[^]*npm start[^]*\[CLI_UNREACHABLE\]/)]);
});

test.each(['mqtt', 'http', 'coap', 'kaa'])('a server that stays silent ends %s after the longest wait', async (protocol) => {
  const silent = createServer((socket) => void socket.on('error', () => socket.destroy()).resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { code, err } = await send(protocol, (silent.address() as AddressInfo).port);
  silent.close();
  expect(code).toBe(1);
  expect(err).toMatch(protocol === 'coap' ? /CLI_NO_ANSWER|CLI_UNREACHABLE/ : /CLI_NO_ANSWER/);
});

test('help and version are for people', async () => {
  expect((await run([])).out).toContain('fieldline send <protocol>');
  expect(await run(['version'])).toMatchObject({ code: 0, out: '1.2.3' });
});
