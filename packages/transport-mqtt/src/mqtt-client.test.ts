import { connectAsync, type IClientOptions } from 'mqtt';
import { expect, test } from 'vitest';
import { startEndpoint, type TestGateway } from './endpoint.fixture.js';

// The same endpoint with a client that others wrote.

const open = (port: number, options: IClientOptions) => connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0, ...options });
const payloads = (gateway: TestGateway): string[] => gateway.uplinks.map(({ payload }) => payload);

test.each([3, 4, 5] as const)('at level %i a client connects, publishes with both qualities of service and leaves', async (protocolVersion) => {
  await using endpoint = await startEndpoint();
  const protocolId = protocolVersion === 3 ? 'MQIsdp' : 'MQTT';
  const client = await open(endpoint.port, { protocolVersion, protocolId, username: 'A1', clientId: 'c' });
  await client.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 });
  await client.publishAsync('v1/devices/me/telemetry', '{"a":2}', { qos: 0 });
  await Promise.all(Array.from({ length: 100 }, (_, n) => client.publishAsync('v2/t', String(n), { qos: 1 })));
  expect(await client.subscribeAsync('v1/devices/me/attributes', { qos: 1 })).toMatchObject([{ topic: 'v1/devices/me/attributes', qos: 1 }]);
  await client.unsubscribeAsync('v1/devices/me/attributes');
  await client.endAsync();
  expect(payloads(endpoint.gateway)).toEqual(['{"a":1}', '{"a":2}', ...Array.from({ length: 100 }, (_, n) => String(n))]);
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(0);
});

test.each([
  { protocolVersion: 4, code: 5 },
  { protocolVersion: 5, code: 0x86 },
] as const)('at level $protocolVersion a wrong token is reported with code $code', async ({ protocolVersion, code }) => {
  await using endpoint = await startEndpoint();
  await expect(open(endpoint.port, { protocolVersion, username: 'wrong' })).rejects.toMatchObject({ code });
});

test('at MQTT 5 a refused topic and a refused payload are errors of their own publish', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = () => Promise.resolve(new Map([[0, { code: 'X', kind: 'invalid-input', message: '', remedy: '', retry: 'never' }]]));
  const client = await open(endpoint.port, { protocolVersion: 5, username: 'A1' });
  await expect(client.publishAsync('nowhere', '{}', { qos: 1 })).rejects.toMatchObject({ code: 0x90 });
  await expect(client.publishAsync('v2/t', '{', { qos: 1 })).rejects.toMatchObject({ code: 0x99 });
  expect(client.connected).toBe(true);
  await client.endAsync();
});

test('topic aliases that the client assigns by itself work', async () => {
  await using endpoint = await startEndpoint();
  const client = await open(endpoint.port, { protocolVersion: 5, username: 'A1', autoAssignTopicAlias: true });
  for (let n = 0; n < 5; n += 1) await client.publishAsync('v1/devices/me/telemetry', String(n), { qos: 1 });
  await client.endAsync();
  expect(payloads(endpoint.gateway)).toEqual(['0', '1', '2', '3', '4']);
});

test('what was not acknowledged is sent again after the connection was closed', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = () => Promise.reject(new Error('no store'));
  const client = await open(endpoint.port, { protocolVersion: 4, username: 'A1', clientId: 'c', clean: true, reconnectPeriod: 10 });
  const published = client.publishAsync('v2/t', '{"kept":1}', { qos: 1 });
  await expect.poll(() => endpoint.gateway.uplinks.length).toBeGreaterThan(0);
  endpoint.gateway.judge = () => Promise.resolve(new Map());
  await published;
  await client.endAsync();
  expect(endpoint.gateway.uplinks.length).toBeGreaterThan(1);
  expect(new Set(payloads(endpoint.gateway))).toEqual(new Set(['{"kept":1}']));
});

test('a 1/KP client without user name gets its status without subscribing', async () => {
  await using endpoint = await startEndpoint({ isKaaEnabled: true });
  const client = await open(endpoint.port, { protocolVersion: 4, clientId: 'random' });
  const answer = new Promise((resolve) => client.once('message', (topic, payload) => resolve([topic, payload.length])));
  await client.publishAsync('kp1/app-v1/dcx/TokenOne1/json/42', '[{"temperature":23}]');
  expect(await answer).toEqual(['kp1/app-v1/dcx/TokenOne1/json/42/status', 0]);
  await client.endAsync();
});
