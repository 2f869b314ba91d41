import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint } from './endpoint.fixture.js';
import { SWEEP_MS } from './limits.js';
import { Reason } from './reason-codes.js';

const half = connectPacket(4, { username: 'A1' });

test.each([
  { title: 'sends nothing', bytes: () => Buffer.of() },
  { title: 'sends half a CONNECT', bytes: (encoded: Buffer) => encoded.subarray(0, 5) },
  { title: 'announces a large packet and sends a byte', bytes: () => Buffer.of(0x10, 0xff, 0xff, 0x03, 0) },
])('a client that $title is cut after the time for CONNECT', async ({ bytes }) => {
  await using endpoint = await startEndpoint({ limits: { connectMs: 10_000 } });
  const client = endpoint.open();
  client.send(bytes(client.encode(half)));
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(1);
  endpoint.clock.advanceMs(10_000);
  await expect.poll(() => endpoint.transport.stats().silentClosed).toBe(0);
  endpoint.clock.advanceMs(SWEEP_MS);
  await client.closed();
  expect(endpoint.transport.stats()).toMatchObject({ silentClosed: 1 });
  await expect.poll(() => endpoint.transport.stats().connectionsOpen).toBe(0);
});

test('a client whose credentials are never answered is cut too, and a late answer is given back', async () => {
  await using endpoint = await startEndpoint();
  let admit = (): void => undefined;
  endpoint.gateway.beforeClaim = () => new Promise((resolve) => (admit = resolve));
  const client = endpoint.open();
  client.send(half);
  await expect.poll(() => endpoint.gateway.claims.length).toBe(1);
  endpoint.clock.advanceMs(10_000 + SWEEP_MS);
  await client.closed();
  admit();
  await expect.poll(() => endpoint.gateway.closedHandles).toEqual([1]);
});

test.each([4, 5] as const)('at level %i a session is closed when one and a half keep-alives pass without a packet', async (version) => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(version, { username: 'A1', keepalive: 10 });
  endpoint.clock.advanceMs(14_000);
  await client.ping();
  endpoint.clock.advanceMs(15_000);
  await client.ping();
  expect(client.isClosed).toBe(false);
  endpoint.clock.advanceMs(15_000 + 2 * SWEEP_MS);
  expect(await client.closed()).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: Reason.keepAliveTimeout }] : []);
});

test('without keep-alive a session ends after ten minutes of silence', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5);
  endpoint.clock.advanceMs(599_000);
  await client.ping();
  endpoint.clock.advanceMs(600_000);
  await client.ping();
  expect(client.isClosed).toBe(false);
  endpoint.clock.advanceMs(600_000 + 2 * SWEEP_MS);
  expect(await client.closed()).toMatchObject([{ cmd: 'disconnect', reasonCode: Reason.maximumConnectTime }]);
});

test('half a packet is no sign of life', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(5, { username: 'A1', keepalive: 10 });
  const bytes = client.encode(publishPacket(1, 'x'.repeat(50)));
  client.send(bytes.subarray(0, 10));
  endpoint.clock.advanceMs(10_000);
  client.send(bytes.subarray(10, 20));
  await new Promise((resolve) => setImmediate(resolve));
  endpoint.clock.advanceMs(6_000);
  await client.closed();
  expect(endpoint.transport.stats().silentClosed).toBe(1);
});

test('a client that we do not read is not silent', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect(4, { username: 'A1', keepalive: 10 });
  endpoint.gateway.isFull = true;
  client.send(publishPacket(1, '{}'));
  await expect.poll(() => endpoint.transport.stats().pauses).toBe(1);
  endpoint.clock.advanceMs(120_000);
  endpoint.gateway.makeRoom();
  expect(await client.got(1)).toMatchObject([{ cmd: 'puback' }]);
});
