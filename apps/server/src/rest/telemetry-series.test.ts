// Goal: the rows of rest-api.md about reading time series: §6.1 (their endpoints), §6.3, §6.4 and §6.6. Method: HTTP against
// a running API over the memory store. Aggregates are in telemetry-aggregates.test.ts.
import { problemCodeHeader, wireTimeSeriesSchema } from '@fieldline/api-contract';
import { type EntityId, type StoredValue, ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
const start = 1_700_000_000_000;
const { boolean, long, double, string, json } = ValueKind;

/** The latest values: key, kind, value, as text and as JSON. */
const latest: readonly (readonly [string, ValueKind, StoredValue, string, unknown])[] = [
  ['long', long, 42, '42', 42],
  ['double', double, 3, '3.0', 3],
  ['large double', double, 1e10, '1.0E10', 1e10],
  ['boolean', boolean, true, 'true', true],
  ['string', string, 'a "b" \\ \n<c>', 'a "b" \\ \n<c>', 'a "b" \\ \n<c>'],
  ['json', json, '{"a":[1,"x"]}', '{"a":[1,"x"]}', { a: [1, 'x'] }],
  ['with,comma', long, 1, '1', 1],
  ['__proto__', long, 2, '2', 2],
];

beforeAll(async () => {
  rest = await startRest();
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id.id;
  const entity = deviceEntity(id);
  await rest.commit((unit, tenantId) => {
    for (const [key, kind, value] of latest) unit.point(tenantId, entity, key, start, kind, value, 0);
    for (let n = 0; n < 150; n += 1) unit.point(tenantId, entity, 'many', start + n, long, n, 0);
  });
});
afterAll(() => rest.close());

const get = (path: string, token = rest.admin) => rest.call('GET', `/api/plugins/telemetry/${path}`, { token });
const of = async (query: string) => (await get(`DEVICE/${id}/values/timeseries?${query}`)).body;
const range = `startTs=${start}&endTs=${start + 1_000}`;
const times = (points: readonly { ts: number }[]) => points.map(({ ts }) => ts - start);
const everyNth = (from: number, count: number, step: number) => Array.from({ length: count }, (_, n) => from + n * step);

describe('rest-api.md §6.1, time series', () => {
  it('GET keys/timeseries: keys having a latest value', async () => {
    expect((await get(`DEVICE/${id}/keys/timeseries`)).body.sort()).toEqual(['many', ...latest.map(([key]) => key)].sort());
  });
  it('GET values/timeseries?keys=: latest values', async () => {
    expect(await of('keys=long')).toEqual({ long: [{ ts: start, value: '42' }] });
  });
  it('GET values/timeseries?keys=&startTs=&endTs=: history, chosen when both are present', async () => {
    expect((await of(`keys=many&${range}`)).many).toHaveLength(100);
    for (const half of [`startTs=${start}`, `endTs=${start + 1}`]) expect((await of(`keys=many&${half}`)).many).toHaveLength(1);
  });
  it('GET values/timeseries/history: the same history, explicit path', async () => {
    const query = `keys=many,long&${range}&limit=5`;
    expect((await get(`DEVICE/${id}/values/timeseries/history?${query}`)).body).toEqual(await of(query));
  });
  it('keys=a,b or one or more key=; if key is present, keys is ignored', async () => {
    expect(Object.keys(await of('keys=long,double'))).toEqual(['double', 'long']);
    expect(Object.keys(await of('keys=long&key=with,comma&key=json')).sort()).toEqual(['json', 'with,comma']);
    expect(Object.keys(await of(`keys=long&key=with,comma&${range}`))).toEqual(['with,comma']);
    expect(Object.keys(await of(`keys=long&key=&${range}`))).toEqual(['long']);
    expect(await of(`key=&${range}`)).toEqual({});
  });
  it('of every entity type of the reference that has entities', async () => {
    expect((await get(`TENANT/${rest.one.tenantId}/values/timeseries`)).body).toEqual({});
    for (const type of ['EDGE', 'API_USAGE_STATE', 'JOB']) expect((await get(`${type}/${id}/values/timeseries`)).status).toBe(404);
  });
});

describe('rest-api.md §6.3', () => {
  it.each(latest)('non-strict (default): every value is a string; %s', async (key, _, __, text) => {
    const { body, text: raw } = await get(`DEVICE/${id}/values/timeseries?key=${encodeURIComponent(key)}`);
    expect(Object.entries(body)).toEqual([[key, [{ ts: start, value: text }]]]);
    expect(raw).toContain(JSON.stringify(text));
  });
  it.each(latest)('useStrictDataTypes=true: native JSON types; %s', async (key, _, __, ___, value) => {
    expect(Object.entries(await of(`key=${encodeURIComponent(key)}&useStrictDataTypes=true`))).toEqual([[key, [{ ts: start, value }]]]);
  });
  it('a requested key without data yields ts = now and value = null', async () => {
    const before = rest.clock.nowMs();
    const { never } = await of('keys=never,long');
    expect(never).toEqual([{ ts: expect.any(Number), value: null }]);
    expect(never[0].ts).toBeGreaterThanOrEqual(before);
  });
  it('no keys: all keys with data, none added', async () => {
    expect(Object.keys(await of('')).sort()).toEqual(['many', ...latest.map(([key]) => key)].sort());
  });
});

describe('rest-api.md §6.4', () => {
  it('startTs, endTs: range is [startTs, endTs), the point at endTs is excluded', async () => {
    expect(times((await of(`keys=many&startTs=${start + 3}&endTs=${start + 5}`)).many)).toEqual([4, 3]);
  });
  it('startTs, endTs: the least and greatest of 64 bits are ever', async () => {
    expect((await of('keys=many&startTs=-9223372036854775808&endTs=9223372036854775807&limit=1000')).many).toHaveLength(150);
  });
  it('startTs, endTs: required on the explicit path', async () => {
    for (const half of ['', `&startTs=${start}`, `&endTs=${start}`]) {
      expect((await get(`DEVICE/${id}/values/timeseries/history?keys=many${half}`)).status).toBe(400);
    }
  });
  it('keys/key: no keys is {}', async () => expect(await of(range)).toEqual({}));
  it('limit: 100, per key', async () => {
    expect(times((await of(`keys=many&${range}`)).many)).toEqual(everyNth(149, 100, -1));
    expect(times((await of(`keys=many&${range}&limit=7`)).many)).toEqual(everyNth(149, 7, -1));
    expect(times((await of(`keys=many&${range}&limit=1000`)).many)).toEqual(everyNth(149, 150, -1));
  });
  it.each(['startTs=&endTs=1', 'startTs=1&endTs=', `${range}&limit=`, `${range}&interval=`, 'startTs=x&endTs=1'])(
    'a parameter without its number (%s): 400',
    async (parameters) => {
      const { status, text } = await get(`DEVICE/${id}/values/timeseries?keys=many&${parameters}`);
      expect([status, text]).toEqual([400, expect.stringMatching(/^Validation error: \w+ must be a number$/)]);
    },
  );
  it.each(['0', '-1', 'x', '1.5', '1000001'])('limit %s: 400', async (limit) => {
    expect((await get(`DEVICE/${id}/values/timeseries?keys=many&${range}&limit=${limit}`)).status).toBe(400);
  });
  it.each(['ASC', 'asc'])('orderBy %s: by ts, and limit takes from that end', async (orderBy) => {
    expect(times((await of(`keys=many&${range}&orderBy=${orderBy}&limit=3`)).many)).toEqual([0, 1, 2]);
  });
  it('orderBy: DESC is the default, another value 400', async () => {
    expect(times((await of(`keys=many&${range}&orderBy=DESC&limit=2`)).many)).toEqual([149, 148]);
    expect((await get(`DEVICE/${id}/values/timeseries?keys=many&${range}&orderBy=UP`)).status).toBe(400);
  });
  it('agg: NONE is the default, another value than those of the table 400', async () => {
    expect(await of(`keys=long&${range}&agg=NONE&interval=5`)).toEqual(await of(`keys=long&${range}`));
    expect((await get(`DEVICE/${id}/values/timeseries?keys=long&${range}&agg=MEDIAN&interval=5`)).status).toBe(400);
  });
  it('intervalType: another value than those of the table 400', async () => {
    expect((await get(`DEVICE/${id}/values/timeseries?keys=long&${range}&intervalType=YEAR`)).status).toBe(400);
  });
  it.each(latest)('values of history are strings; %s', async (key, _, __, text) => {
    const body = await of(`key=${encodeURIComponent(key)}&${range}`);
    expect(Object.entries(body)).toEqual([[key, [{ ts: start, value: text }]]]);
  });
  it.each(latest)('useStrictDataTypes: of history too; %s', async (key, _, __, ___, value) => {
    const body = await of(`key=${encodeURIComponent(key)}&${range}&useStrictDataTypes=true`);
    expect(Object.entries(body)).toEqual([[key, [{ ts: start, value }]]]);
  });
  it('result: {"k1":[{"ts":…,"value":…},…]}, keys without any point are omitted, nothing at all is {}', async () => {
    const body = await of(`keys=never,long,neither,double&${range}`);
    expect(wireTimeSeriesSchema.parse(body)).toEqual({ long: [{ ts: start, value: '42' }], double: [{ ts: start, value: '3.0' }] });
    expect(await of(`keys=never&${range}`)).toEqual({});
    expect(await of(`keys=many&startTs=${start + 5}&endTs=${start + 5}`)).toEqual({});
    expect(await of(`keys=many&startTs=${start + 5}&endTs=${start}`)).toEqual({});
  });
  it('more keys, or limit times keys, than one answer takes: 400 that says what to do', async () => {
    const keys = everyNth(0, 1_001, 1).join(',');
    expect(await get(`DEVICE/${id}/values/timeseries?keys=${keys}&${range}`)).toMatchObject({ status: 400, text: /at most 1000 keys/ });
    const many = await get(`DEVICE/${id}/values/timeseries?keys=${everyNth(0, 51, 1).join(',')}&${range}&limit=1000000`);
    expect([many.status, many.headers.get(problemCodeHeader)]).toEqual([400, 'REST_HISTORY_POINTS_TOO_MANY']);
    expect((await get(`DEVICE/${id}/values/timeseries?keys=${everyNth(0, 50, 1).join(',')}&${range}&limit=1000000`)).status).toBe(200);
  });
});

describe('rest-api.md §6.6', () => {
  let view: EntityId;
  beforeAll(async () => {
    const keys = { timeseries: ['many', 'long'], attributes: { cs: [], ss: [], sh: [] } };
    const window = { startTimeMs: start + 10, endTimeMs: start + 20 };
    const body = { name: 'View', type: 'v', entityId: deviceEntity(id), keys, ...window };
    view = (await rest.call('POST', '/api/entityView', { token: rest.admin, body })).body.id;
  });
  const seen = async (query: string) => (await get(`ENTITY_VIEW/${view.id}/values/timeseries?${query}`)).body;

  it('only keys listed in the view are visible', async () => {
    expect((await get(`ENTITY_VIEW/${view.id}/keys/timeseries`)).body).toEqual(['long', 'many']);
    expect(await seen(`keys=double,many&${range}&limit=1`)).toEqual({ many: [{ ts: start + 20, value: '20' }] });
    expect((await seen('keys=double')).double[0].value).toBeNull();
  });
  it('history is clamped to [startTimeMs, endTimeMs]', async () => {
    expect(times((await seen(`keys=many&${range}&orderBy=ASC`)).many)).toEqual(everyNth(10, 11, 1));
    expect(times((await seen(`keys=many&startTs=${start + 15}&endTs=${start + 17}`)).many)).toEqual([16, 15]);
    expect(await seen(`keys=many&startTs=${start + 21}&endTs=${start + 30}`)).toEqual({});
  });
  it('aggregates are those of the clamped range', async () => {
    expect(await seen(`keys=many&${range}&agg=COUNT&interval=1000`)).toEqual({ many: [{ ts: start + 15, value: '11' }] });
    expect(await seen(`keys=many&${range}&agg=MAX&intervalType=MONTH`)).toEqual({ many: [{ ts: start + 15, value: '20' }] });
  });
  it('writing time series to a view: 400', async () => {
    const path = `/api/plugins/telemetry/ENTITY_VIEW/${view.id}/timeseries`;
    const refused = { status: 400, text: "Telemetry data can't be stored for entity view. Read only" };
    expect(await rest.call('POST', `${path}/ANY`, { token: rest.admin, body: { a: 1 } })).toMatchObject(refused);
    expect(await rest.call('DELETE', `${path}/delete?keys=many&deleteAllDataForKeys=true`, { token: rest.admin })).toMatchObject(refused);
  });
  it('attributes are the view’s own copies and can be written independently', async () => {
    const path = `/api/plugins/telemetry/ENTITY_VIEW/${view.id}`;
    await rest.call('POST', `${path}/SERVER_SCOPE`, { token: rest.admin, body: { own: 1 } });
    expect((await get(`ENTITY_VIEW/${view.id}/keys/attributes`)).body).toEqual(['own']);
    expect((await get(`DEVICE/${id}/keys/attributes`)).body).not.toContain('own');
  });
});
