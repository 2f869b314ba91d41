// Goal: order, completeness and bounds of websocket-api.md §12. Method: a real server on a real port, a store whose
// reads the test holds up, and clients that stop reading.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';
import { EARLY_UPDATES_MAX, QUEUED_BYTES_MAX, QUEUED_FRAMES_MAX, SOCKET_BYTES_MAX } from './limits.js';

let running: RunningLive;
beforeEach(async () => void (running = await startLive()));
afterEach(() => running.close());

const t = 1_700_000_000_000;
const open = () => LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
const subscribe = (client: LiveClient, more: Record<string, unknown> = {}) =>
  client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id, ...more }] });
const until = async (isMet: () => boolean): Promise<void> => {
  while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 5));
};
/** Keys of one batch so long that a few frames fill what a socket may hold. */
const wide = (tsMs: number) =>
  Array.from({ length: 200 }, (_, n) => [`${String(n).padStart(3, '0')}-${'k'.repeat(200)}`, tsMs, tsMs % 1_000] as const);

describe('order (row 14)', () => {
  test('the first frame precedes every update, and what is stored while it is read is not lost', async () => {
    const client = await open();
    await running.save(running.device, ['a', t, 1]);
    let isHeld = true;
    running.hooks.beforeRead = () => until(() => !isHeld);
    subscribe(client);
    await until(() => running.feed.size === 1);
    await running.save(running.device, ['a', t + 1, 2]);
    await running.save(running.device, ['a', t + 2, 3]);
    expect(client.frames).toEqual([]);
    isHeld = false;
    await client.until(() => client.frames.length === 3);
    expect(client.frames.map(({ data }) => data?.['a'])).toEqual([[[t + 2, '3']], [[t + 1, '2']], [[t + 2, '3']]]);
  });

  test('with LATEST_TELEMETRY what is older than the first frame is left out', async () => {
    const client = await open();
    let isHeld = true;
    running.hooks.beforeRead = () => until(() => !isHeld);
    subscribe(client, { scope: 'LATEST_TELEMETRY' });
    await until(() => running.feed.size === 1);
    for (const n of [1, 2, 3]) await running.save(running.device, ['a', t + n, n]);
    isHeld = false;
    await client.until(() => client.frames.length > 0);
    expect((await client.takeAll()).map(({ data }) => data?.['a'])).toEqual([[[t + 3, '3']], [[t + 3, '3']]]);
  });

  test('updates arrive in the order of the batches, one frame each', async () => {
    const client = await open();
    subscribe(client);
    await client.take();
    for (let n = 0; n < 300; n++) await running.save(running.device, ['a', t + n, n], ['b', t + n, n]);
    const frames = await client.takeAll();
    expect(frames.map(({ latestValues }) => latestValues)).toEqual(Array.from({ length: 300 }, (_, n) => ({ a: t + n, b: t + n })));
  });

  test('commands run a few at a time, and all are answered', async () => {
    const client = await open();
    let reading = 0;
    let most = 0;
    running.hooks.beforeRead = async () => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 2));
      reading -= 1;
    };
    for (let cmdId = 0; cmdId < 100; cmdId++) subscribe(client, { cmdId });
    await client.until(() => client.frames.length === 100);
    expect(most).toBe(8);
  });

  test('unsubscribing while the first frame is read means silence', async () => {
    const client = await open();
    let isHeld = true;
    running.hooks.beforeRead = () => until(() => !isHeld);
    subscribe(client);
    await until(() => running.feed.size === 1);
    subscribe(client, { unsubscribe: true });
    await until(() => running.feed.size === 0);
    isHeld = false;
    expect(await client.takeAll()).toEqual([]);
  });

  test('closing while the first frame is read leaves nothing behind', async () => {
    const client = await open();
    let isHeld = true;
    running.hooks.beforeRead = () => until(() => !isHeld);
    for (let cmdId = 0; cmdId < 20; cmdId++) subscribe(client, { cmdId });
    await until(() => running.feed.size === 1);
    await client.close();
    await until(() => running.live.size === 0);
    isHeld = false;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([running.feed.size, running.rights.size]).toEqual([0, 0]);
  });

  test('a first read that outlasts the bound of early updates closes the socket instead of losing one', async () => {
    const client = await open();
    running.hooks.beforeRead = () => new Promise(() => undefined);
    subscribe(client);
    await until(() => running.feed.size === 1);
    for (let n = 0; n <= EARLY_UPDATES_MAX; n++) await running.save(running.device, ['a', t + n, n]);
    expect(await client.closed).toEqual({ code: 1008, reason: 'Max pending updates limit reached!' });
  });
});

describe('a socket that does not read', () => {
  test('delays nobody, gets one merged frame where it asked for the latest only, and keeps its connection', async () => {
    const slow = await open();
    const quick = await open();
    subscribe(slow, { scope: 'LATEST_TELEMETRY' });
    subscribe(quick, { scope: 'LATEST_TELEMETRY' });
    await slow.take();
    await quick.take();
    slow.socket.pause();
    const batches = QUEUED_FRAMES_MAX + 200;
    for (let n = 1; n <= batches; n++) {
      await running.save(running.device, ...wide(t + n));
      if (n % 50 === 0) await quick.until(() => quick.frames.length >= n);
    }
    await quick.until(() => quick.frames.length === batches);
    slow.socket.resume();
    await slow.until(() => Object.values(slow.frames.at(-1)?.latestValues ?? {})[0] === t + batches);
    expect(slow.frames.length).toBeLessThan(batches / 2);
    expect(Object.keys(slow.frames.at(-1)?.data ?? {})).toHaveLength(200);
    // Nothing comes twice or goes back.
    const times = slow.frames.map(({ latestValues }) => Object.values(latestValues)[0] ?? 0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    await running.save(running.device, ['a', t, 1]);
    await slow.until(() => slow.frames.at(-1)?.data?.['a'] !== undefined);
  });

  test('row 14: gets what it asked for in order, also what waited for it', async () => {
    const slow = await open();
    subscribe(slow);
    await slow.take();
    slow.socket.pause();
    // About 90 kB each: more than the network holds, and less than may wait.
    const times = Array.from({ length: 150 }, (_, n) => t + n);
    for (const time of times) {
      await running.save(running.device, ...wide(time));
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    await slow.until(() => slow.frames.length === times.length);
    expect(slow.frames.map(({ latestValues }) => [...new Set(Object.values(latestValues))])).toEqual(times.map((time) => [time]));
  });

  test('row 14: is closed with 1008 where every update was asked for and too many wait', async () => {
    const slow = await open();
    subscribe(slow);
    await slow.take();
    slow.socket.pause();
    for (let n = 0; n < QUEUED_FRAMES_MAX + 1_000; n++) {
      await running.save(running.device, ...wide(t + n));
      // A turn of the event loop, in which the socket takes what it has room for.
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    expect(await slow.closed).toEqual({ code: 1008, reason: 'Max pending updates limit reached!' });
    const got = slow.frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
    expect(got).toBeLessThan(SOCKET_BYTES_MAX + 8_000_000);
  });

  test('is told the newest of each attribute, and of a removed one that it is gone', async () => {
    const slow = await open();
    const target = { entityType: 'DEVICE', entityId: running.device.id };
    slow.send({ cmds: [{ type: 'ATTRIBUTES', cmdId: 1, ...target, scope: 'SERVER_SCOPE' }] });
    await slow.take();
    slow.socket.pause();
    const long = 'v'.repeat(20_000);
    for (let n = 1; n <= QUEUED_FRAMES_MAX + 200; n++) {
      await running.saveAttribute('SERVER_SCOPE', 'long', t + n, long);
      await running.saveAttribute('SERVER_SCOPE', 'short', t + n, `${n}`);
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await running.commit((unit) => {
      unit.removeAttribute({ tenantId: running.tenants.one, entity: running.device, scope: 'SERVER_SCOPE', key: 'short' });
    });
    slow.socket.resume();
    await slow.until(() => slow.frames.at(-1)?.data?.['short']?.[0]?.[1] === '');
    expect(slow.frames.at(-1)?.data).toEqual({ long: [[t + QUEUED_FRAMES_MAX + 200, long]], short: [[0, '']] });
    expect(slow.frames.length).toBeLessThan(QUEUED_FRAMES_MAX);
  });

  test('is closed when it takes nothing for so long that nobody can be there, and nobody else is', async () => {
    const frozen = await open();
    const quick = await open();
    for (const client of [frozen, quick]) {
      subscribe(client, { scope: 'LATEST_TELEMETRY' });
      await client.take();
    }
    frozen.socket.pause();
    for (let n = 1; n <= 200; n++) {
      await running.save(running.device, ...wide(t + n));
      if (n % 10 === 0) await quick.until(() => quick.frames.length >= n);
    }
    running.clock.pass(25_000);
    await until(() => running.live.size === 1);
    expect(await quick.takeAll()).toHaveLength(200);
  });

  test('cannot make the server hold more than its share of history either', async () => {
    await running.save(running.device, ...Array.from({ length: 40_000 }, (_, n) => ['a', t + n, n] as const));
    const slow = await open();
    slow.socket.pause();
    const cmds = Array.from({ length: 10 }, (_, cmdId) => ({
      type: 'TIMESERIES_HISTORY',
      cmdId,
      entityType: 'DEVICE',
      entityId: running.device.id,
      keys: 'a',
      startTs: t,
      endTs: t + 40_000,
      limit: 40_000,
    }));
    for (let n = 0; n < 10; n++) slow.send({ cmds });
    await new Promise((resolve) => setTimeout(resolve, 500));
    slow.socket.resume();
    expect((await slow.closed).reason).toBe('Max pending updates limit reached!');
    const got = slow.frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
    expect(got).toBeLessThan(QUEUED_BYTES_MAX * 2);
  });
});
