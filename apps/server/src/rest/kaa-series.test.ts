// Goal: clients of Kaa find their time series as kaa.md §5.4 says, and nobody else's. Method: the conformance cases K51 to K59
// of kaa.md §13.4 over HTTP, the same series through the ThingsBoard API, and what is refused.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let [e1, e2, e3] = ['', '', ''];
const at = (second: number): number => Date.UTC(2020, 10, 15, 12, 0, second);

beforeAll(async () => {
  rest = await startRest();
  const profile = async (name: string): Promise<object> => {
    const body = { name, type: 'DEFAULT', transportType: 'DEFAULT' };
    return (await rest.call('POST', '/api/deviceProfile', { token: rest.admin, body })).body.id;
  };
  const device = async (name: string, deviceProfileId: object): Promise<string> =>
    (await rest.call('POST', '/api/device', { token: rest.admin, body: { name, deviceProfileId } })).body.id.id;
  const [v1, v2, car] = [await profile('bsd9-v1'), await profile('bsd9-v2'), await profile('car1-v1')];
  [e1, e2, e3] = [await device('E1', v1), await device('E2', v2), await device('E3', car)];
  await rest.commit((unit, tenantId) => {
    const add = (id: string, key: string, second: number, value: number): void =>
      unit.point(tenantId, deviceEntity(id), key, at(second), ValueKind.long, value, 0);
    for (const second of [1, 2, 3]) add(e1, 'auto~temperature', second, 20 + second);
    add(e2, 'auto~temperature', 2, 30);
    add(e2, 'auto~humidity', 2, 48);
    add(e3, 'auto~temperature', 2, 99);
  });
});
afterAll(() => rest.close());

const epts = (path: string, token = rest.admin) => rest.call('GET', `/epts/api/v1${path}`, { headers: { authorization: `bearer ${token}` } });
const data = '/applications/bsd9/time-series/data?timeSeriesName=auto~temperature';
type Element = Readonly<Record<string, Readonly<Record<string, readonly { timestamp: string; values: { value: number } }[]>>>>;
const valuesOf = (body: readonly Element[], id: string, series = 'auto~temperature') =>
  body.flatMap((element) => element[id]?.[series] ?? []).map(({ values }) => values.value);
const publish = (av: string, body: unknown, token = rest.admin) =>
  rest.call('PUT', `/epts/api/v1/app-versions/${av}/time-series/data`, { token, body });

describe('EPTS', () => {
  it('K51: tells the time series of an application', async () => {
    const { status, body } = await epts('/time-series/config?applicationNames=bsd9');
    expect([status, Object.keys(body)]).toEqual([200, ['bsd9']]);
    expect(body.bsd9).toEqual([
      { name: 'auto~humidity', values: ['value'] },
      { name: 'auto~temperature', values: ['value'] },
    ]);
    expect(Object.keys((await epts('/time-series/config')).body).sort()).toEqual(['bsd9', 'car1', 'default']);
  });

  it('K52: tells the last point of each endpoint of the application', async () => {
    expect((await epts('/applications/bsd9/time-series/last?timeSeriesName=auto~temperature')).body).toEqual({
      [e1]: { 'auto~temperature': [{ timestamp: '2020-11-15T12:00:03.000Z', values: { value: 23 } }] },
      [e2]: { 'auto~temperature': [{ timestamp: '2020-11-15T12:00:02.000Z', values: { value: 30 } }] },
    });
  });

  it('K53: of several series and one endpoint', async () => {
    const { body } = await epts(`/applications/bsd9/time-series/last?timeSeriesName=auto~temperature,%20auto~humidity&endpointId=${e2}`);
    expect(Object.keys(body)).toEqual([e2]);
    expect(Object.keys(body[e2]).sort()).toEqual(['auto~humidity', 'auto~temperature']);
  });

  it('K54: before a time', async () => {
    const { body } = await epts(
      `/applications/bsd9/time-series/last?timeSeriesName=auto~temperature&beforeDate=2020-11-15T12:00:03Z&endpointId=${e1}`,
    );
    expect(body[e1]['auto~temperature'][0].values).toEqual({ value: 22 });
    expect((await epts(`/applications/bsd9/time-series/last?beforeDate=2020-11-15T12:00:01Z`)).body).toEqual({});
  });

  it('K55: tells the points of a time', async () => {
    const { status, body, headers } = await epts(`${data}&fromDate=2020-11-15T12:00:00Z&toDate=2020-11-15T12:00:10Z`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect([valuesOf(body, e1), valuesOf(body, e2), valuesOf(body, e3)]).toEqual([[21, 22, 23], [30], []]);
    expect((await epts(`${data}&fromDate=2021-01-01T00:00:00Z&toDate=2021-01-02T00:00:00Z`)).body).toEqual([]);
  });

  it('K56: of one endpoint, the newest first', async () => {
    const { body } = await epts(`${data}&fromDate=2020-11-15T12:00:00Z&toDate=2020-11-15T12:00:10Z&endpointId=${e1}&sort=DESC`);
    expect([valuesOf(body, e1), valuesOf(body, e2)]).toEqual([[23, 22, 21], []]);
  });

  it.each([
    ['both', [21, 22, 23]],
    ['from', [21, 22]],
    ['to', [22, 23]],
    ['none', [22]],
  ])('K57: includeTime %s gives %j', async (includeTime, expected) => {
    const bounds = 'fromDate=2020-11-15T12:00:01Z&toDate=2020-11-15T14:00:03%2B02:00';
    expect(valuesOf((await epts(`${data}&${bounds}&endpointId=${e1}&includeTime=${includeTime}`)).body, e1)).toEqual(expected);
  });

  it('K58: publishes points of series that nobody configured, null included', async () => {
    const values = { t: 1.5, note: 'ok', rain: null };
    const published = await publish('bsd9-v1', { [e1]: { weather: [{ timestamp: '2020-11-15T12:00:01.123Z', values }] } });
    expect([published.status, published.text]).toEqual([200, '']);
    const { body } = await epts('/applications/bsd9/time-series/last?timeSeriesName=weather');
    expect(body).toEqual({ [e1]: { weather: [{ timestamp: '2020-11-15T12:00:01.123Z', values }] } });
  });

  it('K59: refuses who is not signed in, and what is not there', async () => {
    const path = '/applications/bsd9/time-series/last?timeSeriesName=auto~temperature';
    expect((await rest.call('GET', `/epts/api/v1${path}`)).status).toBe(401);
    const unknown = await epts('/applications/nosuch/time-series/last?timeSeriesName=auto~temperature');
    expect([unknown.status, Object.keys(unknown.body), unknown.headers.get('x-content-type-options')]).toEqual([404, ['message'], 'nosniff']);
    expect(Object.keys((await epts('/applications/bsd9/time-series/last')).body)).toContain(e2);
    for (const wrong of ['/applications/bsd9/time-series/data?timeSeriesName=t', `${data}&fromDate=noon&toDate=now`]) {
      const { status, body } = await epts(wrong);
      expect([status, Object.keys(body)]).toEqual([400, ['message']]);
    }
  });

  it('tells times also by how long ago they are', async () => {
    const recent = { timestamp: new Date(Date.now() - 3_600_000).toISOString(), values: { value: 1 } };
    const old = { timestamp: new Date(Date.now() - 30 * 86_400_000).toISOString(), values: { value: 2 } };
    await publish('bsd9-v2', { [e2]: { relative: [recent, old] } });
    const within = async (fromDate: string, toDate: string) =>
      valuesOf(
        (await epts(`/applications/bsd9/time-series/data?timeSeriesName=relative&fromDate=${fromDate}&toDate=${toDate}`)).body,
        e2,
        'relative',
      );
    expect([await within('now-7d', 'now'), await within('now-7200s', 'now-59m')]).toEqual([[1], [1]]);
    expect([await within('now-5w', 'now-59m'), await within('2020-01-01T00:00:00Z', 'now-2h'), await within('now', 'now-7d')]).toEqual([
      [2, 1],
      [2],
      [],
    ]);
    const before = async (beforeDate: string) =>
      (await epts(`/applications/bsd9/time-series/last?timeSeriesName=relative&beforeDate=${beforeDate}`)).body[e2].relative[0].values.value;
    expect([await before('now'), await before('now-7d')]).toEqual([1, 2]);
    const body = { timeSeriesNames: ['relative'], beforeDate: 'now-1d' };
    const paged = await rest.call('POST', '/epts/api/v1/applications/bsd9/time-series/last', { token: rest.admin, body });
    expect(paged.body[e2].relative[0].values).toEqual({ value: 2 });
  });

  it.each(['now-7', 'now-1000000d', 'now-1M', 'now+1d', '-7d', 'NOW', 'now-7d/d', ' now'])('refuses %s as a time', async (fromDate) => {
    const { status, body } = await epts(`${data}&fromDate=${encodeURIComponent(fromDate)}&toDate=now`);
    expect([status, body.message]).toEqual([400, expect.stringContaining('fromDate must be a time in ISO 8601')]);
  });

  it('takes a filter without a name for none, but not where a name must be', async () => {
    const { body } = await epts('/applications/bsd9/time-series/last?timeSeriesName=&endpointId=,');
    expect(Object.keys(body)).toEqual([e1, e2]);
    const bounds = 'fromDate=2020-11-15T12:00:00Z&toDate=2020-11-15T12:00:10Z';
    expect((await epts(`/applications/bsd9/time-series/data?timeSeriesName=,&${bounds}`)).status).toBe(400);
    const several = await epts(`${data}&${bounds}&endpointId=${e1}&endpointId=${e2}&endpointId=nobody`);
    expect([valuesOf(several.body, e1), valuesOf(several.body, e2)]).toEqual([[21, 22, 23], [30]]);
  });

  it.each([
    ['a bound that is none', 'includeTime=some'],
    ['an order that is none', 'sort=UP'],
    ['a time twice', 'fromDate=now'],
    ['more endpoints than one request may name', `endpointId=${'x,'.repeat(1_001)}y`],
  ])('refuses %s with a message', async (_name, wrong) => {
    const { status, body } = await epts(`${data}&fromDate=now-1d&toDate=now&${wrong}`);
    expect([status, Object.keys(body)]).toEqual([400, ['message']]);
  });

  it('pages over endpoints where it is asked by a body', async () => {
    const ask = async (body: object) =>
      (await rest.call('POST', '/epts/api/v1/applications/bsd9/time-series/last', { token: rest.admin, body })).body;
    const timeSeriesNames = ['auto~temperature'];
    expect(Object.keys(await ask({ timeSeriesNames, offset: 1, limit: 1 }))).toEqual([e2]);
    expect(Object.keys(await ask({ timeSeriesNames, endpointIDs: [e1, e3] }))).toEqual([e1]);
    expect(Object.keys(await ask({}))).toEqual([e1, e2]);
  });
});

describe('a series of several values', () => {
  const location = [
    { timestamp: '2021-01-01T00:00:00Z', values: { latitude: 1.5, longitude: 2.5 } },
    { timestamp: '2021-01-01T00:00:01Z', values: { longitude: 3.5 } },
    { timestamp: '2021-01-01T00:00:02Z', values: { latitude: 4.5 } },
  ];

  it('is one point for each time, and a telemetry key for each value', async () => {
    await publish('bsd9-v1', { [e1]: { location } });
    const query = `timeSeriesName=location&fromDate=2021-01-01T00:00:00Z&toDate=2021-01-02T00:00:00Z&includeTime=both`;
    const { body } = await epts(`/applications/bsd9/time-series/data?${query}`);
    expect(body[0][e1].location.map(({ values }: { values: object }) => values)).toEqual(location.map(({ values }) => values));
    const { body: last } = await epts('/applications/bsd9/time-series/last?timeSeriesName=location');
    expect(last[e1].location[0].values).toEqual({ latitude: 4.5 });
    const keys = 'keys=location.latitude,location.longitude&useStrictDataTypes=true';
    const values = (await rest.call('GET', `/api/plugins/telemetry/DEVICE/${e1}/values/timeseries?${keys}`, { token: rest.admin })).body;
    expect(values).toMatchObject({ 'location.latitude': [{ value: 4.5 }], 'location.longitude': [{ value: 3.5 }] });
  });

  it('keeps numbers numbers, however large they are', async () => {
    const values = { value: 1e20, largest: 1.7976931348623157e308, small: -5e-324, exact: 9_007_199_254_740_991, long: 1e18 };
    await publish('bsd9-v1', { [e1]: { size: [{ timestamp: '2021-01-01T00:00:00Z', values }] } });
    const { body: last } = await epts(`/applications/bsd9/time-series/last?timeSeriesName=size`);
    expect(last[e1].size[0].values).toEqual(values);
  });

  it('may be written by the ThingsBoard API', async () => {
    const body = { ts: Date.UTC(2022, 0, 1), values: { 'wind.speed': 7, 'wind.from': 'NW', gusts: true, '__proto__.x': 1 } };
    await rest.call('POST', `/api/plugins/telemetry/DEVICE/${e2}/timeseries/ANY`, { token: rest.admin, body });
    const { body: last } = await epts(`/applications/bsd9/time-series/last?timeSeriesName=wind&timeSeriesName=gusts&endpointId=${e2}`);
    expect(last[e2]).toMatchObject({ wind: [{ values: { speed: 7, from: 'NW' } }], gusts: [{ values: { value: true } }] });
  });
});

describe('refused is', () => {
  const point = { timestamp: '2021-01-01T00:00:00Z', values: { value: 1 } };

  const longText = 'x'.repeat(1_000_001);

  it.each([
    ['an unknown version', () => publish('bsd9', { [e1]: { t: [point] } }), 404],
    ['an endpoint of another application', () => publish('bsd9-v1', { [e1]: { t: [point] }, [e3]: { t: [point] } }), 404],
    ['a value without a name of its own', () => publish('bsd9-v1', { [e1]: { 'a.b': [{ ...point, values: { c: 1 } }] } }), 400],
    ['a reserved name', () => publish('bsd9-v1', { [e1]: { a: [{ ...point, values: { time: 1 } }] } }), 400],
    ['an object as value', () => publish('bsd9-v1', { [e1]: { a: [{ ...point, values: { value: {} } }] } }), 400],
    [
      'a key that telemetry has not, of the second endpoint',
      () => publish('bsd9-v1', { [e1]: { t: [point] }, [e2]: { ['k'.repeat(256)]: [point] } }),
      400,
    ],
    ['a blank series', () => publish('bsd9-v1', { [e1]: { t: [point] }, [e2]: { ' ': [point] } }), 400],
    ['a text that is too long', () => publish('bsd9-v1', { [e1]: { t: [point] }, [e2]: { long: [{ ...point, values: { value: longText } }] } }), 400],
    ['a time that is none', () => publish('bsd9-v1', { [e1]: { a: [{ ...point, timestamp: 'now' }] } }), 400],
  ])('%s, with nothing stored', async (_name, send, expected) => {
    const { status, body } = await send();
    expect([status, Object.keys(body)]).toEqual([expected, ['message']]);
    expect(await rest.data.keys(rest.one.tenantId, deviceEntity(e1))).not.toContain('t');
  });

  const manyValues = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`v${n}`, n]));
  const manyPoints = Array.from({ length: 100 }, (_, second) => ({ timestamp: new Date(at(second)).toISOString(), values: manyValues }));
  it.each([
    ['no JSON', () => '{', 400],
    ['nested too deep', () => `${'['.repeat(300)}${']'.repeat(300)}`, 400],
    ['too long', () => ({ long: 'x'.repeat(16_777_216) }), 413],
    ['of more values than one request may publish', () => ({ [e1]: { many: manyPoints } }), 400],
    ['of more endpoints than one request may name', () => Object.fromEntries(Object.keys(manyValues).map((name) => [name, {}])), 400],
  ])('a body %s, with a message', async (_name, body, expected) => {
    const answer = await publish('bsd9-v1', body());
    expect([answer.status, Object.keys(answer.body)]).toEqual([expected, ['message']]);
  });

  it('everything to other tenants and to customers without a device of the application', async () => {
    for (const token of [rest.stranger, rest.customer, rest.system]) {
      expect((await epts('/applications/bsd9/time-series/last', token)).status).toBe(404);
      expect((await epts(`${data}&fromDate=2020-01-01T00:00:00Z&toDate=2021-01-01T00:00:00Z`, token)).status).toBe(404);
      expect((await publish('bsd9-v1', { [e1]: { t: [point] } }, token)).status).toBe(404);
      expect((await epts('/time-series/config?applicationNames=bsd9', token)).body).toEqual({});
    }
  });

  it('endpoints of others to a customer, who sees its own', async () => {
    const customerId = '00000000-0000-7000-8000-00000000c0c0';
    const [device] = await rest.entities.findAll('device', rest.one.tenantId, { name: 'E2' }, 1);
    await rest.entities.write([{ change: 'update', kind: 'device', entity: { ...device!, customerId } }]);
    const { body } = await epts('/applications/bsd9/time-series/last?timeSeriesName=auto~temperature', rest.customer);
    expect(Object.keys(body)).toEqual([e2]);
    const found = await epts(`${data}&fromDate=2020-01-01T00:00:00Z&toDate=2021-01-01T00:00:00Z&endpointId=${e1},${e2}`, rest.customer);
    expect([valuesOf(found.body, e1), valuesOf(found.body, e2)]).toEqual([[], [30]]);
    expect(Object.keys((await epts('/time-series/config', rest.customer)).body)).toEqual(['bsd9']);
    expect((await publish('bsd9-v1', { [e1]: { t: [point] } }, rest.customer)).status).toBe(404);
    expect((await publish('bsd9-v1', { [e2]: { own: [point] } }, rest.customer)).status).toBe(200);
  });

  it('a path that is not there, as JSON', async () => {
    const { status, headers } = await epts('/nosuch');
    expect([status, headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
  });
});
