// Goal: what is true in the end is told last: to whoever reads slowly, and where queries about alarms take long. Method: a real server
// whose queries the test holds up, and a client that stops reading.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from '../live.fixture.js';
import { ALARM_QUERIES_PER_REFRESH, ALARM_REFRESH_MS } from './limits.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

interface Told {
  readonly cmdId?: number;
  readonly count?: number;
  readonly data: { readonly data: readonly Alarm[] } | null;
  readonly update: readonly Alarm[] | null;
}
interface Alarm {
  readonly id: { readonly id: string };
  readonly status: string;
  readonly latest: Record<string, Record<string, { value: string }>>;
}

const t = 1_700_000_000_000;
const keys = Array.from({ length: 100 }, (_, n) => ({ type: 'TIME_SERIES', key: String(n).padStart(200, 'k') }));
const pageLink = {
  page: 0,
  pageSize: 10,
  timeWindow: 86_400_000,
  sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
};
const post = (path: string, body?: unknown) => running.call(running.tokens.one, 'POST', path, body);
const raise = (type: string) => post('/api/alarm', { type, originator: running.device, severity: 'CRITICAL' });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const take = async (): Promise<Told> => (await client.take()) as unknown as Told;

test('a page that is read anew does not come after newer values', async () => {
  await raise('first');
  client.send({
    cmds: [{ type: 'ALARM_DATA', cmdId: 7, query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' }, pageLink, latestValues: keys } }],
  });
  await take();
  client.socket.pause();
  let n = 0;
  const save = () => running.save(running.device, ...keys.map(({ key }) => [key, t + ++n, n] as const));
  for (let batch = 0; batch < 1_200; batch++) {
    await save();
    if (batch % 10 === 0) await turn();
  }
  const asked = new Promise<void>((resolve) => {
    const { findAlarms } = running.queries;
    running.queries.findAlarms = async (query) => {
      const found = await findAlarms(query);
      resolve();
      return found;
    };
  });
  await raise('second');
  await asked;
  for (let turns = 0; turns < 20; turns++) await turn();
  await save();
  client.socket.resume();
  const told = ((await client.takeAll()) as unknown as Told[]).flatMap(({ data, update }) => data?.data ?? update ?? []);
  expect(told.at(-1)?.latest['TIME_SERIES']?.[keys.at(-1)?.key ?? '']?.value).toBe(String(n));
});

describe('a count', () => {
  /** Holds up the first count that is begun from now on, after it has counted. */
  function holdCount(): { readonly begun: Promise<void>; readonly release: () => void } {
    const { countAlarms } = running.queries;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const begun = new Promise<void>((resolve) => {
      running.queries.countAlarms = async (query) => {
        const counted = await countAlarms(query);
        running.queries.countAlarms = countAlarms;
        resolve();
        await held;
        return counted;
      };
    });
    return { begun, release };
  }
  const ask = () =>
    client.send({ cmds: [{ type: 'ALARM_COUNT', cmdId: 6, query: { entityFilter: { type: 'deviceType', deviceTypes: ['default'] } } }] });
  const takeCounts = async (): Promise<(number | undefined)[]> => [(await take()).count, (await take()).count];

  test('that a change asks for while another is made comes after it', async () => {
    ask();
    expect((await take()).count).toBe(0);
    const { begun, release } = holdCount();
    await raise('first');
    await begun;
    await raise('second');
    for (let turns = 0; turns < 20; turns++) await turn();
    release();
    expect(await takeCounts()).toEqual([1, 2]);
  });

  test('without an entity that is lost meanwhile comes after the first', async () => {
    const customer = await running.addCustomer('customer');
    const own = await running.addDevice(running.tenants.one, 'Own', customer.entity.id);
    await post('/api/alarm', { type: 'first', originator: own, severity: 'CRITICAL' });
    client = await LiveClient.open(running.port, `/api/ws?token=${customer.token}`);
    const { begun, release } = holdCount();
    ask();
    await begun;
    await running.call(running.tokens.one, 'DELETE', `/api/customer/device/${own.id}`);
    for (let turns = 0; turns < 20; turns++) await turn();
    release();
    expect(await takeCounts()).toEqual([1, 0]);
  });
});

test.each([
  { type: 'ALARM_COUNT', name: 'countAlarms', query: {} },
  { type: 'ALARM_DATA', name: 'findAlarms', query: { pageLink } },
] as const)('$type looks when what is watched is known, so that no alarm is missed', async ({ type, name, query }) => {
  const { [name]: look } = running.queries;
  const done: string[] = [];
  Object.assign(running.queries, {
    [name]: (asked: never) => {
      done.push('look');
      return look(asked);
    },
  });
  running.hooks.beforeRead = async () => {
    await turn();
    done.push(`${running.feed.alarmSize} watched`);
  };
  client.send({ cmds: [{ type, cmdId: 6, query: { ...query, entityFilter: { type: 'deviceType', deviceTypes: ['default'] } } }] });
  await take();
  expect(done.slice(-2)).toEqual(['1 watched', 'look']);
});

test('a page that could not be read anew is read after a pause', async () => {
  client.send({ cmds: [{ type: 'ALARM_DATA', cmdId: 7, query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' }, pageLink } }] });
  await take();
  const { findAlarms } = running.queries;
  const failed = new Promise<void>((resolve) => {
    running.queries.findAlarms = () => {
      running.queries.findAlarms = findAlarms;
      resolve();
      return Promise.reject(new Error('busy'));
    };
  });
  await raise('first');
  await failed;
  for (let turns = 0; turns < 20; turns++) await turn();
  expect(client.frames).toEqual([]);
  running.clock.pass(ALARM_REFRESH_MS / ALARM_QUERIES_PER_REFRESH);
  expect((await take()).data?.data).toHaveLength(1);
});
