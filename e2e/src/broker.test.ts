// Goal: the broker listener serves programs that nobody here wrote, keeps what it acknowledged over SIGKILL, and mapped topics arrive
// as readings of their devices. Method: mosquitto and MQTT.js against a real server that is killed midway. The steps build on each
// other, so that after one that fails the others are skipped.
import { spawn } from 'node:child_process';
import { connect as connectClient, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runProgram } from './program.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let server: RunningServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let client: TenantClient;
let device: { id: string; token: string };
let apiKey = '';
let hasFailed = false;
const open: MqttClient[] = [];

const env = { FIELDLINE_BROKER_PORT: '0' };

beforeAll(async () => {
  folder = await temporaryFolder('e2e-broker');
  server = await startServer(folder.path, { env });
  client = await TenantClient.signIn(server.ports.http);
  const [created] = await client.createDevices('pump', 1);
  if (created === undefined) throw new Error('no device was created');
  device = created;
  apiKey = (await client.request<{ value: string }>('POST', '/api/apiKey', { description: 'back end' })).value;
});

beforeEach(({ skip, onTestFailed }) => {
  skip(hasFailed, 'a step before it failed');
  onTestFailed(() => void (hasFailed = true));
});

afterAll(async () => {
  for (const each of open) each.end(true);
  await stopServer(server);
  await folder.remove();
});

const connection = () => ['-h', '127.0.0.1', '-p', String(server.ports.broker), '-V', 'mqttv311'];
const publish = (topic: string, payload: string, ...more: readonly string[]) =>
  runProgram('mosquitto_pub', [...connection(), '-u', device.token, '-t', topic, '-m', payload, ...more]);

async function connect(options: IClientOptions): Promise<MqttClient> {
  const settings = { host: '127.0.0.1', port: server.ports.broker, protocolVersion: 4, reconnectPeriod: 0, ...options } as const;
  const connected = await connectAsync(settings);
  open.push(connected);
  return connected;
}

/** The latest value of a key of a device, by its name. */
async function latest(name: string, key: string): Promise<unknown> {
  const found = await client.request<{ id: { id: string } }>('GET', `/api/tenant/devices?deviceName=${encodeURIComponent(name)}`);
  const path = `/api/plugins/telemetry/DEVICE/${found.id.id}/values/timeseries?keys=${key}&useStrictDataTypes=true`;
  return (await client.request<Record<string, { value: unknown }[]>>('GET', path))[key]?.[0]?.value;
}

test.each(['0', '1', '2'])('mosquitto_sub gets what mosquitto_pub sends with QoS %s', async (qos) => {
  // Line by line, so that the moment of the subscription is seen.
  const reader = spawn('stdbuf', [
    '-oL',
    'mosquitto_sub',
    ...connection(),
    '-u',
    'apikey',
    '-P',
    apiKey,
    '-t',
    'free/+/x',
    '-q',
    qos,
    '-C',
    '1',
    '-W',
    '20',
    '-v',
    '-d',
  ]);
  let output = '';
  const ended = new Promise((resolve, reject) =>
    reader.once('close', resolve).once('error', () => reject(new Error('mosquitto_sub is not installed: .ci/run installs it'))),
  );
  const subscribed = new Promise<void>((resolve) => {
    reader.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (/SUBACK/.test(output)) resolve();
    });
  });
  await Promise.race([subscribed, ended]);
  expect((await publish('free/a/x', `hello ${qos}`, '-q', qos)).output).toBe('');
  expect(await ended).toBe(0);
  expect(output).toContain(`free/a/x hello ${qos}`);
});

test('a client with a wrong token is refused, and so is one that speaks MQTT 5', async () => {
  const refused = await runProgram('mosquitto_pub', [...connection(), '-u', 'nobody', '-t', 'x', '-m', 'y']);
  expect(refused.output).toMatch(/not authori[sz]ed/i);
  const version5 = await publish('x', 'y', '-V', 'mqttv5');
  expect(version5.code).not.toBe(0);
});

test('a mapped topic arrives as a reading of its device, which is created where the mapping says so', async () => {
  const mappings = [
    { topicFilter: 'plant/+/data', device: { from: 'level', level: 2 }, createsDevice: true },
    { topicFilter: 'raw/+/+', device: { from: 'level', level: 2 }, value: { form: 'raw', key: { from: 'level', level: 3 } } },
  ];
  const saved = await client.request<{ version: number }>('POST', '/api/broker/topicMappings', { version: 0, mappings });
  expect(await client.request('GET', '/api/broker/topicMappings')).toMatchObject({ version: saved.version, mappings });
  const writer = await connect({ username: 'apikey', password: apiKey });
  await writer.publishAsync('plant/boiler/data', '{"temperature":81.5}', { qos: 1 });
  expect(await latest('boiler', 'temperature')).toBe(81.5);
  await writer.publishAsync('raw/pump-0/flow', '12', { qos: 2 });
  expect(await latest('pump-0', 'flow')).toBe(12);
  // Neither is a failure: a device that does not exist, and a payload that cannot be read.
  await writer.publishAsync('raw/nobody/flow', '1', { qos: 1 });
  await writer.publishAsync('plant/boiler/data', 'no JSON', { qos: 1 });
  expect(server.log()).toContain('broker-mapping-refused');
});

test('500 readings in a row are all stored when the last one is acknowledged, in their order', async () => {
  const writer = await connect({ username: device.token });
  const startMs = Date.now();
  const readings = Array.from({ length: 500 }, (_, n) => JSON.stringify({ ts: startMs + n, values: { n } }));
  await Promise.all(readings.map((reading) => writer.publishAsync('plant/pump-0/data', reading, { qos: 1 })));
  expect(await client.count(device.id, 'n', startMs, startMs + 1_000)).toBe(500);
  expect(await latest('pump-0', 'n')).toBe(499);
});

test('what was acknowledged outlives SIGKILL: retained messages, subscriptions, messages that wait, mapped readings', async () => {
  const kept = { username: device.token, clientId: 'keeper', clean: false };
  const keeper = await connect(kept);
  await keeper.subscribeAsync('waiting/#', { qos: 1 });
  await keeper.endAsync();
  await publish('state/pump', 'on', '-q', '1', '-r');
  for (const n of [1, 2, 3]) await publish('waiting/x', String(n), '-q', '1');
  await publish('plant/pump-0/data', '{"last":7}', '-q', '1');
  await stopServer(server, 'SIGKILL');
  server = await startServer(folder.path, { env });
  client = await TenantClient.signIn(server.ports.http);
  const got: string[] = [];
  // Not awaited: what waited comes right behind the answer.
  const again = connectClient({ host: '127.0.0.1', port: server.ports.broker, protocolVersion: 4, reconnectPeriod: 0, ...kept });
  open.push(again);
  again.on('message', (topic, payload) => got.push(`${topic} ${payload.toString()}`));
  await expect.poll(() => got).toEqual(['waiting/x 1', 'waiting/x 2', 'waiting/x 3']);
  await again.subscribeAsync('state/+');
  await expect.poll(() => got.at(-1)).toBe('state/pump on');
  expect(await latest('pump-0', 'last')).toBe(7);
});

test('a client is cut off when its API key is removed or its device gets another token', async () => {
  const program = await connect({ username: 'apikey', password: apiKey });
  const programClosed = new Promise<void>((resolve) => void program.once('close', () => resolve()));
  const user = await client.request<{ id: { id: string } }>('GET', '/api/auth/user');
  const keys = await client.request<{ data: { id: { id: string } }[] }>('GET', `/api/apiKeys/${user.id.id}?pageSize=10&page=0`);
  await client.request('DELETE', `/api/apiKey/${keys.data[0]?.id.id}`);
  await programClosed;
  const machine = await connect({ username: device.token });
  const machineClosed = new Promise<void>((resolve) => void machine.once('close', () => resolve()));
  const credentials = await client.request<object>('GET', `/api/device/${device.id}/credentials`);
  await client.request('POST', '/api/device/credentials', { ...credentials, credentialsId: 'another-token' });
  await machineClosed;
});
