import { connect, createServer, type AddressInfo } from 'node:net';
import { isProblem, silentLog } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint, TestClock, TestGateway } from './endpoint.fixture.js';
import { MqttTransport } from './mqtt-transport.js';
import { Reason } from './reason-codes.js';

const codeOf = (error: unknown): unknown => (isProblem(error) ? [error.code, error.remedy] : error);
const listenOn = (host: string, port: number): Promise<unknown> => {
  const transport = new MqttTransport({ gateway: new TestGateway(), host, port, clock: new TestClock(), log: silentLog, isKaaEnabled: true });
  return transport.listen().catch(codeOf);
};

test('a taken port is said by a code whose remedy names the setting', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  expect(await listenOn('127.0.0.1', port)).toEqual(['MQTT_PORT_TAKEN', expect.stringContaining('FIELDLINE_MQTT_PORT')]);
  other.close();
});

test('an address of another machine is said by a code', async () => {
  expect(await listenOn('192.0.2.1', 0)).toEqual(['MQTT_LISTEN_FAILED', expect.stringContaining('FIELDLINE_HOST')]);
});

test('shutdown: no new connections, what was read is answered, then MQTT 5 clients are told', async () => {
  await using endpoint = await startEndpoint();
  const complete: (() => void)[] = [];
  endpoint.gateway.judge = () => new Promise((resolve) => complete.push(() => resolve(new Map())));
  const [old, modern] = [await endpoint.connect(4), await endpoint.connect(5, { username: 'B2' })];
  old.send(publishPacket(1, '{}'));
  await expect.poll(() => complete.length).toBe(1);
  endpoint.transport.stopAccepting();
  const late = endpoint.open();
  await late.closed();
  let isDrained = false;
  const drained = endpoint.transport.drain().then(() => (isDrained = true));
  old.send(publishPacket(2, '{}'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDrained).toBe(false);
  complete[0]?.();
  await drained;
  const closing = endpoint.transport.close();
  expect(await old.closed()).toMatchObject([{ cmd: 'puback', messageId: 1 }]);
  expect(await modern.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.serverShuttingDown }]);
  await closing;
  expect(endpoint.gateway.uplinks).toHaveLength(1);
  expect(endpoint.gateway.closedHandles.sort()).toEqual([1, 2]);
});

test('closing does not wait for a client that does not hang up', async () => {
  await using endpoint = await startEndpoint();
  const stubborn = connect({ port: endpoint.port, host: '127.0.0.1', allowHalfOpen: true });
  const sawEnd = new Promise((resolve) => stubborn.once('end', resolve));
  stubborn.resume().on('error', () => undefined);
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(1);
  let isClosed = false;
  const closing = endpoint.transport.close().then(() => (isClosed = true));
  await sawEnd;
  expect(isClosed).toBe(false);
  endpoint.clock.advanceMs(1_000);
  await closing;
});

test('draining with nothing under way is done at once', async () => {
  await using endpoint = await startEndpoint();
  await endpoint.transport.drain();
});

test('a connection that comes while the endpoint drains is not read', async () => {
  await using endpoint = await startEndpoint();
  await endpoint.transport.drain();
  const client = endpoint.open();
  client.send(connectPacket(4, { username: 'A1' }));
  await expect.poll(() => endpoint.transport.stats().pauses).toBe(1);
  expect(endpoint.gateway.claims).toEqual([]);
});
