// Goal: each row of the tables of rest-api.md §6.7 and §6.8, quoted in the name of its test. Method: the built server with its threads
// and its database, over HTTP; each test has a device of its own. What saving does besides is in telemetry-rows-effects.test.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeView } from './telemetry-entities.js';
import { done, readOnly, refused, start, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
let device: Target;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-saving')));
beforeEach(async () => void (device = await world.device()));
afterAll(() => world.stop());

const script = '<script>alert(1)</script>';

describe.each(['SERVER_SCOPE', 'SHARED_SCOPE'] as const)('6.7 saving attributes, %s', (scope) => {
  test('6.7 ok: 200 empty', async () => {
    const before = Date.now();
    expect(await device.ask('POST', scope, { a: 1, b: 'x' })).toMatchObject(done);
    const stored = await device.get<readonly { lastUpdateTs: number }[]>(`values/attributes/${scope}`);
    expect(stored).toMatchObject([
      { key: 'a', value: 1 },
      { key: 'b', value: 'x' },
    ]);
    for (const { lastUpdateTs } of stored) expect(lastUpdateTs).toBeGreaterThanOrEqual(before);
  });
  test.each([
    ['not JSON: Invalid JSON', 'nonsense', 'Invalid JSON'],
    ['not JSON: Invalid JSON', '{"a":1', 'Invalid JSON'],
    ['array / primitive: Request is not a JSON object', '[{"a":1}]', 'Request is not a JSON object'],
    ['array / primitive: Request is not a JSON object', '7', 'Request is not a JSON object'],
    ['array / primitive: Request is not a JSON object', '"a"', 'Request is not a JSON object'],
    ['array / primitive: Request is not a JSON object', 'null', 'Request is not a JSON object'],
    ['{}: No attributes data found in request body!', '{}', 'No attributes data found in request body!'],
    ['blank key: Key cannot be blank', '{"":1}', 'Key cannot be blank'],
    ['blank key: Key cannot be blank', '{"a":1," \\t":1}', 'Key cannot be blank'],
    ['key or string value with HTML/script', '{"<b>a</b>":1}', /markup/],
    ['key or string value with HTML/script', `{"a":"${script}"}`, /markup/],
    ['key or string value with HTML/script', '{"a":"<img src=x onerror=alert(1)>"}', /markup/],
    ['null value', '{"a":1,"b":null}', /null/],
  ])('6.7 %s → 400 (%s), and nothing is stored', async (_, body, text) => {
    expect(await device.ask('POST', scope, body)).toMatchObject(refused(text));
    expect(await device.attributes(scope)).toEqual({});
  });
});

test.each(['/{deviceId}/CLIENT_SCOPE', '/{entityType}/{entityId}/CLIENT_SCOPE', '/{entityType}/{entityId}/attributes/CLIENT_SCOPE'])(
  '6.7 Only SERVER_SCOPE and SHARED_SCOPE; CLIENT_SCOPE → 400 text: POST %s',
  async (path) => {
    expect(await device.call('POST', path, { a: 1 })).toMatchObject(refused('Invalid scope: CLIENT_SCOPE'));
    expect(await device.attributes('CLIENT_SCOPE')).toEqual({});
  },
);

describe('6.8 saving telemetry', () => {
  const notJson = 'Unable to parse time series payload: Invalid JSON body!';
  const unreadable = "Unable to parse time series payload. Invalid JSON body: Can't parse value: null";
  const nothing = 'No time series data found in request body!';

  test.each([
    ['object', '{"a":1,"b":"x"}', { a: 1, b: 'x' }],
    ['array of objects', '[{"a":1},{"b":2}]', { a: 1, b: 2 }],
    ['{ts,values}', '{"ts":5,"values":{"a":1}}', { a: 1 }],
    ['array of {ts,values}', '[{"ts":5,"values":{"a":1}},{"ts":6,"values":{"a":2,"b":3}}]', { a: 2, b: 3 }],
    ['mixed array', '[{"a":1},{"ts":5,"values":{"b":2}}]', { a: 1, b: 2 }],
    ['just one of ts and values', '{"ts":5,"a":1}', { ts: 5, a: 1 }],
    ['just one of ts and values', '{"values":{"a":1}}', { values: { a: 1 } }],
    ['extra members', '{"ts":5,"values":{"a":1},"metadata":{"b":2}}', { a: 1 }],
    ['ts as a numeric string', '{"ts":"5","values":{"a":1}}', { a: 1 }],
    ['duplicate keys: the last one wins', '{"a":1,"a":2}', { a: 2 }],
  ])('6.8 ok: 200 empty; body forms as device-api.md §2.1, %s: %s', async (_, body, expected) => {
    expect(await device.ask('POST', 'timeseries/ANY', body)).toMatchObject(done);
    const latest = await device.series('useStrictDataTypes=true');
    expect(Object.fromEntries(Object.entries(latest).map(([key, [point]]) => [key, point?.value]))).toEqual(expected);
  });
  test('6.8 body forms: ts of the element, else server time at arrival, the same for every element', async () => {
    const before = Date.now();
    expect(await device.ask('POST', 'timeseries/ANY', '[{"a":1},{"b":2},{"ts":5,"values":{"c":3}},{"ts":"6","values":{"d":4}}]')).toMatchObject(done);
    const { a, b, c, d } = await device.series('keys=a,b,c,d');
    expect([c?.[0]?.ts, d?.[0]?.ts, b?.[0]?.ts]).toEqual([5, 6, a?.[0]?.ts]);
    expect(a?.[0]?.ts).toBeGreaterThanOrEqual(before);
  });
  test.each([
    ['not JSON', 'nonsense', notJson],
    ['not JSON', '{', notJson],
    ['wrong structure / null value', '7', unreadable],
    ['wrong structure / null value', 'null', unreadable],
    ['wrong structure / null value', '[[1]]', unreadable],
    ['wrong structure / null value', '[{"a":1},7]', unreadable],
    ['wrong structure / null value', '{"ts":1,"values":[1]}', unreadable],
    ['wrong structure / null value', '{"ts":"soon","values":{"a":1}}', unreadable],
    ['wrong structure / null value', '{"a":null}', unreadable],
    ['wrong structure / null value', '[{"b":1},{"ts":1,"values":{"a":null}}]', unreadable],
    ['nothing in it', '{}', nothing],
    ['nothing in it', '[]', nothing],
    ['nothing in it', '[{},{}]', nothing],
    ['nothing in it', '{"ts":1,"values":{}}', nothing],
    ['blank key', '{"":1}', 'Key cannot be blank'],
    ['blank key', '{"a":1," ":1}', 'Key cannot be blank'],
    ['HTML in key or string value', '{"<i>a</i>":1}', /markup/],
    ['HTML in key or string value', `{"ts":1,"values":{"a":"${script}"}}`, /markup/],
  ])('6.8 %s → 400 (%s), and nothing is stored', async (_, body, text) => {
    for (const path of ['timeseries/ANY', 'timeseries/ANY/60']) expect(await device.ask('POST', path, body)).toMatchObject(refused(text));
    expect(await device.series('')).toEqual({});
  });
  test('6.8 ENTITY_VIEW target → 400', async () => {
    expect(await (await makeView(world, device)).ask('POST', 'timeseries/ANY', { a: 1 })).toMatchObject(refused(readOnly));
  });
  test.each(['soon', '-1', '1.5'])('6.8 TTL: %s → 400', async (ttl) => {
    expect((await device.ask('POST', `timeseries/ANY/${ttl}`, { a: 1 })).status).toBe(400);
  });
  test.each(['timeseries/ANY', 'timeseries/ANY/0'])('6.8 TTL: 0 or absent → defaultStorageTtlDays (0 = forever): %s', async (path) => {
    expect(await device.ask('POST', path, { ts: start, values: { a: 1 } })).toMatchObject(done);
    expect(await device.series(`keys=a&startTs=${start}&endTs=${start + 1}`)).toEqual({ a: [{ ts: start, value: '1' }] });
  });
  test.each([
    [-1, '1'],
    [0, '2'],
    [1, '2'],
  ])('6.8 Latest value is replaced only if the new ts ≥ stored ts: %d ms from it', async (after, latest) => {
    await device.save({ ts: start, values: { a: 1 } });
    await device.save({ ts: start + after, values: { a: 2 } });
    expect(await device.series('keys=a')).toEqual({ a: [{ ts: start + Math.max(0, after), value: latest }] });
  });
});
