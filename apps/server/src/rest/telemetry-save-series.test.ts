// Goal: the rows of rest-api.md §6.8, and §6.1 (its endpoints). Method: HTTP against a running API over the memory store,
// whose clock the tests move. What each form of a body becomes is in telemetry-save.test.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());
let count = 0;
beforeEach(async () => {
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: `Device ${(count += 1)}` } })).body.id.id;
  rest.told.splice(0);
});

const save = (body: unknown, path = 'timeseries/ANY') =>
  rest.call('POST', `/api/plugins/telemetry/DEVICE/${id}/${path}`, { token: rest.admin, body });
const get = async (query: string) =>
  (await rest.call('GET', `/api/plugins/telemetry/DEVICE/${id}/values/timeseries?${query}`, { token: rest.admin })).body;
const history = (key: string) => get(`keys=${key}&startTs=0&endTs=${Number.MAX_SAFE_INTEGER}&useStrictDataTypes=true`);

describe('rest-api.md §6.1, saving telemetry', () => {
  it.each(['ANY', 'smth', 'x'])('POST timeseries/%s: the last segment is a required but ignored word', async (word) => {
    expect(await save({ a: 1 }, `timeseries/${word}`)).toMatchObject({ status: 200, text: '' });
  });
  it('POST timeseries/{any}/{ttl}: with TTL in seconds', async () => {
    const ts = rest.clock.nowMs();
    expect(await save({ ts, values: { brief: 1, other: 1 } }, 'timeseries/ANY/60')).toMatchObject({ status: 200, text: '' });
    expect(await history('brief')).toEqual({ brief: [{ ts, value: 1 }] });
    rest.passTime(61_000);
    expect(await history('brief')).toEqual({});
  });
  it.each(['soon', '-1', '1.5', '31536000001'])('POST timeseries/{any}/%s: 400', async (ttl) => {
    expect((await save({ a: 1 }, `timeseries/ANY/${ttl}`)).status).toBe(400);
  });
});

describe('rest-api.md §6.8', () => {
  it('ok: 200 empty', async () => expect(await save({ a: 1 })).toMatchObject({ status: 200, text: '' }));
  it.each([
    ['{"a":1}', { a: 1 }],
    ['{"ts":5,"values":{"a":1}}', { a: 1 }],
    ['[{"a":1},{"b":2}]', { a: 1, b: 2 }],
    ['[{"ts":5,"values":{"a":1}},{"ts":6,"values":{"b":"x"}}]', { a: 1, b: 'x' }],
    ['[{"a":1},{"ts":5,"values":{"b":2}}]', { a: 1, b: 2 }],
    ['{"ts":"5","values":{"a":1}}', { a: 1 }],
    ['{"ts":5,"values":{"a":1},"metadata":{"b":2}}', { a: 1 }],
    ['{"ts":5,"a":1}', { ts: 5, a: 1 }],
    ['{"values":{"a":1}}', { values: { a: 1 } }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['[{},{"a":1}]', { a: 1 }],
    ['{"a":"17","b":"17.0","c":"text","d":true,"e":{"f":[1]}}', { a: 17, b: 17, c: 'text', d: true, e: { f: [1] } }],
  ])('body forms as device-api.md §2.1: %s', async (body, expected) => {
    expect((await save(body)).status).toBe(200);
    const latest: Record<string, { value: unknown }[]> = await get('useStrictDataTypes=true');
    expect(Object.fromEntries(Object.entries(latest).map(([key, [point]]) => [key, point?.value]))).toEqual(expected);
  });
  it.each([
    ['not JSON', '{', 'Unable to parse time series payload: Invalid JSON body!'],
    ['wrong structure', '7', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['wrong structure', '[{"a":1},7]', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['wrong structure', '{"ts":1,"values":[1]}', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['wrong structure', '{"ts":"soon","values":{"a":1}}', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['wrong structure', '[[1]]', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['null value', '{"a":null}', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['null value', '[{"b":1},{"ts":1,"values":{"a":null}}]', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['nothing in it', '{}', 'No time series data found in request body!'],
    ['nothing in it', '[]', 'No time series data found in request body!'],
    ['nothing in it', '{"ts":1,"values":{}}', 'No time series data found in request body!'],
    ['blank key', '{" ":1}', 'Key cannot be blank'],
    ['HTML in key', '{"<i>a</i>":1}', /markup/],
    ['HTML in string value', '{"a":"<img src=x onerror=alert(1)>"}', /markup/],
  ])('%s (%s): 400 as plain text, and nothing is stored or told', async (_, body, message) => {
    const answer = await save(body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(answer.text).toMatch(message);
    expect([await get(''), rest.told]).toEqual([{}, []]);
  });
  it('each form has its time: that of the element, else that of the server, the same for every element', async () => {
    const before = rest.clock.nowMs();
    await save('[{"a":1},{"b":2},{"ts":5,"values":{"c":3}},{"ts":"6","values":{"d":4}}]');
    const { a, b, c, d } = await get('keys=a,b,c,d');
    expect([c[0].ts, d[0].ts, b[0].ts]).toEqual([5, 6, a[0].ts]);
    expect(a[0].ts).toBeGreaterThanOrEqual(before);
  });
  it('a key of 255 characters is stored, a longer one is 400', async () => {
    const key = 'k'.repeat(255);
    expect((await save({ [key]: 1 })).status).toBe(200);
    expect(await get(`key=${key}&useStrictDataTypes=true`)).toEqual({ [key]: [{ ts: expect.any(Number), value: 1 }] });
    expect(await save({ [`${key}k`]: 1 })).toMatchObject({ status: 400, text: expect.stringContaining('longer than 255 characters') });
  });
  it('groups with the same ts are merged; TIMESERIES_UPDATED is sent to the rule chain', async () => {
    await save([
      { ts: 2, values: { a: 1 } },
      { ts: 1, values: { a: 2 } },
      { ts: 2, values: { b: 3 } },
    ]);
    const timeseries = [
      { ts: 1, values: { a: 2 } },
      { ts: 2, values: { a: 1, b: 3 } },
    ];
    expect(rest.told).toMatchObject([{ type: 'TIMESERIES_UPDATED', originator: deviceEntity(id), data: { timeseries } }]);
  });
  it('data is stored directly, not through the rule chain', async () => {
    await save({ ts: 7, values: { a: 1 } });
    expect(await history('a')).toEqual({ a: [{ ts: 7, value: 1 }] });
  });
  it('latest value is replaced only if the new ts >= stored ts', async () => {
    const latest = async () => (await get('keys=a&useStrictDataTypes=true')).a;
    await save({ ts: 10, values: { a: 1 } });
    await save({ ts: 9, values: { a: 2 } });
    expect(await latest()).toEqual([{ ts: 10, value: 1 }]);
    await save({ ts: 10, values: { a: 3 } });
    expect(await latest()).toEqual([{ ts: 10, value: 3 }]);
    await save({ ts: 11, values: { a: 4 } });
    expect(await latest()).toEqual([{ ts: 11, value: 4 }]);
    expect((await history('a')).a.map(({ value }: { value: number }) => value)).toEqual([4, 3, 2]);
  });
  it.each(['timeseries/ANY', 'timeseries/ANY/0'])('%s: TTL 0 or absent is the default of the tenant profile; 0 is forever', async (path) => {
    const ts = rest.clock.nowMs();
    await save({ ts, values: { a: 1 } }, path);
    await save({ ts, values: { b: 1 } }, 'timeseries/ANY/600');
    await rest.data.setDefaultTtl(rest.one.tenantId, 60_000);
    expect(Object.keys(await history('a,b'))).toEqual(['a', 'b']);
    rest.passTime(120_000);
    expect(Object.keys(await history('a,b'))).toEqual(['b']);
    await rest.data.setDefaultTtl(rest.one.tenantId, 0);
    expect(await get('keys=a&useStrictDataTypes=true')).toEqual({ a: [{ ts, value: 1 }] });
  });
  it('a value that is too long: 400, which says so, and not "too many requests"', async () => {
    const answer = await save({ a: 'x'.repeat(1_000_001) });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('longer than 1000000 characters')]);
  });
});
