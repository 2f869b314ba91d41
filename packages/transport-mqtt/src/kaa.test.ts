import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Problem } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { UplinkKind } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint } from './endpoint.fixture.js';
import { Reason } from './reason-codes.js';

// Case numbers are those of kaa.md §13.

const one = 'kp1/app-v1/dcx/TokenOne1/json';
const two = 'kp1/app-v1/dcx/TokenTwo2/json';
const startKaa = (limits = {}) => startEndpoint({ isKaaEnabled: true, limits });
const nobody = { clientId: 'counter' };

/** What was published to the client: topic, payload, QoS; acknowledgements by name. */
const said = (packets: readonly Packet[]): unknown[] =>
  packets.map((packet) => {
    if (packet.cmd !== 'publish') return packet.cmd;
    const { topic, payload, qos } = packet;
    return [topic, payload.toString(), qos];
  });
const status = (packet: Packet | undefined): unknown =>
  (JSON.parse((packet as IPublishPacket).payload.toString()) as { statusCode: unknown }).statusCode;

test.each([3, 4, 5] as const)('K01 K17: at level %i a client without name or subscription gets its status', async (version) => {
  await using endpoint = await startKaa();
  // MQTT 3.1 knows no empty client id.
  const client = await endpoint.connect(version, { clientId: version === 3 ? 'x' : '' });
  client.send(publishPacket(0, '[{"t":1}]', `${one}/42`));
  expect(said(await client.got(1))).toEqual([[`${one}/42/status`, '', 0]]);
  expect(endpoint.gateway.uplinks).toMatchObject([{ kind: UplinkKind.kaaJson, topic: '', payload: '[{"t":1}]', packetId: 0 }]);
});

test('K02: without an id success is silent', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '{}', one));
  await client.ping();
  await expect.poll(() => endpoint.gateway.uplinks.length).toBe(1);
  await client.ping();
  expect(client.packets).toEqual([]);
});

test('K04: a subscription is granted and doubles nothing', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${one}/#`, qos: 1 }] }, publishPacket(0, '{}', `${one}/1`));
  expect(await client.got(2)).toMatchObject([{ cmd: 'suback', granted: [1] }, { cmd: 'publish' }]);
  await client.ping();
  expect(client.packets).toHaveLength(2);
});

test('K05: QoS 1 gets both PUBACK and status, the status with QoS 1 and ids that count up', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(7, '{}', `${one}/1`), publishPacket(8, '{}', `${one}/2`));
  const packets = await client.got(4);
  expect(said(packets)).toEqual([[`${one}/1/status`, '', 1], 'puback', [`${one}/2/status`, '', 1], 'puback']);
  expect(packets.map(({ messageId }) => messageId)).toEqual([1, 7, 2, 8]);
});

test('K06 K07: a refused sample gets an error, with and without id, and PUBACK beside it', async () => {
  await using endpoint = await startKaa();
  const problem: Problem = { code: 'X', kind: 'invalid-input', message: 'No JSON.', remedy: '', retry: 'never' };
  endpoint.gateway.judge = (uplinks) => Promise.resolve(new Map(uplinks.map((_, place) => [place, problem])));
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(3, 'no', `${one}/5`), publishPacket(0, 'no', one));
  expect(said(await client.got(3))).toEqual([
    [`${one}/5/error`, '{"statusCode":400,"reasonPhrase":"No JSON."}', 1],
    'puback',
    [`${one}/error`, '{"statusCode":400,"reasonPhrase":"No JSON."}', 0],
  ]);
  endpoint.gateway.judge = () => Promise.resolve(new Map());
  client.send(publishPacket(0, '{}', `${one}/6`));
  expect(said(await client.got(4)).at(-1)).toEqual([`${one}/6/status`, '', 0]);
});

test('K08: several endpoints speak over one connection, each under its own session, in order', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '1', `${one}/1`), publishPacket(0, '2', `${two}/1`), publishPacket(0, '3', `${one}/2`));
  expect(said(await client.got(3))).toEqual([
    [`${one}/1/status`, '', 0],
    [`${two}/1/status`, '', 0],
    [`${one}/2/status`, '', 0],
  ]);
  expect(endpoint.gateway.uplinks.map(({ handle, payload }) => [handle, payload])).toEqual([
    [1, '1'],
    [2, '2'],
    [1, '3'],
  ]);
  client.destroy();
  await expect.poll(() => endpoint.gateway.closedHandles.sort()).toEqual([1, 2]);
});

test.each([
  { title: 'K10: an unknown token', topic: 'kp1/app-v1/dcx/NoSuchToken/json', code: 401 },
  { title: 'K34: an unknown resource', topic: `${one}/random_string`, code: 404 },
  { title: 'an unknown extension', topic: 'kp1/app-v1/nope/TokenOne1/json', code: 404 },
])('$title gets an error, with and without id, and the connection stays', async ({ topic, code }) => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(1, '{}', `${topic}/3`), publishPacket(0, '{}', topic));
  const packets = await client.got(3);
  expect(packets.map((packet) => packet.cmd)).toEqual(['publish', 'puback', 'publish']);
  expect([status(packets[0]), status(packets[2])]).toEqual([code, code]);
  client.send(publishPacket(0, '{}', `${one}/1`));
  expect(said(await client.got(4)).at(-1)).toEqual([`${one}/1/status`, '', 0]);
  expect(endpoint.gateway.uplinks).toHaveLength(1);
});

test('K34: where paths are relaxed, what begins with json is JSON, and its topic is answered on', async () => {
  await using endpoint = await startEndpoint({ isKaaEnabled: true, isKaaRelaxed: true });
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '{"t":1}', `${one}/random_string/4`));
  expect(said(await client.got(1))).toEqual([[`${one}/random_string/4/status`, '', 0]]);
  expect(endpoint.gateway.uplinks).toMatchObject([{ kind: UplinkKind.kaaJson, topic: '', payload: '{"t":1}' }]);
});

test('K14 and answers published by a client: ignored, but acknowledged', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(1, '{}', `${one}/`), publishPacket(2, '{}', `${one}/7/status`), publishPacket(3, '{}', 'kp1/x'));
  expect(said(await client.got(3))).toEqual(['puback', 'puback', 'puback']);
  expect(endpoint.gateway.uplinks).toEqual([]);
});

test.each([4, 5] as const)('K14: outside kp1/ a connection without a device is closed, at level %i', async (version) => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(version, nobody);
  client.send(publishPacket(0, '{}', `/${one}`));
  expect(await client.closed()).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.topicNameInvalid }] : []);
});

test('K15 K16: what comes in one segment with CONNECT is answered after it, and stored though the client is gone', async () => {
  await using endpoint = await startKaa();
  const client = endpoint.open();
  client.send(connectPacket(4, nobody), publishPacket(0, '{}', `${one}/1`));
  expect(said(await client.got(2))).toEqual(['connack', [`${one}/1/status`, '', 0]]);
  const hasty = endpoint.open();
  hasty.send(connectPacket(4, nobody), publishPacket(0, 'hasty', two), publishPacket(0, 'last', one));
  hasty.end();
  await expect.poll(() => endpoint.gateway.uplinks.map(({ payload }) => payload)).toEqual(['{}', 'hasty', 'last']);
});

test('K18: two connections with one client id and the same endpoint live side by side', async () => {
  await using endpoint = await startKaa();
  const [first, second] = [await endpoint.connect(4, nobody), await endpoint.connect(4, nobody)];
  first.send(publishPacket(0, '{}', `${one}/1`));
  second.send(publishPacket(0, '{}', `${one}/2`));
  expect(said(await first.got(1))).toEqual([[`${one}/1/status`, '', 0]]);
  expect(said(await second.got(1))).toEqual([[`${one}/2/status`, '', 0]]);
});

test('K20: a revoked token is asked for anew and refused', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '{}', `${one}/1`));
  await client.got(1);
  endpoint.gateway.devices.delete('kp1:app-v1/TokenOne1');
  endpoint.gateway.revoke('e1');
  expect(endpoint.gateway.closedHandles).toEqual([1]);
  client.send(publishPacket(0, '{}', `${one}/2`));
  expect(status((await client.got(2))[1])).toBe(401);
});

test('a token that was refused is asked for anew with the next packet', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  const late = 'kp1/app-v1/dcx/Late/json';
  client.send(publishPacket(0, '{}', `${late}/1`));
  expect(status((await client.got(1))[0])).toBe(401);
  endpoint.gateway.devices.set('kp1:app-v1/Late', { deviceId: 'late' });
  client.send(publishPacket(0, '{}', `${late}/2`));
  expect(said(await client.got(2))[1]).toEqual([`${late}/2/status`, '', 0]);
});

test('K22: UNSUBSCRIBE is acknowledged', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(5, nobody);
  client.send({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['kp1/app-v1/cex/TokenOne1/command/RESET'] });
  expect(await client.got(1)).toMatchObject([{ cmd: 'unsuback', messageId: 4, granted: [0] }]);
});

test('K31: plain data goes with the name of its metric', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '47%', 'kp1/app-v1/dcx/TokenOne1/plain/charge/4'));
  await client.got(1);
  expect(endpoint.gateway.uplinks).toMatchObject([{ kind: UplinkKind.kaaPlain, topic: 'charge', payload: '47%' }]);
});

test('what could not be stored is an error; with QoS 1 the client must send it again', async () => {
  await using endpoint = await startKaa();
  endpoint.gateway.judge = () => Promise.reject(storageErrors.UNAVAILABLE({ reason: 'gone' }));
  const client = await endpoint.connect(4, nobody);
  client.send(publishPacket(0, '{}', one));
  expect(status((await client.got(1))[0])).toBe(503);
  await client.ping();
  expect(client.isClosed).toBe(false);
  client.send(publishPacket(1, '{}', `${one}/1`));
  const packets = await client.closed();
  expect(packets.map((packet) => packet.cmd)).toEqual(['publish', 'publish']);
  expect(status(packets[1])).toBe(503);
});

test('a device session may use 1/KP topics of its own tenant only', async () => {
  await using endpoint = await startKaa();
  endpoint.gateway.devices.set('kp1:app-v1/Foreign', { deviceId: 'f', tenantId: 'other' });
  const client = await endpoint.connect(4);
  client.send(publishPacket(0, '{}', `${one}/1`), publishPacket(0, '{}', 'kp1/app-v1/dcx/Foreign/json/2'), publishPacket(5, '{}'));
  const packets = await client.got(3);
  expect(said(packets)[0]).toEqual([`${one}/1/status`, '', 0]);
  expect(status(packets[1])).toBe(403);
  expect(packets[2]).toMatchObject({ cmd: 'puback', messageId: 5 });
});

test('with 1/KP off, a client without user name is refused as ThingsBoard does, and with a wrong one always', async () => {
  await using off = await startEndpoint();
  const refused = off.open();
  refused.send(connectPacket(4, nobody));
  expect(await refused.closed()).toMatchObject([{ cmd: 'connack', returnCode: 2 }]);
  await using on = await startKaa();
  const wrong = on.open();
  wrong.send(connectPacket(4, { username: 'no' }));
  expect(await wrong.closed()).toMatchObject([{ cmd: 'connack', returnCode: 5 }]);
});

test('beyond the limit the endpoint unused for longest is given back, and comes back when it speaks', async () => {
  await using endpoint = await startKaa({ endpointsMax: 2 });
  for (const n of [1, 2, 3]) endpoint.gateway.devices.set(`kp1:v/T${n}`, { deviceId: `d${n}` });
  const client = await endpoint.connect(4, nobody);
  const speak = async (token: number, count: number): Promise<void> => {
    client.send(publishPacket(0, '{}', `kp1/v/dcx/T${token}/json/1`));
    await client.got(count);
  };
  await speak(1, 1);
  await speak(2, 2);
  await speak(1, 3);
  await speak(3, 4);
  expect(endpoint.gateway.closedHandles).toEqual([2]);
  await speak(2, 5);
  expect(endpoint.gateway.closedHandles).toEqual([2, 1]);
  expect(endpoint.gateway.uplinks.map(({ handle }) => handle)).toEqual([1, 2, 1, 3, 4]);
});

test('answers go out with QoS 0 while the client has as many unanswered as it takes', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(5, { ...nobody, properties: { receiveMaximum: 2 } });
  client.send(...[1, 2, 3].map((id) => publishPacket(id, '{}', `${one}/${id}`)));
  const qosOf = (packets: readonly Packet[]): unknown[] =>
    packets.filter(({ cmd }) => cmd === 'publish').map((packet) => (packet as IPublishPacket).qos);
  expect(qosOf(await client.got(6))).toEqual([1, 1, 0]);
  client.send({ cmd: 'puback', messageId: 1, reasonCode: 0 }, publishPacket(4, '{}', `${one}/4`));
  expect(qosOf(await client.got(8))).toEqual([1, 1, 0, 1]);
});

test('an answer larger than the client takes is left out', async () => {
  await using endpoint = await startKaa();
  const client = await endpoint.connect(5, { ...nobody, properties: { maximumPacketSize: 60 } });
  client.send(publishPacket(0, '{}', 'kp1/app-v1/dcx/NoSuchToken/json/1'), publishPacket(0, '{}', `${one}/1`));
  expect(said(await client.got(1))).toEqual([[`${one}/1/status`, '', 0]]);
  expect(endpoint.transport.stats().repliesDropped).toBe(1);
});
