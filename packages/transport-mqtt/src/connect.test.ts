import type { IConnackPacket } from 'mqtt-packet';
import { problemOf } from '@fieldline/kernel';
import { deviceErrors } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint } from './endpoint.fixture.js';
import { Reason } from './reason-codes.js';

const code = (packet: unknown, version: number): number | undefined => {
  const { returnCode, reasonCode } = packet as IConnackPacket;
  return version === 5 ? reasonCode : returnCode;
};

const rawConnect = (level: number, flags: number, rest: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0x10, 10 + rest.length, 0, 4), Buffer.from('MQTT'), Buffer.of(level, flags, 0, 60), rest]);

test.each([3, 4, 5] as const)('at level %i an access token as user name connects, whatever client id and password', async (version) => {
  await using endpoint = await startEndpoint();
  const client = endpoint.open(version);
  client.send(connectPacket(version, { username: 'A1', password: Buffer.from('any'), clientId: 'random' }));
  const [connack] = await client.got(1);
  expect(code(connack, version)).toBe(0);
  expect(connack).toMatchObject({ sessionPresent: false });
  expect(endpoint.gateway.claims).toEqual([{ kind: 'mqtt-basic', clientId: 'random', userName: 'A1', password: 'any' }]);
});

// The table of device-api.md §3.3.
test.each([
  { title: 'a wrong token', fields: { username: 'no' }, v5: 0x86, v3: 5 },
  { title: 'a wrong password', fields: { username: 'no', password: Buffer.from('p') }, v5: 0x86, v3: 5 },
  { title: 'an unknown client id alone', fields: { clientId: 'nobody' }, v5: 0x85, v3: 2 },
  { title: 'nothing at all', fields: { clientId: '' }, v5: 0x87, v3: 5 },
])('$title is refused with $v5 or $v3, and the connection closed', async ({ fields, v5, v3 }) => {
  await using endpoint = await startEndpoint();
  for (const version of [4, 5] as const) {
    const client = endpoint.open(version);
    client.send(connectPacket(version, fields));
    const packets = await client.closed();
    expect(packets.map((packet) => packet.cmd)).toEqual(['connack']);
    expect(code(packets[0], version)).toBe(version === 5 ? v5 : v3);
  }
  expect(endpoint.transport.stats().authenticationsRefused).toBe(2);
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(0);
});

test.each([
  { title: 'a profile of another transport', problem: deviceErrors.TRANSPORT_MISMATCH({ profile: 'p', transport: 'COAP' }), v5: 0x88, v3: 3 },
  { title: 'a failure inside', problem: new Error('no'), v5: 0x88, v3: 3 },
])('$title is refused with $v5 or $v3', async ({ problem, v5, v3 }) => {
  await using endpoint = await startEndpoint({ isKaaEnabled: true });
  endpoint.gateway.authenticate = () => (problem.message === 'no' ? Promise.reject(problem) : Promise.resolve(problemOf(problem)));
  for (const version of [4, 5] as const) {
    const client = endpoint.open(version);
    client.send(connectPacket(version, { clientId: 'x' }));
    expect(code((await client.closed())[0], version)).toBe(version === 5 ? v5 : v3);
  }
});

test('an MQTT 5 client is told the limits, that no session is kept, and its name if it brought none', async () => {
  await using endpoint = await startEndpoint();
  const client = endpoint.open(5);
  client.send(connectPacket(5, { username: 'A1', clientId: '', properties: { sessionExpiryInterval: 3_600 } }));
  const [connack] = await client.got(1);
  expect((connack as IConnackPacket).properties).toMatchObject({ sessionExpiryInterval: 0, receiveMaximum: 1_024, topicAliasMaximum: 32 });
  expect((connack as IConnackPacket).properties?.assignedClientIdentifier).toMatch(/./);
});

test('a 3.1.1 client without a name may connect only with a clean session', async () => {
  await using endpoint = await startEndpoint();
  const clean = endpoint.open();
  clean.send(connectPacket(4, { username: 'A1', clientId: '', clean: true }));
  expect(code((await clean.got(1))[0], 4)).toBe(0);
  const kept = endpoint.open();
  // The library refuses to write this packet: flags with a user name and no clean session, then an empty id.
  kept.send(rawConnect(4, 0x80, Buffer.from('\0\0\0\x02A1', 'latin1')));
  expect(code((await kept.closed())[0], 4)).toBe(2);
});

test('an unknown protocol level gets return code 1', async () => {
  await using endpoint = await startEndpoint();
  const client = endpoint.open();
  client.send(rawConnect(6, 0x02, Buffer.from('\0\x01x', 'latin1')));
  expect(code((await client.closed())[0], 4)).toBe(1);
});

test('a method of authentication is refused, because there is none', async () => {
  await using endpoint = await startEndpoint();
  const client = endpoint.open(5);
  client.send(connectPacket(5, { username: 'A1', properties: { authenticationMethod: 'SCRAM' } }));
  expect(code((await client.closed())[0], 5)).toBe(0x8c);
});

test('packets behind a CONNECT wait for its result and are then taken in order', async () => {
  await using endpoint = await startEndpoint();
  let admit = (): void => undefined;
  endpoint.gateway.beforeClaim = () => new Promise((resolve) => (admit = resolve));
  const client = endpoint.open();
  client.send(connectPacket(4, { username: 'A1' }), publishPacket(1, '{"a":1}'), publishPacket(2, '{"a":2}'));
  client.send(publishPacket(3, '{"a":3}'));
  await expect.poll(() => endpoint.gateway.claims.length).toBe(1);
  expect(client.packets).toEqual([]);
  admit();
  const packets = await client.got(4);
  expect(packets.map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
    ['connack', undefined],
    ['puback', 1],
    ['puback', 2],
    ['puback', 3],
  ]);
  expect(endpoint.gateway.uplinks.map(({ payload }) => payload)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
});

test.each([4, 5] as const)('at level %i one hundred packets may wait for the CONNECT, one more closes the connection', async (version) => {
  await using endpoint = await startEndpoint();
  let admit = (): void => undefined;
  endpoint.gateway.beforeClaim = () => new Promise((resolve) => (admit = resolve));
  const connectAnd = (count: number) => {
    const client = endpoint.open(version);
    client.send(connectPacket(version, { username: 'A1' }), ...Array.from({ length: count }, (_, n) => publishPacket(n + 1, '{}')));
    return client;
  };
  const modest = connectAnd(100);
  await expect.poll(() => endpoint.gateway.claims.length).toBe(1);
  const admitModest = admit;
  const greedy = connectAnd(101);
  const last = await greedy.closed();
  expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.quotaExceeded }] : []);
  admitModest();
  expect(await modest.got(101)).toHaveLength(101);
  admit();
});

test('a client that talks a lot before it is known is not read further', async () => {
  await using endpoint = await startEndpoint({ limits: { earlyBytesMax: 10_000, earlyPacketsMax: 1_000_000 } });
  let admit = (): void => undefined;
  endpoint.gateway.beforeClaim = () => new Promise((resolve) => (admit = resolve));
  const client = endpoint.open();
  client.send(
    connectPacket(4, { username: 'A1' }),
    ...Array.from({ length: 300 }, (_, n) => publishPacket(n + 1, JSON.stringify('x'.repeat(60_000)))),
  );
  await expect.poll(() => endpoint.transport.stats().pauses).toBe(1);
  expect(endpoint.transport.stats().publishesReceived).toBe(0);
  admit();
  expect(await client.got(301)).toHaveLength(301);
});

test.each([4, 5] as const)('a second session of a device at level %i ends the first, and another device keeps its own', async (version) => {
  await using endpoint = await startEndpoint();
  const first = await endpoint.connect(version);
  const other = await endpoint.connect(version, { username: 'B2' });
  const second = await endpoint.connect(version, { username: 'A1', clientId: 'other' });
  expect(await first.closed()).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.sessionTakenOver }] : []);
  await second.ping();
  await other.ping();
  expect([second.isClosed, other.isClosed]).toEqual([false, false]);
  await expect.poll(() => endpoint.gateway.closedHandles).toEqual([1]);
  expect(endpoint.transport.stats()).toMatchObject({ sessionsOpen: 2, sessionsTakenOver: 1 });
});

test('a third session ends the second, also when the first is long gone', async () => {
  await using endpoint = await startEndpoint();
  const first = await endpoint.connect();
  const second = await endpoint.connect();
  await first.closed();
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(1);
  await endpoint.connect();
  await second.closed();
  expect(endpoint.transport.stats().sessionsTakenOver).toBe(2);
});

test('a device that loses its credentials loses its session', async () => {
  await using endpoint = await startEndpoint();
  const [device, other] = [await endpoint.connect(5), await endpoint.connect(5, { username: 'B2' })];
  endpoint.gateway.revoke('a');
  expect(await device.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.administrativeAction }]);
  await other.ping();
  expect(other.isClosed).toBe(false);
});

test.each([
  { title: 'a PUBLISH before any CONNECT', packet: publishPacket(1, '{}') },
  { title: 'a CONNECT with trailing bytes', packet: rawConnect(4, 0x02, Buffer.from('\0\x01xyz', 'latin1')) },
])('$title closes the connection without a word', async ({ packet }) => {
  await using endpoint = await startEndpoint();
  const client = endpoint.open();
  client.send(packet);
  expect(await client.closed()).toEqual([]);
  expect(endpoint.transport.stats().malformedPackets).toBe(1);
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(0);
});

test('a second CONNECT ends the session', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  client.send(connectPacket(5, { username: 'A1' }));
  expect(await client.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.protocolError }]);
});

test('one connection too many is closed at once', async () => {
  await using endpoint = await startEndpoint({ limits: { connectionsMax: 1 } });
  const first = await endpoint.connect();
  const second = endpoint.open();
  await second.closed();
  await first.ping();
  expect(first.isClosed).toBe(false);
  expect(endpoint.transport.stats()).toMatchObject({ connectionsRefused: 1, connectionsOpen: 1 });
});
