// Goal: whoever reads slowly is told the newest last, whatever else is told of the page meanwhile. Method: a real server, and a client that
// stops reading while values change, the page is shown again, and values change once more.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PING_INTERVAL_MS } from '../limits.js';
import { type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient } from './entity.fixture.js';
import { PAGE_REFRESH_MS } from './limits.js';

let running: RunningLive;
let slow: EntityClient;
let n: number;
beforeEach(async () => {
  n = 0;
  running = await startLive();
  slow = await EntityClient.open(running, { token: running.tokens.one });
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const keys = Array.from({ length: 100 }, (_, n) => ({ type: 'TIME_SERIES', key: String(n).padStart(200, 'k') }));
const query = allDevices({ pageLink: { page: 0, pageSize: 10, dynamic: true }, entityFields: [], latestValues: [] });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const save = () => running.save(running.device, ...keys.map(({ key }) => [key, t + ++n, n] as const));
/** Saves until the socket of the client has taken all it has room for. */
async function fill(): Promise<void> {
  slow.raw.socket.pause();
  for (let batch = 0; batch < 1_200; batch++) {
    await save();
    if (batch % 10 === 0) await turn();
  }
}

/** Reads on until the server has nothing left to say, and gives what the client then shows of the last key. */
async function lastTold(): Promise<string | undefined> {
  slow.raw.socket.resume();
  const frames = await slow.takeAll();
  const name = keys.at(-1)?.key ?? '';
  const told = frames.flatMap(({ data, update }) => data?.data ?? update ?? []).filter(({ entityId }) => entityId.id === running.device.id);
  return told.map(({ latest }) => latest?.['TIME_SERIES']?.[name]?.value).findLast((value) => value !== undefined);
}

test('a page that is shown again does not come after newer values', async () => {
  await slow.ask({ query, latestCmd: { keys } });
  for (let ms = PING_INTERVAL_MS; ms < PAGE_REFRESH_MS; ms += PING_INTERVAL_MS) {
    running.clock.pass(PING_INTERVAL_MS);
    await slow.arrived();
  }
  await fill();
  await running.addDevice(running.tenants.one, 'Came');
  const { find } = running.queries;
  const evaluated = new Promise<void>((resolve) => {
    running.queries.find = async (asked) => {
      const found = await find(asked);
      resolve();
      return found;
    };
  });
  running.clock.pass(PING_INTERVAL_MS);
  await evaluated;
  await turn();
  await save();
  expect(await lastTold()).toBe(String(n));
});

test('values that wait when a command asks for them anew are told', async () => {
  await slow.ask({ query, latestCmd: { keys } });
  await fill();
  slow.send('ENTITY_DATA', { latestCmd: { keys } });
  expect(await lastTold()).toBe(String(n));
});
