import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
let base: string;
const start = 1_700_000_000_000;

beforeAll(async () => {
  rest = await startRest();
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id.id;
  base = `/api/plugins/telemetry/DEVICE/${id}`;
  const entity = deviceEntity(id);
  await rest.commit((unit, tenantId) => {
    unit.point(tenantId, entity, 't', start, ValueKind.long, 1, 0);
    unit.point(tenantId, entity, 't', start + 1_000, ValueKind.long, 3, 0);
    unit.point(tenantId, entity, 't', start + 5_000, ValueKind.long, 10, 0);
    unit.point(tenantId, entity, 'd', start, ValueKind.double, 3, 0);
    unit.point(tenantId, entity, 'big', start, ValueKind.long, 9_007_199_254_740_993n, 0);
    unit.point(tenantId, entity, 'j', start, ValueKind.json, '{"a":[1,2]}', 0);
    unit.point(tenantId, entity, 'a,b', start, ValueKind.boolean, true, 0);
    const at = { tenantId, entity, lastUpdateMs: start };
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'active', kind: ValueKind.boolean, value: true });
    unit.attribute({ ...at, scope: 'CLIENT_SCOPE', key: 'config', kind: ValueKind.json, value: '{"a":1}' });
    unit.attribute({ ...at, scope: 'SHARED_SCOPE', key: 'config', kind: ValueKind.string, value: 'x' });
  });
});
afterAll(() => rest.close());
const get = (path: string, token = rest.admin) => rest.call('GET', `${base}/${path}`, { token });

describe('time series', () => {
  it('have keys and latest values, as text or typed', async () => {
    expect((await get('keys/timeseries')).body).toEqual(['a,b', 'big', 'd', 'j', 't']);
    const latest = (await get('values/timeseries')).body;
    expect(latest).toEqual({
      'a,b': [{ ts: start, value: 'true' }],
      big: [{ ts: start, value: '9007199254740993' }],
      d: [{ ts: start, value: '3.0' }],
      j: [{ ts: start, value: '{"a":[1,2]}' }],
      t: [{ ts: start + 5_000, value: '10' }],
    });
    const strict = await get('values/timeseries?keys=t,j,big&useStrictDataTypes=true');
    expect(strict.text).toContain('9007199254740993');
    expect(strict.body).toMatchObject({ t: [{ ts: start + 5_000, value: 10 }], j: [{ ts: start, value: { a: [1, 2] } }] });
    const before = Date.now();
    const { missing } = (await get('values/timeseries?keys=missing')).body;
    expect(missing).toEqual([{ ts: expect.any(Number), value: null }]);
    expect(missing[0].ts).toBeGreaterThanOrEqual(before);
    expect((await get('values/timeseries?key=a,b&keys=t')).body).toEqual({ 'a,b': [{ ts: start, value: 'true' }] });
  });

  it('have a history in either order, cut by limit and range', async () => {
    const history = async (query: string, path = 'values/timeseries') => (await get(`${path}?startTs=${start}&endTs=${start + 5_000}&${query}`)).body;
    expect(await history('keys=t')).toEqual({
      t: [
        { ts: start + 1_000, value: '3' },
        { ts: start, value: '1' },
      ],
    });
    expect(await history('keys=t&orderBy=ASC&limit=1')).toEqual({ t: [{ ts: start, value: '1' }] });
    expect(await history('keys=t,none', 'values/timeseries/history')).toEqual({
      t: [
        { ts: start + 1_000, value: '3' },
        { ts: start, value: '1' },
      ],
    });
    expect(await history('')).toEqual({});
  });

  it('are aggregated in intervals from the start', async () => {
    const aggregate = async (query: string) => (await get(`values/timeseries?keys=t&startTs=${start}&endTs=${start + 10_000}&${query}`)).body;
    expect(await aggregate('interval=4000&agg=AVG')).toEqual({
      t: [
        { ts: start + 2_000, value: '2.0' },
        { ts: start + 6_000, value: '10.0' },
      ],
    });
    expect(await aggregate('interval=4000&agg=sum&useStrictDataTypes=true')).toEqual({
      t: [
        { ts: start + 2_000, value: 4 },
        { ts: start + 6_000, value: 10 },
      ],
    });
    const week = await aggregate('intervalType=WEEK_ISO&timeZone=Europe%2FKyiv&agg=COUNT');
    expect(week).toEqual({ t: [{ ts: start + 5_000, value: '3' }] });
    expect((await aggregate('interval=0&agg=AVG')).t).toHaveLength(3);
  });

  it.each([
    [`values/timeseries?keys=t&startTs=0&endTs=${start}&agg=AVG&interval=1000`, 'Incorrect TsKvQuery. Number of intervals is to high - 1700000000.'],
    ['values/timeseries?keys=t&startTs=0&endTs=1000&agg=AVG&interval=-1', 'Incorrect TsKvQuery. Aggregation interval can not be less than 1.'],
    ['values/timeseries?keys=t&startTs=0&endTs=1&agg=AVG&intervalType=WEEK&timeZone=Mars', 'There is no time zone Mars.'],
    ['values/timeseries/history?keys=t', 'The history needs both startTs and endTs.'],
    ['values/attributes/WRONG_SCOPE', /^Validation error: scope /],
    ['values/timeseries?keys=t&startTs=0&endTs=1&agg=MEDIAN', /^Validation error: agg /],
    ['values/timeseries?keys=t&startTs=a&endTs=1', 'Validation error: startTs must be a number'],
    ['values/timeseries?keys=t&startTs=0&endTs=1&limit=1000001', 'Validation error: limit must be at most 1000000'],
    ['values/timeseries?keys=t&startTs=0&endTs=1&limit=0', 'Validation error: limit must be greater than zero'],
  ])('refuse %s with a plain text', async (path, message) => {
    const { status, text, headers } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(text).toMatch(message);
  });
});

describe('attributes', () => {
  it('are read by scope or over all scopes', async () => {
    expect((await get('keys/attributes')).body.sort()).toEqual(['active', 'config', 'config']);
    expect((await get('keys/attributes/SERVER_SCOPE')).body).toEqual(['active']);
    expect((await get('values/attributes/CLIENT_SCOPE')).body).toEqual([{ lastUpdateTs: start, key: 'config', value: { a: 1 } }]);
    expect((await get('values/attributes?keys=config')).body.map(({ value }: { value: unknown }) => value)).toEqual([{ a: 1 }, 'x']);
    expect((await get('values/attributes/SERVER_SCOPE?keys=none')).body).toEqual([]);
    expect((await rest.call('GET', `/api/device/info/${id}`, { token: rest.admin })).body.active).toBe(true);
  });
});

describe('telemetry of an entity', () => {
  it('is refused to those whom it does not concern, with a plain text', async () => {
    for (const path of [
      'keys/attributes',
      'values/attributes',
      'keys/timeseries',
      'values/timeseries',
      'values/timeseries?startTs=0&endTs=1&keys=t',
    ]) {
      expect(await get(path, rest.stranger)).toMatchObject({ status: 404, text: "Device with requested id wasn't found!" });
      expect(await get(path, rest.customer)).toMatchObject({ status: 403, text: "You don't have permission to perform this operation!" });
      expect((await get(path, rest.system)).status).toBe(403);
    }
  });

  it('is found by an entity type in any case, and may be the tenant itself', async () => {
    expect((await rest.call('GET', `/api/plugins/telemetry/device/${id}/keys/timeseries`, { token: rest.admin })).status).toBe(200);
    const tenant = `/api/plugins/telemetry/TENANT/${rest.one.tenantId}/keys/timeseries`;
    expect(await rest.call('GET', tenant, { token: rest.admin })).toMatchObject({ status: 200, body: [] });
    expect(await rest.call('GET', tenant, { token: rest.system })).toMatchObject({ status: 200, body: [] });
    expect((await rest.call('GET', tenant, { token: rest.stranger })).status).toBe(404);
    expect((await rest.call('GET', '/api/plugins/telemetry/NONSENSE/x/keys/timeseries', { token: rest.admin })).status).toBe(400);
    const absent = '/00000000-0000-7000-8000-00000000ffff/keys/timeseries';
    expect(await rest.call('GET', `/api/plugins/telemetry/ENTITY_VIEW${absent}`, { token: rest.admin })).toMatchObject({
      status: 404,
      text: "Entity-view with requested id wasn't found!",
    });
  });
});
