// Goal: the rules of rest-api.md §6 for paths and key lists, and those of §6.2 and §6.3, quoted in the name of each test. Method: the
// built server with its threads and its database, over HTTP; each test has a device of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { types } from './telemetry-entities.js';
import { refused, start } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-reading')));
afterAll(() => world.stop());

const range = `startTs=${start}&endTs=${start + 1_000}`;
const nobody = '00000000-0000-7000-8000-00000000ffff';
/** Types of §1.1 that are not among those whose telemetry is read and written. */
const others = [
  ...['ALARM', 'RULE_NODE', 'WIDGETS_BUNDLE', 'WIDGET_TYPE', 'TENANT_PROFILE', 'API_USAGE_STATE', 'TB_RESOURCE', 'EDGE', 'RPC', 'QUEUE'],
  ...['NOTIFICATION_TARGET', 'NOTIFICATION_TEMPLATE', 'NOTIFICATION_REQUEST', 'NOTIFICATION', 'NOTIFICATION_RULE', 'QUEUE_STATS', 'DOMAIN'],
  ...['MOBILE_APP', 'MOBILE_APP_BUNDLE', 'CALCULATED_FIELD', 'JOB', 'ADMIN_SETTINGS', 'AI_MODEL', 'API_KEY'],
];
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
  test.each(others)('6 {entityType}: %s (§1.1) has no attributes and time series: 404', async (entityType) => {
    const device = await world.device();
    for (const what of ['attributes', 'timeseries']) {
      expect(await device.call('GET', `/${entityType}/${nobody}/keys/${what}`)).toMatchObject(refused(/ with requested id wasn't found!$/, 404));
    }
  });
  test.each(['ANY_SCOPE', 'server_scope', 'SERVER'])('6 {scope}: any other value (%s) → 400', async (scope) => {
    const device = await world.device();
    for (const path of ['keys/attributes', 'values/attributes']) expect((await device.ask('GET', `${path}/${scope}`)).status).toBe(400);
    for (const path of ['{deviceId}', '{entityType}/{entityId}', '{entityType}/{entityId}/attributes']) {
      expect((await device.call('POST', `/${path}/${scope}`, { a: 1 })).status).toBe(400);
    }
    for (const path of ['{deviceId}', '{entityType}/{entityId}']) expect((await device.call('DELETE', `/${path}/${scope}?keys=a`)).status).toBe(400);
  });
  test.each(types)('2 404: of %s', async (entityType) => {
    const device = await world.device();
    // As the examples of §2: Device, Asset, Customer, Entity-view.
    const words = entityType
      .toLowerCase()
      .replace(/^entity_/, 'entity-')
      .replace('_', ' ');
    const text = new RegExp(`^${words.charAt(0).toUpperCase()}${words.slice(1)} with requested id wasn't found!$`);
    expect(await device.call('GET', `/${entityType}/${nobody}/keys/timeseries`)).toMatchObject(refused(text, 404));
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
    expect(await device.attributeKeys()).toEqual(['a', 'a', 'a']);
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
