import type { ISubackPacket, IUnsubackPacket, Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { publishPacket, startEndpoint } from './endpoint.fixture.js';
import { Reason } from './reason-codes.js';

const subscribe = (messageId: number, ...filters: [string, 0 | 1 | 2][]): Packet => ({
  cmd: 'subscribe',
  messageId,
  subscriptions: filters.map(([topic, qos]) => ({ topic, qos })),
});
const unsubscribe = (messageId: number, ...unsubscriptions: string[]): Packet => ({ cmd: 'unsubscribe', messageId, unsubscriptions });

test.each([
  { version: 4, refused: 0x80 },
  { version: 5, refused: Reason.topicFilterInvalid },
] as const)('at level $version each filter of a SUBSCRIBE has its own code, and a refused one closes nothing', async ({ version, refused }) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(version);
  client.send(
    subscribe(
      5,
      ['v1/devices/me/attributes', 1],
      ['v1/devices/me/#', 1],
      ['v2/r/req/+', 2],
      ['v1/devices/me/rpc/response/+', 0],
      ['$share/g/v2/a', 1],
      ['kp1/#', 1],
    ),
  );
  const [suback] = await client.got(1);
  expect(suback).toMatchObject({ cmd: 'suback', messageId: 5 });
  expect((suback as ISubackPacket).granted).toEqual([1, refused, 1, 0, refused, refused]);
  client.send(publishPacket(1, '{}'));
  expect(await client.got(2)).toMatchObject([{}, { cmd: 'puback' }]);
});

test('UNSUBSCRIBE tells an MQTT 5 client which subscriptions it had', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send(subscribe(1, ['v2/a', 1]), unsubscribe(2, 'v2/a', 'v2/a/j', 'nonsense'), unsubscribe(3, 'v2/a'));
  const [, first, second] = await client.got(3);
  expect((first as IUnsubackPacket).granted).toEqual([Reason.success, Reason.noSubscription, Reason.noSubscription]);
  expect((second as IUnsubackPacket).granted).toEqual([Reason.noSubscription]);
});

test('UNSUBSCRIBE at 3.1.1 is acknowledged', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(4);
  client.send(unsubscribe(7, 'never/subscribed'));
  expect(await client.got(1)).toMatchObject([{ cmd: 'unsuback', messageId: 7 }]);
});

test('a profile adds a filter of its own, and they are bounded', async () => {
  await using endpoint = await startEndpoint({ limits: { subscriptionsMax: 2 } });
  const transportConfiguration = { type: 'MQTT', deviceAttributesSubscribeTopic: 'plant/+' };
  endpoint.gateway.devices.set('A1', { deviceId: 'a', profileData: { transportConfiguration } });
  const client = await endpoint.connect(5);
  client.send(subscribe(1, ['plant/a', 1], ['plant/b', 1], ['plant/c', 1], ['plant/a', 0], ['elsewhere', 0]));
  const [suback] = await client.got(1);
  expect((suback as ISubackPacket).granted).toEqual([1, 1, Reason.quotaExceeded, 0, Reason.topicFilterInvalid]);
});

test('a SUBACK larger than the client takes is not sent', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5, { username: 'A1', properties: { maximumPacketSize: 40 } });
  client.send(subscribe(1, ...Array.from({ length: 40 }, (): [string, 0] => ['x', 0])), subscribe(2, ['v2/a', 1]));
  expect(await client.got(1)).toMatchObject([{ cmd: 'suback', messageId: 2 }]);
});

test.each([4, 5] as const)('at level %i a PUBREL that nothing led up to is completed, as late ones are', async (version) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(version);
  client.send({ cmd: 'pubrel', messageId: 9 });
  expect(await client.got(1)).toMatchObject([{ cmd: 'pubcomp', messageId: 9, ...(version === 5 ? { reasonCode: 0x92 } : {}) }]);
});

test.each(['connack', 'suback', 'unsuback', 'pingresp', 'pubrec', 'pubcomp'] as const)('a %s from a client breaks the protocol', async (cmd) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send({ cmd, messageId: 1, granted: [0], reasonCode: 0, sessionPresent: false });
  expect(await client.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.protocolError }]);
});

test('DISCONNECT ends the session and gives its handle back', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send({ cmd: 'disconnect', reasonCode: 0 });
  expect(await client.closed()).toEqual([]);
  await expect.poll(() => endpoint.gateway.closedHandles).toEqual([1]);
});

test('a ping and a subscription tell the gateway that the device is there', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(4);
  expect(endpoint.gateway.seenHandles).toEqual([]);
  await client.ping();
  expect(endpoint.gateway.seenHandles).toEqual([1]);
  client.send(subscribe(5, ['v1/devices/me/attributes', 1]));
  await client.got(1);
  expect(endpoint.gateway.seenHandles).toEqual([1, 1]);
});
