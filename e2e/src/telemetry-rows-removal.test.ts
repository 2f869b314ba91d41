// Goal: each row of the table of rest-api.md §6.9, and the rules of §6.10, quoted in the name of its test. Method: the built server with
// its threads and its database, over HTTP; each test has a device of its own.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeView } from './telemetry-entities.js';
import { done, readOnly, refused, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-removal')));
afterAll(() => world.stop());

const HOUR_MS = 3_600_000;

describe('6.9', () => {
  const keys = ['a', 'b', 'c,d'];
  const times = [10, 20, 30, 40];
  let device: Target;
  beforeEach(async () => {
    device = await world.device();
    await device.save(...times.map((ts) => ({ ts, values: Object.fromEntries(keys.map((key) => [key, ts])) })));
  });

  const remove = (query: string) => device.ask('DELETE', `timeseries/delete?${query}`);
  const removed = async (query: string): Promise<void> => expect(await remove(query)).toMatchObject(done);
  /** Times of the points of a key, and of its latest value; null is none. */
  const left = async (key: string): Promise<readonly [readonly number[], number | null]> => {
    const history = await device.series(`key=${key}&startTs=0&endTs=${Date.now() + 2 * HOUR_MS}&orderBy=ASC`);
    const [latest] = (await device.series(`key=${key}`))[key] ?? [];
    return [(history[key] ?? []).map(({ ts }) => ts), latest === undefined || latest.value === null ? null : latest.ts];
  };
  const untouched = [times, 40];

  test('6.9 deleteAllDataForKeys: true → range [0, now)', async () => {
    const ahead = Date.now() + HOUR_MS;
    await device.save({ ts: ahead, values: { a: 1 } }, { ts: -5, values: { a: 1 } });
    await removed('keys=a&deleteAllDataForKeys=true');
    expect(await left('a')).toEqual([[ahead], ahead]);
    expect(await device.series('keys=a&startTs=-10&endTs=100')).toEqual({ a: [{ ts: -5, value: '1' }] });
  });
  test('6.9 deleteAllDataForKeys: true, of the named keys', async () => {
    await removed('keys=a,b&deleteAllDataForKeys=true');
    expect([await left('a'), await left('b'), await left('c,d')]).toEqual([[[], null], [[], null], untouched]);
    expect(await device.get('keys/timeseries')).toEqual(['c,d']);
  });
  test('6.9 deleteAllDataForKeys: true, of keys with commas by key=', async () => {
    await removed('key=c,d&key=a&deleteAllDataForKeys=true');
    expect([await left('a'), await left('b'), await left('c,d')]).toEqual([[[], null], untouched, [[], null]]);
  });
  test('6.9 deleteAllDataForKeys: true, startTs and endTs are not looked at', async () => {
    await removed('keys=a&deleteAllDataForKeys=true&startTs=20&endTs=30');
    expect(await left('a')).toEqual([[], null]);
  });
  test('6.9 deleteAllDataForKeys: false unless said', async () => {
    expect((await remove('keys=a')).status).toBe(400);
    expect(await left('a')).toEqual(untouched);
  });
  test('6.9 startTs, endTs: [startTs, endTs)', async () => {
    await removed('keys=a&startTs=20&endTs=40');
    expect(await left('a')).toEqual([[10, 40], 40]);
    await removed('keys=a&startTs=11&endTs=40');
    expect(await left('a')).toEqual([[10, 40], 40]);
  });
  test.each(['', '&startTs=1', '&endTs=50', '&deleteAllDataForKeys=false&startTs=1'])(
    '6.9 startTs, endTs: required otherwise; missing (%s) → 400',
    async (said) => {
      const text = "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty";
      expect(await remove(`keys=a${said}`)).toMatchObject(refused(text));
      expect(await left('a')).toEqual(untouched);
    },
  );
  test.each(['startTs=&endTs=50', 'startTs=1&endTs=', 'startTs=x&endTs=50'])('6.9 startTs, endTs: not a number (%s) → 400', async (said) => {
    expect(await remove(`keys=a&${said}`)).toMatchObject(refused(/must be a number$/));
    expect(await left('a')).toEqual(untouched);
  });
  test.each(['', '&deleteLatest=true'])('6.9 deleteLatest: true (%s): also remove the latest record if its ts lies in the range', async (said) => {
    await removed(`keys=a&startTs=30&endTs=41${said}`);
    expect(await left('a')).toEqual([[10, 20], null]);
    await removed(`keys=b&startTs=0&endTs=40${said}`);
    expect(await left('b')).toEqual([[40], 40]);
  });
  test.each(['deleteAllDataForKeys=true', 'startTs=0&endTs=50'])(
    '6.9 deleteLatest: false: history disappears but the latest value stays (%s)',
    async (range) => {
      await removed(`keys=a&${range}&deleteLatest=false`);
      expect(await left('a')).toEqual([[], 40]);
      expect(await device.series('keys=a')).toEqual({ a: [{ ts: 40, value: '40' }] });
    },
  );
  test.each(['', '&rewriteLatestIfDeleted=false'])('6.9 rewriteLatestIfDeleted: false (%s)', async (said) => {
    await removed(`keys=a&startTs=40&endTs=41${said}`);
    expect(await left('a')).toEqual([[10, 20, 30], null]);
  });
  test('6.9 rewriteLatestIfDeleted: true → the latest becomes the newest point older than the range', async () => {
    await removed('keys=a&startTs=30&endTs=41&rewriteLatestIfDeleted=true');
    expect(await left('a')).toEqual([[10, 20], 20]);
    expect(await device.series('keys=a')).toEqual({ a: [{ ts: 20, value: '20' }] });
  });
  test('6.9 rewriteLatestIfDeleted: true, and none is older → removed', async () => {
    await removed('keys=a&startTs=0&endTs=41&rewriteLatestIfDeleted=true');
    expect(await left('a')).toEqual([[], null]);
    await removed('keys=b&deleteAllDataForKeys=true&rewriteLatestIfDeleted=true');
    expect(await left('b')).toEqual([[], null]);
  });
  test('6.9 rewriteLatestIfDeleted: true, and the latest is outside the range or is to stay', async () => {
    await removed('keys=a&startTs=0&endTs=40&rewriteLatestIfDeleted=true');
    expect(await left('a')).toEqual([[40], 40]);
    await removed('keys=b&startTs=30&endTs=41&rewriteLatestIfDeleted=true&deleteLatest=false');
    expect(await left('b')).toEqual([[10, 20], 40]);
  });
  test.each(['', 'keys=&', 'keys=,&', 'key=&'])('6.9 Empty keys (%s) → 400', async (keyList) => {
    for (const range of ['deleteAllDataForKeys=true', 'startTs=0&endTs=50'])
      expect(await remove(keyList + range)).toMatchObject(refused('Empty keys: []'));
    expect(await left('a')).toEqual(untouched);
  });
  test('6.9 Success 200 empty, also of what is not there', async () => {
    await removed('keys=never&deleteAllDataForKeys=true');
    await removed('keys=a&startTs=40&endTs=10');
    expect(await left('a')).toEqual(untouched);
  });
  test('6.9 ENTITY_VIEW target → 400', async () => {
    const view = await makeView(world, device);
    expect(await view.ask('DELETE', 'timeseries/delete?keys=a&deleteAllDataForKeys=true')).toMatchObject(refused(readOnly));
    expect(await left('a')).toEqual(untouched);
  });
});

describe.each(['/{deviceId}', '/{entityType}/{entityId}'])('6.10 DELETE %s/{scope}', (path) => {
  test.each(['', '?keys=', '?keys=,', '?key='])('6.10 keys required (%s): Empty keys: [] → 400', async (keyList) => {
    const device = await world.device();
    expect(await device.call('DELETE', `${path}/SERVER_SCOPE${keyList}`)).toMatchObject(refused('Empty keys: []'));
  });
  test.each(['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE'] as const)('6.10 Idempotent 200: %s', async (scope) => {
    const device = await world.tellingDevice({ a: 1 });
    for (const other of ['SERVER_SCOPE', 'SHARED_SCOPE'] as const) await device.set(other, { a: 1 });
    for (let n = 0; n < 2; n += 1) expect(await device.call('DELETE', `${path}/${scope}?keys=a,never`)).toMatchObject(done);
    expect(await device.attributeKeys()).toEqual(['a', 'a']);
    expect(await device.attributes(scope)).toEqual({});
  });
});
