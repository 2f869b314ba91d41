// Goal: the rules of rest-api.md §6 for paths and key lists, and those of §6.2, §6.3 and §6.6, quoted in the name of each test. Method:
// the built server with its threads and its database, over HTTP; each test has an entity of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeView } from './telemetry-entities.js';
import { readOnly, refused, start, type Target, TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-reading')));
afterAll(() => world.stop());

const range = `startTs=${start}&endTs=${start + 1_000}`;
const nobody = '00000000-0000-7000-8000-00000000ffff';
interface Stored {
  readonly lastUpdateTs: number;
  readonly key: string;
  readonly value: unknown;
}
const keysOf = (stored: readonly Stored[]): readonly string[] => stored.map(({ key }) => key).sort();

describe('6 paths', () => {
  test.each(['device', 'Device', 'dEvIcE'])('6 {entityType} case-insensitive enum: %s', async (entityType) => {
    const device = await world.device();
    await device.set('SERVER_SCOPE', { a: 1 });
    const { status, text } = await device.call('GET', `/${entityType}/{entityId}/keys/attributes`);
    expect([status, text]).toEqual([200, '["a"]']);
  });
  test('6 {entityType} case-insensitive enum: any other → 400', async () => {
    expect((await (await world.device()).call('GET', '/THING/{entityId}/keys/attributes')).status).toBe(400);
  });
  test.each(['ANY_SCOPE', 'server_scope', 'SERVER'])('6 {scope}: any other value (%s) → 400', async (scope) => {
    const device = await world.device();
    for (const path of ['keys/attributes', 'values/attributes']) expect((await device.ask('GET', `${path}/${scope}`)).status).toBe(400);
    for (const path of ['{deviceId}', '{entityType}/{entityId}', '{entityType}/{entityId}/attributes']) {
      expect((await device.call('POST', `/${path}/${scope}`, { a: 1 })).status).toBe(400);
    }
    for (const path of ['{deviceId}', '{entityType}/{entityId}']) expect((await device.call('DELETE', `/${path}/${scope}?keys=a`)).status).toBe(400);
  });
  test.each([
    ['DEVICE', 'Device'],
    ['ASSET', 'Asset'],
    ['CUSTOMER', 'Customer'],
    ['ENTITY_VIEW', 'Entity-view'],
  ])('2 404: of %s', async (entityType, label) => {
    const device = await world.device();
    const answer = await device.call('GET', `/${entityType}/${nobody}/keys/timeseries`);
    expect(answer).toMatchObject(refused(`${label} with requested id wasn't found!`, 404));
  });
});

describe.each([
  ['keys=a,b', ['a', 'b']],
  ['keys=a,%20b,,', ['a', 'b']],
  ['key=x,y', ['x,y']],
  ['key=a&key=x,y', ['a', 'x,y']],
  ['keys=b&key=a', ['a']],
])('6 Key lists: keys=a,b or one or more key=; if key is present, keys is ignored: %s', (query, expected) => {
  test('of attributes', async () => {
    const device = await world.device();
    await device.set('SERVER_SCOPE', { a: 1, b: 2, 'x,y': 3, x: 4 });
    for (const path of ['values/attributes', 'values/attributes/SERVER_SCOPE'])
      expect(keysOf(await device.get(`${path}?${query}`))).toEqual(expected);
  });
  test('of time series', async () => {
    const device = await world.device();
    await device.save({ ts: start, values: { a: 1, b: 2, 'x,y': 3, x: 4 } });
    for (const more of ['', `&${range}`]) expect(Object.keys(await device.series(`${query}${more}`)).sort()).toEqual(expected);
  });
});

describe('6.2 attributes', () => {
  const values = { boolean: true, integer: -42, number: 0.5, string: 'a "b"', object: { a: [1, 2] }, array: [null, { b: 'c' }] };

  test.each(Object.entries(values))('6.2 Values are typed JSON: %s', async (key, value) => {
    const device = await world.device();
    const before = Date.now();
    await device.set('SHARED_SCOPE', { [key]: value });
    const stored = await device.get<readonly Stored[]>('values/attributes/SHARED_SCOPE');
    expect(stored).toEqual([{ lastUpdateTs: expect.any(Number) as number, key, value }]);
    expect(stored[0]?.lastUpdateTs).toBeGreaterThanOrEqual(before);
  });
  test.each(['values/attributes', 'values/attributes/SERVER_SCOPE'])('6.2 Unknown keys are left out; no keys → all: %s', async (path) => {
    const device = await world.device();
    await device.set('SERVER_SCOPE', { a: 1, b: 2 });
    expect(keysOf(await device.get(`${path}?keys=b,never`))).toEqual(['b']);
    expect(keysOf(await device.get(path))).toEqual(['a', 'b']);
  });
  test.each(['values/attributes', 'values/attributes/SERVER_SCOPE', 'values/attributes?keys=a', 'keys/attributes', 'keys/attributes/CLIENT_SCOPE'])(
    '6.2 Nothing → []: %s',
    async (path) => expect(await (await world.device()).get(path)).toEqual([]),
  );
  test('6.2 With no scope, one key may appear up to three times (once per scope)', async () => {
    const device = await world.tellingDevice({ a: 'client' });
    await device.set('SERVER_SCOPE', { a: 'server' });
    await device.set('SHARED_SCOPE', { a: 'shared' });
    const stored = await device.get<readonly Stored[]>('values/attributes?keys=a');
    expect(stored.map(({ value }) => value).sort()).toEqual(['client', 'server', 'shared']);
    expect(await device.get('keys/attributes')).toEqual(['a', 'a', 'a']);
  });
});

describe('6.3 latest telemetry', () => {
  test('6.3 One-element arrays', async () => {
    const device = await world.device();
    await device.save({ ts: start, values: { a: 1, b: 'x' } }, { ts: start + 1, values: { a: 22.5 } });
    expect(await device.series('keys=a,b')).toEqual({ a: [{ ts: start + 1, value: '22.5' }], b: [{ ts: start, value: 'x' }] });
  });
  test.each(['false', 'true'])('6.3 A requested key without data yields ts = now and value = null, useStrictDataTypes=%s', async (strict) => {
    const before = Date.now();
    const { never } = await (await world.device()).series(`keys=never&useStrictDataTypes=${strict}`);
    expect(never).toEqual([{ ts: expect.any(Number) as number, value: null }]);
    expect(never?.[0]?.ts).toBeGreaterThanOrEqual(before);
    expect(never?.[0]?.ts).toBeLessThanOrEqual(Date.now());
  });
  test('6.3 No keys → all keys with data, none added', async () => {
    const device = await world.device();
    expect(await device.series('')).toEqual({});
    await device.save({ ts: start, values: { a: 1, 'x,y': 2 } });
    expect(await device.series('useStrictDataTypes=true')).toEqual({ a: [{ ts: start, value: 1 }], 'x,y': [{ ts: start, value: 2 }] });
  });
});

describe('6.6 entity views', () => {
  const points = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => ({ ts: start + from + n, values: { a: from + n, hidden: 1 } }));
  const view = async (window?: readonly [number, number]): Promise<Target> => {
    const device = await world.device();
    await device.save(...points(0, 30));
    return makeView(world, device, window);
  };
  const times = async (entity: Target, query: string) => (await entity.series(query))['a']?.map(({ ts }) => ts - start);

  test('6.6 only keys listed in the view’s keys.timeseries are visible', async () => {
    const entity = await view();
    expect(await entity.get('keys/timeseries')).toEqual(['a']);
    expect(await entity.series('')).toEqual({ a: [{ ts: start + 30, value: '30' }] });
    expect((await entity.series('keys=hidden'))['hidden']).toEqual([{ ts: expect.any(Number) as number, value: null }]);
    expect(await entity.series(`keys=hidden&${range}`)).toEqual({});
  });
  test('6.6 history is clamped to [startTimeMs, endTimeMs]', async () => {
    const entity = await view([start + 10, start + 13]);
    expect(await times(entity, `keys=a&${range}`)).toEqual([13, 12, 11, 10]);
    expect(await times(entity, `keys=a&startTs=${start + 11}&endTs=${start + 13}`)).toEqual([12, 11]);
    expect(await times(entity, `keys=a&startTs=${start + 14}&endTs=${start + 20}`)).toBeUndefined();
    expect(await entity.series(`keys=a&${range}&agg=SUM&interval=1000`)).toMatchObject({ a: [{ value: '46' }] });
  });
  test.each([
    ['startTimeMs', [0, start + 2], [2, 1, 0]],
    ['endTimeMs', [start + 28, 0], [30, 29, 28]],
  ] as const)('6.6 %s: 0 = open', async (_, window, expected) => expect(await times(await view(window), `keys=a&${range}`)).toEqual(expected));
  test('6.6 Attributes are the view’s own copies made when the view was saved', async () => {
    const device = await world.tellingDevice({ model: 'client' });
    await device.set('SERVER_SCOPE', { model: 'server', hidden: 1 });
    await device.set('SHARED_SCOPE', { model: 'shared' });
    const entity = await makeView(world, device);
    await device.set('SERVER_SCOPE', { model: 'later' });
    const copies = { CLIENT_SCOPE: 'client', SERVER_SCOPE: 'server', SHARED_SCOPE: 'shared' } as const;
    for (const scope of Object.keys(copies) as (keyof typeof copies)[]) expect(await entity.attributes(scope)).toEqual({ model: copies[scope] });
  });
  test('6.6 … and can be written independently', async () => {
    const device = await world.device();
    await device.set('SERVER_SCOPE', { model: 'device' });
    const entity = await makeView(world, device);
    await entity.set('SERVER_SCOPE', { model: 'view', own: 1 });
    expect([await device.attributes('SERVER_SCOPE'), await entity.attributes('SERVER_SCOPE')]).toEqual([
      { model: 'device' },
      { model: 'view', own: 1 },
    ]);
  });
  test.each(['timeseries/ANY', 'timeseries/ANY/60'])('6.6 Writing time series to a view → 400: %s', async (path) => {
    expect(await (await view()).ask('POST', path, { a: 1 })).toMatchObject(refused(readOnly));
  });
});
