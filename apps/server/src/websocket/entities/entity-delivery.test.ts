// Goal: bounds of ENTITY_DATA, what a command that replaces another costs, and updates for many who watch the same. Method: a real
// server on a real port, a store whose reads the test holds up, and clients that stop reading.
import { historyErrors } from '@fieldline/ports';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunningLive, startLive } from '../live.fixture.js';
import {
  EARLY_POINTS_MAX,
  ENTITIES_ON_PAGES_MAX,
  ENTITIES_PER_COMMAND_MAX,
  ENTITIES_PER_SOCKET_MAX,
  SERIES_PER_COMMAND_MAX,
  VALUES_PER_PAGE_MAX,
} from './limits.js';
import { FURTHER_COMMANDS_MAX, QUEUED_FRAMES_MAX } from '../limits.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';

let running: RunningLive;
let client: EntityClient;
const open = () => EntityClient.open(running, { token: running.tokens.one });
beforeEach(async () => {
  running = await startLive();
  client = await open();
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const page = (pageSize: number) => ({ pageLink: { page: 0, pageSize } });
const keysOf = (count: number, length = 3) => Array.from({ length: count }, (_, n) => String(n).padStart(length, 'k'));

/** Holds up reads of the store until it is called. */
function holdReads(): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  running.hooks.beforeRead = () => held;
  return () => {
    running.hooks.beforeRead = () => Promise.resolve();
    release();
  };
}

describe('a command that asks anew', () => {
  test('ends the read of the one before, which is not answered', async () => {
    await running.save(running.device, ['temperature', t, 1], ['temperature', t + 5, 2]);
    await client.ask({ query: allDevices() });
    const release = holdReads();
    for (const startTs of [t, t + 1, t + 5]) client.send('ENTITY_DATA', { historyCmd: { keys: ['temperature'], startTs, endTs: t + 9 } });
    await client.arrived();
    release();
    expect((await client.take()).update?.[0]?.timeseries).toEqual({ temperature: [{ ts: t + 5, value: '2' }] });
    expect(await client.takeAll()).toEqual([]);
  });

  test('leaves alone what it does not ask for', async () => {
    await running.save(running.device, ['temperature', t, 1]);
    const release = holdReads();
    client.send('ENTITY_DATA', { query: allDevices(), historyCmd: { keys: ['temperature'], startTs: t, endTs: t + 9 } });
    client.send('ENTITY_DATA', { latestCmd: { keys: temperature } });
    await client.arrived();
    release();
    expect((await client.take()).data?.data[0]?.timeseries).toEqual({ temperature: [{ ts: t, value: '1' }] });
    await running.save(running.device, ['temperature', t + 1, 2]);
    expect((await client.take()).update?.[0]?.latest).toEqual({ TIME_SERIES: { temperature: { ts: t + 1, value: '2' } } });
  });

  test('too many that wait close the socket', async () => {
    holdReads();
    client.send('ENTITY_DATA', { query: allDevices(), historyCmd: { keys: ['temperature'], startTs: t, endTs: t + 9 } });
    for (let n = 0; n <= FURTHER_COMMANDS_MAX; n++) client.send('ENTITY_DATA', { latestCmd: { keys: temperature } });
    expect((await client.raw.closed).code).toBe(1008);
  });
});

describe('bounds', () => {
  test('a page is cut to the entities one command may have, and to fewer where it has many columns', async () => {
    const { pageSizes } = spyOnPages();
    const { allowedEntities } = await client.ask({ query: allDevices(page(1_000_000)) });
    expect([allowedEntities, pageSizes]).toEqual([ENTITIES_PER_COMMAND_MAX, [ENTITIES_PER_COMMAND_MAX]]);
    const latestValues = keysOf(400).map((key) => ({ type: 'TIME_SERIES', key }));
    const wide = await client.ask({ cmdId: 2, query: allDevices({ ...page(1_000_000), entityFields: [], latestValues }) });
    expect(wide.allowedEntities).toBe(VALUES_PER_PAGE_MAX / 400);
  });

  test('too many entities on the pages of the server, and of one socket', async () => {
    const others = Array.from({ length: ENTITIES_ON_PAGES_MAX / ENTITIES_PER_SOCKET_MAX }, () => ({}));
    for (const other of others) running.pages.count(other, ENTITIES_PER_SOCKET_MAX);
    const { subscriptionId, errorCode, errorMsg } = await client.ask({ query: allDevices() });
    const text = `The pages of this server would show more than ${ENTITIES_ON_PAGES_MAX} entities.`;
    expect([subscriptionId, errorCode, errorMsg]).toEqual([1, 1, text]);
    expect([running.pages.size, running.rights.size]).toEqual([ENTITIES_ON_PAGES_MAX, 1]);
    expect(() => running.pages.count(others[0] as object, 1)).toThrow(expect.objectContaining({ code: 'LIVE_TOO_MANY_ENTITIES' }));
    running.pages.count(others[0] as object, -1);
    expect((await client.ask({ query: allDevices() })).data?.totalElements).toBe(1);
  });

  test('too many series of one command', async () => {
    const devices = Math.floor(SERIES_PER_COMMAND_MAX / 1_000);
    for (let n = 0; n < devices; n++) await running.addDevice(running.tenants.one, `Device ${n}`);
    const { errorCode, errorMsg } = await client.ask({ query: allDevices(page(100)), historyCmd: { keys: keysOf(1_000), startTs: 0, endTs: 1 } });
    expect([errorCode, errorMsg]).toEqual([1, `The entities of the page have more than ${SERIES_PER_COMMAND_MAX} time series of these keys.`]);
  });

  test('points that come while a history is read that takes too long', async () => {
    await client.ask({ query: allDevices() });
    holdReads();
    client.send('ENTITY_DATA', { tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 9 } });
    while (running.feed.size === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const points = Array.from({ length: EARLY_POINTS_MAX + 1 }, (_, n) => ['temperature', t + n, n] as const);
    await running.save(running.device, ...points);
    expect(await client.raw.closed).toEqual({ code: 1008, reason: 'Max pending updates limit reached!' });
  });
});

describe('errors', () => {
  const filter = (more: Record<string, unknown>) => allDevices({ entityFilter: { type: 'deviceType', ...more } });
  test.each<{ name: string; type?: string; command: () => Record<string, unknown>; code: number; text: string }>([
    { name: 'neither query nor part', command: () => ({}), code: 2, text: 'Query is empty!' },
    { name: 'a part without a page', command: () => ({ latestCmd: { keys: temperature } }), code: 2, text: 'Query is empty!' },
    { name: 'a count without query', type: 'ENTITY_COUNT', command: () => ({}), code: 2, text: 'Query is empty!' },
    {
      name: 'no entity filter',
      command: () => ({ query: allDevices({ entityFilter: null }) }),
      code: 1,
      text: 'Query entity filter must be specified.',
    },
    {
      name: 'a page size of 0',
      command: () => ({ query: allDevices(page(0)) }),
      code: 1,
      text: "Incorrect entity data page link page size '0'. Page size must be greater than zero.",
    },
    { name: 'an unknown filter of a count', type: 'ENTITY_COUNT', command: () => ({ query: filter({ type: 'nothing' }) }), code: 1, text: 'nothing' },
  ])('$name', async ({ type = 'ENTITY_DATA', command, code, text }) => {
    client.send(type, command());
    const { subscriptionId, errorCode, errorMsg, data } = await client.take();
    expect([subscriptionId, errorCode, data]).toEqual([1, code, null]);
    expect(errorMsg).toContain(text);
    expect([running.feed.size, running.pages.size, running.rights.size]).toEqual([0, 0, 1]);
  });

  test('a store that fails is told without its words, and leaves the other commands and the page as they are', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    await client.ask({ cmdId: 2, query: allDevices() });
    running.hooks.beforeRead = () => Promise.reject(new Error('secret path'));
    const part = { keys: ['temperature'], startTs: 0, timeWindow: 9 };
    const { cmdId, errorCode, errorMsg } = await client.ask({ cmdId: 2, tsCmd: part });
    expect([cmdId, errorCode, errorMsg]).toEqual([2, 1, 'Internal Server error!']);
    running.hooks.beforeRead = () => Promise.reject(historyErrors.BUSY({ waitingMax: 3 }));
    expect((await client.ask({ cmdId: 2, tsCmd: part })).errorMsg).toBe('3 reads of history are waiting already.');
    running.hooks.beforeRead = () => Promise.resolve();
    await running.save(running.device, ['temperature', t, 1]);
    expect((await client.takeAll()).map((frame) => frame.cmdId)).toEqual([1]);
    expect((await client.ask({ cmdId: 2, tsCmd: part })).update).toHaveLength(1);
  });
});

test('an update for many who watch the same is rendered once, and each gets it under its id', async () => {
  const latestCmd = { keys: temperature };
  const cmds = Array.from({ length: 90 }, (_, cmdId) => ({ type: 'ENTITY_DATA', cmdId, query: { ...allDevices(), entityFields: [] }, latestCmd }));
  for (let at = 0; at < cmds.length; at += 30) client.raw.send({ cmds: cmds.slice(at, at + 30) });
  await client.raw.until(() => client.raw.frames.length === cmds.length);
  await client.takeAll();
  const stringify = vi.spyOn(JSON, 'stringify');
  await running.save(running.device, ['temperature', t, 1]);
  const rendered = stringify.mock.calls.filter(([value]) => (value as { update?: unknown } | undefined)?.update !== undefined).length;
  stringify.mockRestore();
  const frames = await client.takeAll();
  expect(frames.map(({ cmdId }) => cmdId)).toEqual(cmds.map(({ cmdId }) => cmdId));
  expect(new Set(frames.map(({ update }) => JSON.stringify(update))).size).toBe(1);
  expect(rendered).toBe(1);
});

test('a socket that does not read gets the newest values in one frame, and delays nobody', async () => {
  const [slow, quick] = [client, await open()];
  const keys = keysOf(100, 200).map((key) => ({ type: 'TIME_SERIES', key }));
  for (const each of [slow, quick]) await each.ask({ query: allDevices({ entityFields: [], latestValues: [] }), latestCmd: { keys } });
  slow.raw.socket.pause();
  const batches = QUEUED_FRAMES_MAX + 200;
  for (let n = 1; n <= batches; n++) {
    await running.save(running.device, ...keys.map(({ key }) => [key, t + n, n] as const));
    if (n % 50 === 0) await quick.raw.until(() => quick.raw.frames.length >= n);
  }
  await quick.raw.until(() => quick.raw.frames.length === batches);
  slow.raw.socket.resume();
  const got: number[] = [];
  while (got.at(-1) !== batches) {
    const { update } = await slow.take();
    const values = Object.values(update?.[0]?.latest?.['TIME_SERIES'] ?? {});
    expect(values).toHaveLength(keys.length);
    got.push(Number(values[0]?.value));
  }
  expect(got.length).toBeLessThan(batches / 2);
  expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
});

function spyOnPages(): { readonly pageSizes: number[] } {
  const pageSizes: number[] = [];
  const { find } = running.queries;
  running.queries.find = (query) => {
    pageSizes.push(query.pageSize);
    return find(query);
  };
  return { pageSizes };
}
