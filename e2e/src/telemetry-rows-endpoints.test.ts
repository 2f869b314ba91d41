// Goal: each row of rest-api.md §6.1, on entities of every type, is quoted in the name of its test. Method: the built server with its
// threads and its database, over HTTP; each test has an entity of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEntity, types, writableTypes } from './telemetry-entities.js';
import { done, start } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-endpoints')));
afterAll(() => world.stop());

const range = `startTs=${start}&endTs=${start + 10}`;
const stored = (key: string, value: unknown) => ({ lastUpdateTs: expect.any(Number) as number, key, value });
const values = (found: readonly { readonly value: unknown }[]): unknown[] => found.map(({ value }) => value).sort();

describe.each(types)('%s, attributes', (type) => {
  test('6.1 GET /{entityType}/{entityId}/keys/attributes: all, a key present in several scopes may repeat', async () => {
    const { entity } = await makeEntity(world, type);
    await entity.set('SERVER_SCOPE', { a: 1, b: 2 });
    await entity.set('SHARED_SCOPE', { a: 3 });
    expect((await entity.get<string[]>('keys/attributes')).sort()).toEqual(['a', 'a', 'b']);
  });
  test('6.1 GET /{entityType}/{entityId}/keys/attributes/{scope}: keys of one scope', async () => {
    const { entity } = await makeEntity(world, type);
    await entity.set('SERVER_SCOPE', { a: 1, b: 2 });
    await entity.set('SHARED_SCOPE', { c: 3 });
    expect((await entity.get<string[]>('keys/attributes/SERVER_SCOPE')).sort()).toEqual(['a', 'b']);
    expect(await entity.get('keys/attributes/SHARED_SCOPE')).toEqual(['c']);
    expect(await entity.get('keys/attributes/CLIENT_SCOPE')).toEqual([]);
  });
  test('6.1 GET /{entityType}/{entityId}/values/attributes?keys=: attributes of all scopes', async () => {
    const { entity } = await makeEntity(world, type);
    await entity.set('SERVER_SCOPE', { a: 'server', b: 2 });
    await entity.set('SHARED_SCOPE', { a: 'shared', c: 3 });
    expect(values(await entity.get('values/attributes?keys=a'))).toEqual(['server', 'shared']);
    expect(values(await entity.get('values/attributes'))).toEqual([2, 3, 'server', 'shared']);
  });
  test('6.1 GET /{entityType}/{entityId}/values/attributes/{scope}?keys=: attributes of one scope', async () => {
    const { entity } = await makeEntity(world, type);
    await entity.set('SERVER_SCOPE', { a: 'server', b: 2 });
    await entity.set('SHARED_SCOPE', { a: 'shared' });
    expect(await entity.get('values/attributes/SHARED_SCOPE?keys=a,b')).toEqual([stored('a', 'shared')]);
  });
  test('6.1 POST /{entityType}/{entityId}/{scope}: save entity attributes', async () => {
    const { entity } = await makeEntity(world, type);
    expect(await entity.call('POST', '/{entityType}/{entityId}/SHARED_SCOPE', { a: 2.5 })).toMatchObject(done);
    expect(await entity.get('values/attributes/SHARED_SCOPE')).toEqual([stored('a', 2.5)]);
  });
  test('6.1 POST /{entityType}/{entityId}/attributes/{scope}: save entity attributes (v2 form, same behaviour)', async () => {
    const { entity } = await makeEntity(world, type);
    expect(await entity.call('POST', '/{entityType}/{entityId}/attributes/SERVER_SCOPE', { a: { d: [1] } })).toMatchObject(done);
    expect(await entity.get('values/attributes/SERVER_SCOPE')).toEqual([stored('a', { d: [1] })]);
  });
  test('6.1 DELETE /{entityType}/{entityId}/{scope}?keys=: delete entity attributes', async () => {
    const { entity } = await makeEntity(world, type);
    for (const scope of ['SERVER_SCOPE', 'SHARED_SCOPE'] as const) await entity.set(scope, { a: 1, b: 2 });
    expect(await entity.call('DELETE', '/{entityType}/{entityId}/SERVER_SCOPE?keys=a,never')).toMatchObject(done);
    expect([await entity.attributes('SERVER_SCOPE'), await entity.attributes('SHARED_SCOPE')]).toEqual([{ b: 2 }, { a: 1, b: 2 }]);
  });
});

test.each(['SERVER_SCOPE', 'SHARED_SCOPE'])('6.1 POST /{deviceId}/{scope}: save device attributes, %s', async (scope) => {
  const device = await world.device();
  expect(await device.call('POST', `/{deviceId}/${scope}`, { a: 1 })).toMatchObject(done);
  expect(await device.get(`values/attributes/${scope}`)).toEqual([stored('a', 1)]);
});

describe.each(['/{deviceId}/{scope}', '/{entityType}/{entityId}/{scope}'])('6.1 DELETE %s?keys=', (path) => {
  test.each(['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE'] as const)('delete device attributes, %s', async (scope) => {
    const device = await world.tellingDevice({ a: 1, b: 2, 'x,y': 3 });
    for (const other of ['SERVER_SCOPE', 'SHARED_SCOPE'] as const) await device.set(other, { a: 1, b: 2, 'x,y': 3 });
    expect(await device.call('DELETE', `${path.replace('{scope}', scope)}?key=a&key=x,y`)).toMatchObject(done);
    expect(await device.attributes(scope)).toEqual({ b: 2 });
    expect(await device.attributeKeys()).toEqual(['a', 'a', 'b', 'b', 'b', 'x,y', 'x,y']);
  });
});

describe.each(types)('%s, time series', (type) => {
  test('6.1 GET /{entityType}/{entityId}/keys/timeseries: keys having a latest value', async () => {
    const { entity, source } = await makeEntity(world, type);
    expect(await entity.get('keys/timeseries')).toEqual([]);
    await source.save({ ts: start, values: { a: 1, 'x,y': 2 } });
    expect((await entity.get<string[]>('keys/timeseries')).sort()).toEqual(['a', 'x,y']);
  });
  test('6.1 GET /{entityType}/{entityId}/values/timeseries?keys=&useStrictDataTypes=false: latest values', async () => {
    const { entity, source } = await makeEntity(world, type);
    await source.save({ ts: start, values: { a: 1, b: 2 } }, { ts: start + 5, values: { a: 3 } });
    expect(await entity.series('keys=a')).toEqual({ a: [{ ts: start + 5, value: '3' }] });
    expect(await entity.series('keys=a&useStrictDataTypes=false')).toEqual({ a: [{ ts: start + 5, value: '3' }] });
    expect(await entity.series('keys=a,b&useStrictDataTypes=true')).toEqual({ a: [{ ts: start + 5, value: 3 }], b: [{ ts: start, value: 2 }] });
  });
  test('6.1 GET /{entityType}/{entityId}/values/timeseries?keys=&startTs=&endTs=: history, chosen when both are present', async () => {
    const { entity, source } = await makeEntity(world, type);
    await source.save({ ts: start, values: { a: 1 } }, { ts: start + 5, values: { a: 3 } });
    const newest = { ts: start + 5, value: '3' };
    expect(await entity.series(`keys=a&${range}&orderBy=ASC`)).toEqual({ a: [{ ts: start, value: '1' }, newest] });
    for (const half of [`startTs=${start}`, `endTs=${start + 1}`]) expect(await entity.series(`keys=a&${half}`)).toEqual({ a: [newest] });
  });
  test('6.1 GET /{entityType}/{entityId}/values/timeseries/history: the same history, explicit path', async () => {
    const { entity, source } = await makeEntity(world, type);
    await source.save({ ts: start, values: { a: 1 } }, { ts: start + 5, values: { a: 3, b: true } });
    for (const query of [`keys=a,b,never&${range}`, `key=a&${range}&agg=SUM&interval=10&useStrictDataTypes=true`]) {
      const history = await entity.get(`values/timeseries/history?${query}`);
      expect([Object.keys(history as object).length > 0, history]).toEqual([true, await entity.series(query)]);
    }
  });
});

describe.each(writableTypes)('%s, writing time series', (type) => {
  test.each(['ANY', 'smth'])('6.1 POST /{entityType}/{entityId}/timeseries/{any}: %s is ignored', async (word) => {
    const { entity } = await makeEntity(world, type);
    expect(await entity.call('POST', `/{entityType}/{entityId}/timeseries/${word}`, { ts: start, values: { a: 1 } })).toMatchObject(done);
    expect(await entity.series(`keys=a&${range}`)).toEqual({ a: [{ ts: start, value: '1' }] });
  });
  test('6.1 POST /{entityType}/{entityId}/timeseries/{any}/{ttl}: with TTL in seconds', async () => {
    const { entity } = await makeEntity(world, type);
    const recent = Date.now() - 60_000;
    for (const [key, ttl] of Object.entries({ brief: 30, long: 3_600 })) {
      expect(await entity.call('POST', `/{entityType}/{entityId}/timeseries/ANY/${ttl}`, { ts: recent, values: { [key]: 1 } })).toMatchObject(done);
    }
    expect(await entity.series(`keys=brief,long&startTs=${recent}&endTs=${recent + 1}`)).toEqual({ long: [{ ts: recent, value: '1' }] });
    // The latest value stays.
    expect(await entity.series('keys=brief')).toEqual({ brief: [{ ts: recent, value: '1' }] });
  });
  test('6.1 DELETE /{entityType}/{entityId}/timeseries/delete?…: delete telemetry', async () => {
    const { entity } = await makeEntity(world, type);
    await entity.save({ ts: start, values: { a: 1, b: 1 } }, { ts: start + 5, values: { a: 2, b: 2 } });
    const path = `timeseries/delete?keys=a&deleteAllDataForKeys=false&startTs=${start}&endTs=${start + 1}&deleteLatest=true&rewriteLatestIfDeleted=false`;
    expect(await entity.call('DELETE', `/{entityType}/{entityId}/${path}`)).toMatchObject(done);
    const two = { ts: start + 5, value: '2' };
    expect(await entity.series(`keys=a,b&${range}&orderBy=ASC`)).toEqual({ a: [two], b: [{ ts: start, value: '1' }, two] });
  });
});
