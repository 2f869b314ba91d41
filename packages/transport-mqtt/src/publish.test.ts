import type { Packet } from 'mqtt-packet';
import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { UplinkKind } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint, type GivenUplink } from './endpoint.fixture.js';
import { Reason } from './reason-codes.js';

const invalid: Problem = { code: 'PAYLOAD_INVALID', kind: 'invalid-input', message: 'No JSON.', remedy: 'Send JSON.', retry: 'never' };
const limited: Problem = { code: 'RATE_LIMIT', kind: 'limit-exceeded', message: 'Too fast.', remedy: 'Send less.', retry: 'never' };
const judgeBy = (problem: Problem) => (uplinks: readonly GivenUplink[]) =>
  Promise.resolve(new Map(uplinks.flatMap(({ payload }, place) => (payload === 'bad' ? [[place, problem] as const] : []))));
const acks = (packets: readonly Packet[]): unknown[] =>
  packets.map((packet) => (packet.cmd === 'puback' ? [packet.messageId, packet.reasonCode ?? 0] : packet.cmd));

test.each([
  { topic: 'v1/devices/me/telemetry', kind: UplinkKind.telemetry },
  { topic: 'v2/t', kind: UplinkKind.telemetry },
  { topic: 'v2/t/j', kind: UplinkKind.telemetry },
  { topic: 'v1/devices/me/attributes', kind: UplinkKind.attributes },
  { topic: 'v2/a', kind: UplinkKind.attributes },
  { topic: 'v2/a/j', kind: UplinkKind.attributes },
  { topic: 'v1/devices/me/claim', kind: UplinkKind.claim },
])('what comes on $topic is given to the gateway as kind $kind and acknowledged', async ({ topic, kind }) => {
  await using endpoint = await startEndpoint();
  for (const version of [3, 4, 5] as const) {
    const client = await endpoint.connect(version);
    client.send(publishPacket(7, '{"a":1}', topic), publishPacket(0, '{"b":2}', topic));
    expect(acks(await client.got(1))).toEqual([[7, 0]]);
    await client.ping();
    client.destroy();
  }
  expect(endpoint.gateway.uplinks.slice(0, 2)).toEqual([
    { handle: 1, kind, packetId: 7, isRedelivery: false, topic: '', payload: '{"a":1}' },
    { handle: 1, kind, packetId: 0, isRedelivery: false, topic: '', payload: '{"b":2}' },
  ]);
});

test('a topic as long as the one before is not taken for it', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect();
  client.send(...['v2/t', 'v2/a', 'v2/x', 'v2/t'].map((topic, n) => publishPacket(n + 1, '{}', topic)));
  await client.got(4);
  expect(endpoint.gateway.uplinks.map(({ kind }) => kind)).toEqual([UplinkKind.telemetry, UplinkKind.attributes, UplinkKind.telemetry]);
});

test('a repeated packet is marked as one', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect();
  client.send({ ...publishPacket(9, '{}'), dup: true } as Packet);
  await client.got(1);
  expect(endpoint.gateway.uplinks).toMatchObject([{ packetId: 9, isRedelivery: true }]);
});

test('QoS 2 is answered by PUBACK', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect();
  client.send({ ...publishPacket(9, '{}'), qos: 2 } as Packet);
  expect(acks(await client.got(1))).toEqual([[9, 0]]);
});

test.each([3, 4, 5] as const)('an unknown topic at level %i is acknowledged and the connection stays', async (version) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(version);
  const topics = [
    'v1/devices/me/telemetry/',
    'v1/gateway/telemetry',
    'v1/devices/me/attributes/request/1',
    'kp1/app-v1/dcx/TokenOne1/json',
    'x'.repeat(2_000),
  ];
  client.send(...topics.map((topic, n) => publishPacket(n + 1, '{}', topic)), publishPacket(0, '{}', 'x'), publishPacket(9, '{}'));
  const code = version === 5 ? Reason.topicNameInvalid : 0;
  expect(acks(await client.got(6))).toEqual([...topics.map((_, n) => [n + 1, code]), [9, 0]]);
  expect(endpoint.gateway.uplinks).toHaveLength(1);
  expect(endpoint.transport.stats()).toMatchObject({ unknownTopics: 6, publishesReceived: 7 });
});

test('at MQTT 5 a payload that cannot be read is refused by its code, in order, and the connection stays', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = judgeBy(invalid);
  const client = await endpoint.connect(5);
  client.send(publishPacket(1, '{}'), publishPacket(2, 'bad'), publishPacket(3, '{}', 'nowhere'), publishPacket(4, '{}'));
  expect(acks(await client.got(4))).toEqual([
    [1, 0],
    [2, Reason.payloadFormatInvalid],
    [3, Reason.topicNameInvalid],
    [4, 0],
  ]);
  expect(endpoint.transport.stats()).toMatchObject({ uplinksStored: 2, uplinksRefused: 1 });
});

test.each([
  { title: 'at 3.1.1 with QoS 1', version: 4, id: 2, last: [[1, 0]] },
  { title: 'at 3.1.1 with QoS 0', version: 4, id: 0, last: [[1, 0]] },
  { title: 'at MQTT 5 with QoS 0', version: 5, id: 0, last: [[1, 0], 'disconnect'] },
] as const)('$title it closes the connection, after what came before was acknowledged', async ({ version, id, last }) => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = judgeBy(invalid);
  const client = await endpoint.connect(version);
  client.send(publishPacket(1, '{}'), publishPacket(id, 'bad'), publishPacket(3, '{}'));
  expect(acks(await client.closed())).toEqual(last);
  if (version === 5) expect(client.packets.at(-1)).toMatchObject({ reasonCode: Reason.payloadFormatInvalid });
});

test('a profile can have it acknowledged at 3.1.1 too, but not without QoS', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = judgeBy(invalid);
  endpoint.gateway.devices.set('A1', {
    deviceId: 'a',
    profileData: { transportConfiguration: { type: 'MQTT', sendAckOnValidationException: true } },
  });
  const client = await endpoint.connect();
  client.send(publishPacket(1, 'bad'));
  expect(acks(await client.got(1))).toEqual([[1, 0]]);
  client.send(publishPacket(0, 'bad'));
  await client.closed();
});

test('a profile has topics of its own', async () => {
  await using endpoint = await startEndpoint();
  const transportConfiguration = { type: 'MQTT', deviceTelemetryTopic: 'plant/+/data', deviceAttributesTopic: 'plant/info' };
  endpoint.gateway.devices.set('A1', { deviceId: 'a', profileData: { transportConfiguration } });
  const client = await endpoint.connect(5);
  const topics = ['plant/7/data', 'plant/info', 'v2/t', 'v1/devices/me/telemetry'];
  client.send(...topics.map((topic, n) => publishPacket(n + 1, '{}', topic)));
  expect(acks(await client.got(4))).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, Reason.topicNameInvalid],
  ]);
  expect(endpoint.gateway.uplinks.map(({ kind }) => kind)).toEqual([UplinkKind.telemetry, UplinkKind.attributes, UplinkKind.telemetry]);
});

test.each([4, 5] as const)('at level %i a limit of the gateway closes the connection', async (version) => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = judgeBy(limited);
  const client = await endpoint.connect(version);
  client.send(publishPacket(1, 'bad'));
  expect(await client.closed()).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.implementationError }] : []);
});

test('what could not be stored is not acknowledged, and the connection is closed so that the client sends again', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = () => Promise.reject(storageErrors.FULL({ reason: 'no space' }));
  const client = await endpoint.connect(4);
  const other = await endpoint.connect(4, { username: 'B2' });
  client.send(publishPacket(1, '{}'));
  expect(await client.closed()).toEqual([]);
  await other.ping();
  expect(other.isClosed).toBe(false);
  endpoint.gateway.judge = () => Promise.resolve(new Map());
  const again = await endpoint.connect(4);
  again.send({ ...publishPacket(1, '{}'), dup: true } as Packet);
  expect(acks(await again.got(1))).toEqual([[1, 0]]);
  expect(endpoint.transport.stats()).toMatchObject({ uplinksUnanswered: 1, uplinksStored: 1 });
});

test('a problem that may pass is not acknowledged either', async () => {
  await using endpoint = await startEndpoint();
  endpoint.gateway.judge = judgeBy(problemOf(storageErrors.UNAVAILABLE({ reason: 'busy' })));
  const client = await endpoint.connect(4);
  client.send(publishPacket(1, '{}'), publishPacket(2, 'bad'));
  expect(acks(await client.closed())).toEqual([[1, 0]]);
});

test('batches are answered in the order they were given, whichever completes first', async () => {
  await using endpoint = await startEndpoint();
  const complete: (() => void)[] = [];
  endpoint.gateway.judge = () => new Promise((resolve) => complete.push(() => resolve(new Map())));
  const client = await endpoint.connect(4);
  client.send(publishPacket(1, '{}'));
  await expect.poll(() => complete.length).toBe(1);
  client.send(publishPacket(2, '{}'), publishPacket(3, '{}', 'nowhere'));
  await expect.poll(() => complete.length).toBe(2);
  client.send(publishPacket(4, '{}', 'nowhere'));
  await client.ping();
  complete[1]?.();
  await client.ping();
  expect(client.packets).toEqual([]);
  complete[0]?.();
  expect(acks(await client.got(4))).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
  ]);
});

test('packets of one turn are one batch, in the order of arrival', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect();
  client.send(...Array.from({ length: 50 }, (_, n) => publishPacket(n + 1, `{"n":${n}}`)));
  expect(acks(await client.got(50))).toEqual(Array.from({ length: 50 }, (_, n) => [n + 1, 0]));
  expect(endpoint.gateway.batchSizes).toEqual([50]);
  expect(endpoint.gateway.uplinks.map(({ payload }) => payload)).toEqual(Array.from({ length: 50 }, (_, n) => `{"n":${n}}`));
});

test('what a client sent before it hung up is still stored', async () => {
  await using endpoint = await startEndpoint();
  let admit = (): void => undefined;
  endpoint.gateway.beforeClaim = () => new Promise((resolve) => (admit = resolve));
  const client = endpoint.open();
  client.send(connectPacket(4, { username: 'A1' }), publishPacket(0, '{"last":1}'));
  client.end();
  await expect.poll(() => endpoint.gateway.claims.length).toBe(1);
  admit();
  await expect.poll(() => endpoint.gateway.uplinks.map(({ payload }) => payload)).toEqual(['{"last":1}']);
  await expect.poll(() => endpoint.gateway.closedHandles).toEqual([1]);
  expect(endpoint.transport.stats()).toMatchObject({ connectionsOpen: 0, sessionsOpen: 0 });
});

test('a handle is given back only after the last batch that holds it', async () => {
  await using endpoint = await startEndpoint();
  let complete = (): void => undefined;
  endpoint.gateway.judge = () => new Promise((resolve) => (complete = () => resolve(new Map())));
  const client = await endpoint.connect();
  client.send(publishPacket(0, '{}'));
  await expect.poll(() => endpoint.gateway.uplinks.length).toBe(1);
  client.destroy();
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(0);
  expect(endpoint.gateway.closedHandles).toEqual([]);
  complete();
  await expect.poll(() => endpoint.gateway.closedHandles).toEqual([1]);
});

test('an MQTT 5 client may leave as many packets unanswered as it was told, and not one more', async () => {
  await using endpoint = await startEndpoint({ limits: { receiveMaximum: 3 } });
  let complete = (): void => undefined;
  endpoint.gateway.judge = () => new Promise((resolve) => (complete = () => resolve(new Map())));
  const client = await endpoint.connect(5);
  client.send(...[1, 2, 3].map((id) => publishPacket(id, '{}')), publishPacket(0, '{}'));
  await expect.poll(() => endpoint.gateway.uplinks.length).toBe(4);
  complete();
  expect(acks(await client.got(3))).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
  client.send(...[4, 5, 6].map((id) => publishPacket(id, '{}')));
  await expect.poll(() => endpoint.gateway.uplinks.length).toBe(7);
  complete();
  await client.got(6);
  client.packets.length = 0;
  client.send(...[1, 2, 3, 4].map((id) => publishPacket(id, '{}')));
  expect(await client.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.receiveMaximumExceeded }]);
});

test('topic aliases stand for their topic until they are given another', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send(
    publishPacket(1, 't1', 'v1/devices/me/telemetry', { topicAlias: 1 }),
    publishPacket(2, 'a1', 'v1/devices/me/attributes', { topicAlias: 32 }),
    publishPacket(3, 't2', '', { topicAlias: 1 }),
    publishPacket(4, 'a2', '', { topicAlias: 32 }),
    publishPacket(5, 'a3', 'v2/a', { topicAlias: 1 }),
    publishPacket(6, 'a4', '', { topicAlias: 1 }),
  );
  await client.got(6);
  const { telemetry, attributes } = UplinkKind;
  expect(endpoint.gateway.uplinks.map(({ kind }) => kind)).toEqual([telemetry, attributes, telemetry, attributes, attributes, attributes]);
});

test.each([
  { title: 'an alias above the maximum', topic: 'v2/t', properties: { topicAlias: 33 }, reason: Reason.topicAliasInvalid },
  { title: 'an alias never set', topic: '', properties: { topicAlias: 5 }, reason: Reason.protocolError },
  { title: 'neither topic nor alias', topic: '', properties: {}, reason: Reason.protocolError },
])('$title closes the connection', async ({ topic, properties, reason }) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send(publishPacket(1, '{}', topic, properties));
  expect(await client.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: reason }]);
});

test.each([4, 5] as const)('at level %i the largest packet passes and one byte more closes the connection', async (version) => {
  await using endpoint = await startEndpoint({ limits: { packetBytesMax: 1_000 } });
  const client = await endpoint.connect(version);
  const overhead = 2 + 'v2/t'.length + 2 + (version === 5 ? 1 : 0);
  client.send(publishPacket(1, 'x'.repeat(1_000 - overhead), 'v2/t'));
  await client.got(1);
  client.packets.length = 0;
  client.send(publishPacket(2, 'x'.repeat(1_001 - overhead), 'v2/t'));
  expect(await client.closed()).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.malformedPacket }] : []);
  expect(endpoint.gateway.uplinks).toHaveLength(1);
});
