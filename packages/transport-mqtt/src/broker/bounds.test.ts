import { connect as openSocket } from 'node:net';
import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { RawClient } from '../endpoint.fixture.js';
import { startBroker } from './broker.fixture.js';
import { EXPIRY_CHECK_MS } from './limits.js';

// Goal: every bound of limits.ts is reached once, and bytes that are no MQTT end nothing but their own connection.

const connectAs = (username: string): Packet => ({
  cmd: 'connect',
  clientId: 'raw',
  clean: true,
  keepalive: 0,
  protocolId: 'MQTT',
  protocolVersion: 4,
  username,
});

test('one filter more than a client may have is refused, and so are filters that are too long or too deep', async () => {
  await using server = await startBroker({ limits: { subscriptionsMax: 2, topicBytesMax: 20, topicLevelsMax: 3 } });
  const client = new RawClient(server.port, 4);
  client.send(connectAs('a'));
  await client.got(1);
  const subscriptions = ['a', 'x'.repeat(21), 'b/c/d/e', 'b', 'c'].map((topic) => ({ topic, qos: 1 }) as const);
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
  expect((await client.got(2))[1]).toMatchObject({ cmd: 'suback', granted: [1, 128, 128, 1, 128] });
  client.destroy();
});

test('one retained message more than a tenant may have is not acknowledged', async () => {
  await using server = await startBroker({ limits: { retainedPerTenantMax: 2 } });
  const writer = await server.connect('a');
  for (const topic of ['1', '2', '2']) await writer.mqtt.publishAsync(topic, 'x', { qos: 1, retain: true });
  const closed = new Promise<void>((resolve) => void writer.mqtt.once('close', () => resolve()));
  writer.mqtt.publish('3', 'x', { qos: 1, retain: true });
  await closed;
  expect(server.store.records.size).toBe(2);
  await (await server.connect('b')).mqtt.publishAsync('3', 'x', { qos: 1, retain: true });
});

test('a session keeps as many messages as it may, the oldest ones', async () => {
  await using server = await startBroker({ limits: { queuedMessagesMax: 3 } });
  const away = await server.connect('a', { clientId: 'k', clean: false });
  await away.mqtt.subscribeAsync('#', { qos: 1 });
  await away.mqtt.endAsync();
  const writer = await server.connect('a');
  for (const n of [1, 2, 3, 4, 5]) await writer.mqtt.publishAsync('x', String(n), { qos: 1 });
  const back = await server.connect('a', { clientId: 'k', clean: false });
  await expect.poll(() => back.got).toEqual(['x 1 q1', 'x 2 q1', 'x 3 q1']);
});

test('one kept session or one client more than a tenant may have is refused with code 3', async () => {
  await using server = await startBroker({ limits: { sessionsPerTenantMax: 1, connectionsPerTenantMax: 2 } });
  const kept = await server.connect('a', { clientId: '1', clean: false });
  await kept.mqtt.subscribeAsync('x', { qos: 1 });
  await expect(server.connect('a', { clientId: '2', clean: false })).rejects.toMatchObject({ code: 3 });
  await server.connect('a', { clientId: '3' });
  await expect(server.connect('a', { clientId: '4' })).rejects.toMatchObject({ code: 3 });
  await server.connect('b', { clientId: '2', clean: false });
});

test('a session is forgotten when its client stayed away for too long', async () => {
  await using server = await startBroker({ limits: { sessionExpiryMs: EXPIRY_CHECK_MS } });
  const away = await server.connect('a', { clientId: 'k', clean: false });
  await away.mqtt.subscribeAsync('#', { qos: 1 });
  await server.connect('a', { clientId: 'here', clean: false }).then(({ mqtt }) => mqtt.subscribeAsync('#', { qos: 1 }));
  await away.mqtt.endAsync();
  await expect.poll(() => server.gateway.closedPeers.length).toBe(1);
  server.clock.advanceMs(3 * EXPIRY_CHECK_MS);
  await expect.poll(() => [...server.store.records.values()].map(({ owner }) => owner)).toEqual(['a p here']);
});

test('a client that never releases its messages of QoS 2 is cut off', async () => {
  await using server = await startBroker({ limits: { unreleasedMax: 3 } });
  const client = new RawClient(server.port, 4);
  client.send(connectAs('a'));
  await client.got(1);
  for (let id = 1; id <= 4; id += 1) client.send({ cmd: 'publish', topic: 'x', payload: 'y', qos: 2, messageId: id, dup: false, retain: false });
  expect((await client.closed()).filter(({ cmd }) => cmd === 'pubrec').length).toBeLessThanOrEqual(3);
});

test('a message of QoS 2 that comes twice before its release passes once', async () => {
  await using server = await startBroker();
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('#', { qos: 2 });
  const client = new RawClient(server.port, 4);
  const publish = { cmd: 'publish', topic: 'x', payload: 'y', qos: 2, messageId: 7, dup: false, retain: false } as const;
  client.send(connectAs('a'));
  await client.got(1);
  client.send(publish, { ...publish, dup: true });
  expect((await client.got(3)).slice(1)).toMatchObject([
    { cmd: 'pubrec', messageId: 7 },
    { cmd: 'pubrec', messageId: 7 },
  ]);
  client.send({ cmd: 'pubrel', messageId: 7 });
  await client.got(4);
  client.send({ ...publish, payload: 'z' });
  await client.got(5);
  await expect.poll(() => reader.got).toEqual(['x y q2', 'x z q2']);
  client.destroy();
});

test('packets that come right behind a CONNECT wait for its answer, in any number', async () => {
  await using server = await startBroker();
  const client = new RawClient(server.port, 4);
  const publishes = Array.from({ length: 200 }, (_, n): Packet => ({
    cmd: 'publish',
    topic: 'x',
    payload: String(n),
    qos: 1,
    messageId: n + 1,
    dup: false,
    retain: false,
  }));
  client.send(connectAs('a'), ...publishes);
  expect((await client.got(201)).map((packet) => packet.messageId ?? 0)).toEqual(Array.from({ length: 201 }, (_, n) => n));
  client.destroy();
});

test.each([
  ['no CONNECT first', [{ cmd: 'pingreq' }]],
  ['a second CONNECT', [connectAs('a'), connectAs('a')]],
  ['a packet that only servers send', [connectAs('a'), { cmd: 'pingresp' }]],
] as const)('%s closes the connection', async (_name, packets) => {
  await using server = await startBroker();
  const client = new RawClient(server.port, 4);
  client.send(...(packets as readonly Packet[]));
  await client.closed();
});

test.each([
  ['a wildcard in the topic', Buffer.from([0x30, 0x04, 0, 1, 0x23, 0x78])],
  ['QoS 3', Buffer.from([0x36, 0x05, 0, 1, 0x78, 0, 1])],
  ['a filter with # in the middle', generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#/x', qos: 0 }] })],
  ['a filter with + beside a letter', generate({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: ['x+/y'] })],
  ['a topic that is no UTF-8', Buffer.from([0x30, 0x04, 0, 2, 0xc3, 0x28])],
  ['a packet that is too large', Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])],
])('%s closes the connection and no other', async (_name, bytes) => {
  await using server = await startBroker();
  const other = await server.connect('a');
  const client = new RawClient(server.port, 4);
  client.send(connectAs('a'));
  await client.got(1);
  client.send(bytes);
  await client.closed();
  await other.mqtt.publishAsync('x', 'y', { qos: 1 });
});

test('any bytes behind a CONNECT, in any pieces, leave the broker running', { timeout: 30_000 }, async () => {
  await using server = await startBroker();
  const other = await server.connect('a');
  const packet = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 20 }))
    .map(([head, body]) => Buffer.from([head, body.length, ...body]));
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), async (packets, size) => {
      const bytes = Buffer.concat([generate(connectAs('a')), ...packets]);
      const socket = openSocket({ port: server.port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
      socket.end();
      socket.resume();
      await closed;
    }),
    { numRuns: 150 },
  );
  await other.mqtt.publishAsync('x', 'y', { qos: 1 });
});
