import { expect, test } from 'vitest';
import { publishPacket, startEndpoint } from './endpoint.fixture.js';
import { RoomQueue, type Waiting } from './room-queue.js';

const payload = 'x'.repeat(1_000);
const burst = (count: number) => Array.from({ length: count }, (_, n) => publishPacket(n + 1, payload));
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('a connection with too much unanswered is not read, others are, and it goes on when it got its answers', async () => {
  await using endpoint = await startEndpoint({ limits: { unansweredBytesMax: 10_000 } });
  const complete: (() => void)[] = [];
  endpoint.gateway.judge = () => new Promise((resolve) => complete.push(() => resolve(new Map())));
  const [greedy, other] = [await endpoint.connect(), await endpoint.connect(4, { username: 'B2' })];
  greedy.send(...burst(100));
  await expect.poll(() => endpoint.transport.stats().pauses).toBe(1);
  expect(endpoint.transport.stats().publishesReceived).toBe(10);
  await other.ping();
  endpoint.gateway.judge = () => Promise.resolve(new Map());
  for (const done of complete) done();
  expect(await greedy.got(100)).toHaveLength(100);
  expect(endpoint.gateway.uplinks).toHaveLength(100);
});

test('while the gateway is full nobody is read; when it has room everybody is', async () => {
  await using endpoint = await startEndpoint({ limits: { resumedPerTurn: 1 } });
  const clients = [await endpoint.connect(), await endpoint.connect(4, { username: 'B2' })];
  endpoint.gateway.isFull = true;
  for (const client of clients) client.send(...burst(3));
  await expect.poll(() => endpoint.transport.stats().pauses).toBe(2);
  expect(endpoint.transport.stats().publishesReceived).toBe(0);
  endpoint.gateway.makeRoom();
  for (const client of clients) expect(await client.got(3)).toHaveLength(3);
});

test('a batch that is waiting for room when the gateway fills up is given when there is some', async () => {
  await using endpoint = await startEndpoint();
  const client = await endpoint.connect();
  // Full between the read and the end of the turn.
  let reads = 0;
  Object.defineProperty(endpoint.gateway, 'isFull', { get: () => (reads += 1) === 2, configurable: true });
  client.send(...burst(3));
  await expect.poll(() => reads).toBeGreaterThan(1);
  await turns(3);
  expect(client.packets).toEqual([]);
  Object.defineProperty(endpoint.gateway, 'isFull', { value: false, writable: true });
  endpoint.gateway.makeRoom();
  expect(await client.got(3)).toHaveLength(3);
});

test('a batch leaves before the turn ends when it has its size', async () => {
  await using endpoint = await startEndpoint({ limits: { batchBytesMax: 5_000 } });
  const client = await endpoint.connect();
  client.send(...burst(20));
  await client.got(20);
  expect(endpoint.gateway.batchSizes.every((size) => size <= 5)).toBe(true);
});

test('while as many batches as allowed are under way, the next one grows', async () => {
  await using endpoint = await startEndpoint({ limits: { batchesInFlightMax: 1 } });
  const complete: (() => void)[] = [];
  endpoint.gateway.judge = () => new Promise((resolve) => complete.push(() => resolve(new Map())));
  const client = await endpoint.connect();
  for (let id = 1; id <= 4; id += 1) {
    client.send(publishPacket(id, '{}'));
    await client.ping();
    await turns(2);
  }
  expect(endpoint.gateway.batchSizes).toEqual([1]);
  complete[0]?.();
  await expect.poll(() => complete.length).toBe(2);
  complete[1]?.();
  expect(await client.got(4)).toHaveLength(4);
  expect(endpoint.gateway.batchSizes).toEqual([1, 3]);
});

test('a client that does not read its answers is not read either', async () => {
  await using endpoint = await startEndpoint({ isKaaEnabled: true, limits: { unsentBytesMax: 1_000, unansweredBytesMax: 1e9 } });
  const client = await endpoint.connect(4, {});
  client.pauseReading();
  // A long topic comes back in the answer, so that the way back fills up quickly.
  const questions = Buffer.concat(Array.from({ length: 500 }, () => client.encode(publishPacket(0, '', `kp1/app-v1/nope/T/${'x'.repeat(900)}`))));
  let asked = 0;
  while (endpoint.transport.stats().pauses === 0) {
    client.send(questions);
    asked += 500;
    await turns(5);
  }
  client.resumeReading();
  expect(await client.got(asked)).toHaveLength(asked);
});

test('the waiting go on in their order and a few a turn', async () => {
  let isFull = true;
  const resumed: number[] = [];
  const queue = new RoomQueue(() => isFull, 2);
  const waiting = [0, 1, 2, 3, 4].map((n): Waiting => ({ resumeReading: () => void resumed.push(n) }));
  for (const each of waiting) queue.add(each);
  queue.delete(waiting[1] as Waiting);
  isFull = false;
  queue.room();
  expect(resumed).toEqual([]);
  await turns(1);
  expect(resumed).toEqual([0, 2]);
  isFull = true;
  await turns(3);
  expect(resumed).toEqual([0, 2]);
  isFull = false;
  queue.room();
  await turns(3);
  expect(resumed).toEqual([0, 2, 3, 4]);
});
