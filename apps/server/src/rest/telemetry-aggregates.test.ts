// Goal: the rows of rest-api.md §6.5. Method: HTTP against a running API over the memory store.
import { type StoredValue, ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
const { boolean, long, double, string, json } = ValueKind;
const HOUR_MS = 3_600_000;

/** Points by key: time, kind, value. */
const given: Readonly<Record<string, readonly (readonly [number, ValueKind, StoredValue])[]>> = {
  example: [
    [0, long, 1],
    [1_000, long, 3],
    [5_000, long, 10],
  ],
  longs: [
    [0, long, 1],
    [1, long, 4],
    [2, long, -2],
  ],
  doubles: [
    [0, double, 1.5],
    [1, double, 2.5],
  ],
  both: [
    [0, long, 1],
    [1, double, 4],
  ],
  strings: [
    [0, string, 'b'],
    [1, string, 'a'],
    [2, string, 'c'],
  ],
  mixed: [
    [0, string, 'b'],
    [1, long, 7],
    [2, boolean, true],
    [3, json, '{}'],
    [4, long, 9],
  ],
  'strings first': [
    [0, string, 'b'],
    [1, json, '{}'],
    [2, long, 9],
    [3, long, 9],
  ],
  'json first': [
    [0, json, '{}'],
    [1, long, 9],
    [2, double, 9],
  ],
  booleans: [
    [0, boolean, true],
    [1, boolean, false],
  ],
  json: [
    [0, json, '{}'],
    [1, json, '[1]'],
  ],
};

beforeAll(async () => {
  rest = await startRest();
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id.id;
  await rest.commit((unit, tenantId) => {
    for (const [key, points] of Object.entries(given)) {
      for (const [tsMs, kind, value] of points) unit.point(tenantId, deviceEntity(id), key, tsMs, kind, value, 0);
    }
  });
});
afterAll(() => rest.close());

const get = (query: string) => rest.call('GET', `/api/plugins/telemetry/DEVICE/${id}/values/timeseries?${query}`, { token: rest.admin });
const of = async (query: string) => (await get(query)).body;
const tenSeconds = 'keys=example&startTs=0&endTs=10000';

describe('rest-api.md §6.5, partitions', () => {
  it('the example', async () => {
    expect(await of(`${tenSeconds}&interval=4000&agg=AVG`)).toEqual({
      example: [
        { ts: 2_000, value: '2.0' },
        { ts: 6_000, value: '10.0' },
      ],
    });
  });
  it('1: agg with interval 0 and MILLISECONDS behaves as NONE', async () => {
    expect(await of(`${tenSeconds}&interval=0&agg=AVG`)).toEqual(await of(tenSeconds));
    expect(await of(`${tenSeconds}&agg=SUM`)).toEqual(await of(tenSeconds));
  });
  it('2: start at startTs, not aligned to the epoch; the last is shortened to endTs', async () => {
    expect(await of('keys=example&startTs=500&endTs=5500&interval=2000&agg=COUNT')).toEqual({
      example: [
        { ts: 1_500, value: '1' },
        { ts: 5_000, value: '1' },
      ],
    });
  });
  it('2: half-open', async () => {
    expect((await of('keys=example&startTs=0&endTs=5000&interval=1000&agg=COUNT')).example).toEqual([
      { ts: 500, value: '1' },
      { ts: 1_500, value: '1' },
    ]);
  });
  it.each([
    ['endTs = startTs', 'startTs=1000&endTs=1000'],
    ['endTs < startTs', 'startTs=1000&endTs=900'],
  ])('2: %s: one partition [startTs, startTs+1)', async (_, range) => {
    expect(await of(`keys=example&${range}&interval=1000&agg=SUM`)).toEqual({ example: [{ ts: 1_000, value: '3' }] });
  });
  it('3: point timestamp = s + (e - s)/2, integer division', async () => {
    expect((await of('keys=example&startTs=1&endTs=6000&interval=4000&agg=MAX')).example).toEqual([
      { ts: 2_001, value: '3' },
      { ts: 5_000, value: '10' },
    ]);
  });
  it('4: partitions without data produce no point, also for COUNT', async () => {
    expect((await of(`${tenSeconds}&interval=1000&agg=COUNT`)).example.map(({ ts }: { ts: number }) => ts)).toEqual([500, 1_500, 5_500]);
    expect(await of('keys=example&startTs=20000&endTs=30000&interval=1000&agg=COUNT')).toEqual({});
  });
  it('5: ascending time order, limit and orderBy are ignored', async () => {
    const all = await of(`${tenSeconds}&interval=1000&agg=AVG`);
    expect(await of(`${tenSeconds}&interval=1000&agg=AVG&limit=1&orderBy=DESC`)).toEqual(all);
    expect(all.example).toHaveLength(3);
  });
  it.each(['NONE', 'MIN', 'MAX', 'AVG', 'SUM', 'COUNT'])('agg %s, in any case', async (agg) => {
    const asked = `${tenSeconds}&interval=10000&agg=`;
    const { example } = await of(`${asked}${agg}`);
    expect(example).toHaveLength(agg === 'NONE' ? 3 : 1);
    expect(await of(`${asked}${agg.toLowerCase()}`)).toEqual({ example });
  });
  it('useStrictDataTypes: of aggregates too', async () => {
    expect(await of(`${tenSeconds}&interval=10000&agg=SUM&useStrictDataTypes=true`)).toEqual({ example: [{ ts: 5_000, value: 14 }] });
  });
});

describe('rest-api.md §6.5, functions', () => {
  it.each([
    ['AVG of longs only is a double', 'longs', 'AVG', '1.0'],
    ['AVG of doubles', 'doubles', 'AVG', '2.0'],
    ['AVG of both is a double over all numbers', 'both', 'AVG', '2.5'],
    ['AVG of strings only is 0.0', 'strings', 'AVG', '0.0'],
    ['AVG of booleans only is 0.0', 'booleans', 'AVG', '0.0'],
    ['AVG of JSON only is 0.0', 'json', 'AVG', '0.0'],
    ['SUM of longs only is a long', 'longs', 'SUM', '3'],
    ['SUM of doubles is a double', 'doubles', 'SUM', '4.0'],
    ['SUM of both is a double', 'both', 'SUM', '5.0'],
    ['SUM of strings only is 0', 'strings', 'SUM', '0'],
    ['SUM of booleans only is 0', 'booleans', 'SUM', '0'],
    ['SUM of JSON only is 0', 'json', 'SUM', '0'],
    ['MIN of longs only is a long', 'longs', 'MIN', '-2'],
    ['MAX of longs only is a long', 'longs', 'MAX', '4'],
    ['MIN of doubles is a double', 'doubles', 'MIN', '1.5'],
    ['MAX of doubles is a double', 'doubles', 'MAX', '2.5'],
    ['MAX of both is a double', 'both', 'MAX', '4.0'],
    ['MIN of both is a double', 'both', 'MIN', '1.0'],
    ['MIN of strings: lexicographic', 'strings', 'MIN', 'a'],
    ['MAX of strings: lexicographic', 'strings', 'MAX', 'c'],
    ['MAX: if numbers exist in the partition they win', 'mixed', 'MAX', '9'],
    ['MIN: if numbers exist in the partition they win', 'mixed', 'MIN', '7'],
    ['COUNT of longs is a long', 'longs', 'COUNT', '3'],
    ['COUNT of doubles is a long', 'doubles', 'COUNT', '2'],
    ['COUNT of both is the total', 'both', 'COUNT', '2'],
    ['COUNT counts booleans if any are present', 'mixed', 'COUNT', '1'],
    ['COUNT counts booleans', 'booleans', 'COUNT', '2'],
    ['COUNT counts JSON', 'json', 'COUNT', '2'],
    ['COUNT, else strings', 'strings first', 'COUNT', '1'],
    ['COUNT, else JSON', 'json first', 'COUNT', '1'],
  ])('%s', async (_, key, agg, value) => {
    expect(await of(`key=${key}&startTs=0&endTs=1000&interval=1000&agg=${agg}`)).toEqual({ [key]: [{ ts: 500, value }] });
  });
  it.each(['MIN', 'MAX'])('%s of booleans or JSON only has no value, so no point', async (agg) => {
    expect(await of(`keys=booleans,json&startTs=0&endTs=1000&interval=1000&agg=${agg}`)).toEqual({});
  });
  it('several keys are answered in their order, those without points left out', async () => {
    const body = await of('keys=never,longs,doubles,neither,both,strings,booleans&startTs=0&endTs=10&interval=10&agg=COUNT');
    expect(Object.keys(body)).toEqual(['longs', 'doubles', 'both', 'strings', 'booleans']);
  });
});

describe('rest-api.md §6.5, calendar types', () => {
  // Kyiv is two hours before UTC in winter and three in summer; the clocks change on 29 March 2026 at 01:00 UTC.
  const kyiv = (year: number, month: number, day: number, isSummer = false) => Date.UTC(year, month - 1, day) - (isSummer ? 3 : 2) * HOUR_MS;
  const days: readonly number[] = [kyiv(2026, 3, 15), kyiv(2026, 3, 16), kyiv(2026, 3, 30, true), kyiv(2026, 4, 1, true), kyiv(2026, 7, 1, true)];
  const [from, to] = [kyiv(2026, 3, 14), kyiv(2026, 7, 10, true)];
  beforeAll(() =>
    rest.commit((unit, tenantId) => {
      for (const tsMs of days) {
        unit.point(tenantId, deviceEntity(id), 'before', tsMs - 1, long, 1, 0);
        unit.point(tenantId, deviceEntity(id), 'at', tsMs, long, 1, 0);
      }
    }),
  );
  const middle = (startMs: number, endMs: number) => startMs + Math.floor((endMs - startMs) / 2);
  const buckets = async (key: string, intervalType: string, timeZone = 'Europe/Kyiv') => {
    const body = await of(`keys=${key}&startTs=${from}&endTs=${to}&agg=COUNT&intervalType=${intervalType}&timeZone=${encodeURIComponent(timeZone)}`);
    return body[key].map(({ ts, value }: { ts: number; value: string }) => [ts, Number(value)]);
  };

  it('WEEK starts Sunday', async () => {
    const sundays = [15, 22, 29].map((day) => kyiv(2026, 3, day));
    expect((await buckets('at', 'WEEK')).slice(0, 2)).toEqual([
      [middle(sundays[0] ?? 0, sundays[1] ?? 0), 2],
      [middle(sundays[2] ?? 0, kyiv(2026, 4, 5, true)), 2],
    ]);
    expect((await buckets('before', 'WEEK'))[0]).toEqual([middle(from, sundays[0] ?? 0), 1]);
  });
  it('WEEK_ISO starts Monday', async () => {
    expect((await buckets('at', 'WEEK_ISO')).slice(0, 2)).toEqual([
      [middle(from, kyiv(2026, 3, 16)), 1],
      [middle(kyiv(2026, 3, 16), kyiv(2026, 3, 23)), 1],
    ]);
  });
  it('MONTH: the first partition runs to the next boundary in timeZone, then full ones, the last clipped to endTs', async () => {
    expect(await buckets('at', 'MONTH')).toEqual([
      [middle(from, kyiv(2026, 4, 1, true)), 3],
      [middle(kyiv(2026, 4, 1, true), kyiv(2026, 5, 1, true)), 1],
      [middle(kyiv(2026, 7, 1, true), to), 1],
    ]);
    expect((await buckets('before', 'MONTH')).map(([, count]: [number, number]) => count)).toEqual([4, 1]);
  });
  it('QUARTER', async () => {
    expect(await buckets('at', 'QUARTER')).toEqual([
      [middle(from, kyiv(2026, 4, 1, true)), 3],
      [middle(kyiv(2026, 4, 1, true), kyiv(2026, 7, 1, true)), 1],
      [middle(kyiv(2026, 7, 1, true), to), 1],
    ]);
  });
  it('timeZone: UTC is the default, and moves the boundaries', async () => {
    const body = await of(`keys=at&startTs=${from}&endTs=${to}&agg=COUNT&intervalType=MONTH`);
    expect(body.at.map(({ value }: { value: string }) => value)).toEqual(['4', '1']);
    expect((await buckets('at', 'MONTH', 'UTC')).map(([, count]: [number, number]) => count)).toEqual([4, 1]);
  });
  it('interval is not looked at', async () => {
    const query = `keys=at&startTs=${from}&endTs=${to}&agg=COUNT&intervalType=MONTH&timeZone=Europe/Kyiv`;
    expect(await of(`${query}&interval=-5`)).toEqual(await of(query));
  });
  it('a time zone that there is not: 400', async () => {
    expect((await get(`keys=at&startTs=${from}&endTs=${to}&agg=COUNT&intervalType=MONTH&timeZone=Europe/Nowhere`)).status).toBe(400);
  });
});

describe('rest-api.md §6.5, validation', () => {
  const tooMany = (count: number) => `Incorrect TsKvQuery. Number of intervals is to high - ${count}. `;
  it.each(['-1', '-1000'])('interval %s with an aggregation: 400', async (interval) => {
    expect((await get(`${tenSeconds}&agg=AVG&interval=${interval}`)).status).toBe(400);
  });
  it('(endTs - startTs)/max(interval,1000) > 700: 400', async () => {
    const refused = await get(`keys=example&startTs=0&endTs=701000&agg=AVG&interval=1000`);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(refused.text).toMatch(new RegExp(`^${tooMany(701)}`));
    expect((await get(`keys=example&startTs=0&endTs=700999&agg=AVG&interval=1000`)).status).toBe(200);
    expect((await get(`keys=example&startTs=0&endTs=700999&agg=AVG&interval=1`)).status).toBe(200);
  });
  it('negative: 400', async () => {
    const refused = await get(`keys=example&startTs=5000&endTs=1000&agg=AVG&interval=1000`);
    expect([refused.status, refused.text.slice(0, tooMany(-4).length)]).toEqual([400, tooMany(-4)]);
  });
  it('more than 700 weeks, months or quarters: 400', async () => {
    const refused = await get(`keys=example&startTs=0&endTs=${Date.UTC(2026, 0, 1)}&agg=AVG&intervalType=WEEK`);
    expect([refused.status, refused.text.slice(0, 30)]).toEqual([400, tooMany(701).slice(0, 30)]);
  });
});
