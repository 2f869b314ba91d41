// Goal: each row of rest-api.md §6.4, quoted in the name of its test, holds wherever the points are kept. Method: the built server with
// its threads and its database, over HTTP; devices whose points are in its log, packed, and both.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesByPlace, type Place, places } from './telemetry-packing.js';
import { refused, type Series, start, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

const POINTS = 150;
/** A value of each kind, as text and as JSON. */
const kinds: readonly (readonly [key: string, text: string, value: unknown])[] = [
  ['long', '42', 42],
  ['double', '3.25', 3.25],
  ['boolean', 'true', true],
  ['string', 'a "b" \\ \n<c', 'a "b" \\ \n<c'],
  ['json', '{"a":[1,"x",null]}', { a: [1, 'x', null] }],
  ['with,comma', '1', 1],
  ['__proto__', '2', 2],
];
/** A Tuesday, a Sunday and the Monday after it, and the first days of the next month and quarter. */
const days = [start, Date.UTC(2023, 10, 19), Date.UTC(2023, 10, 20), Date.UTC(2023, 11, 1), Date.UTC(2024, 0, 1)];
const oneOfEach = Object.fromEntries(kinds.map(([key, , value]) => [key, value]));
const range = `startTs=${start}&endTs=${start + 1_000}`;
const upTo = (count: number, from = 0, step = 1): number[] => Array.from({ length: count }, (_, n) => from + n * step);

let world: TelemetryWorld;
let devices: Readonly<Record<Place, Target>>;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-history');
  const many = upTo(POINTS).map((n) => ({ ts: start + n, values: n === 0 ? { ...oneOfEach, many: n, more: n } : { many: n, more: n } }));
  devices = await devicesByPlace(world, [...many, ...days.map((ts) => ({ ts, values: { days: 1 } }))]);
});
afterAll(() => world.stop());

describe.each(places)('points %s', (place) => {
  const read = (query: string): Promise<Series> => devices[place].series(query);
  const times = async (query: string, key = 'many') => (await read(query))[key]?.map(({ ts }) => ts - start);
  const refusal = (query: string) => devices[place].ask('GET', `values/timeseries?keys=many&${range}&${query}`);

  test('6.4 startTs, endTs: required, on the explicit path', async () => {
    for (const half of ['', `&startTs=${start}`, `&endTs=${start}`]) {
      const answer = await devices[place].ask('GET', `values/timeseries/history?keys=many${half}`);
      expect(answer).toMatchObject(refused(/needs both startTs and endTs/));
    }
  });
  test('6.4 startTs, endTs: range is [startTs, endTs): the point at endTs is excluded', async () => {
    expect(await times(`keys=many&startTs=${start + 3}&endTs=${start + 6}&orderBy=ASC`)).toEqual([3, 4, 5]);
    expect(await times(`keys=many&startTs=${start + 3}&endTs=${start + 4}`)).toEqual([3]);
    expect(await times(`keys=many&startTs=${start - 10}&endTs=${start}`)).toBeUndefined();
    expect(await times(`keys=many&startTs=${start + POINTS - 1}&endTs=${start + POINTS}`)).toEqual([POINTS - 1]);
  });
  test('6.4 startTs, endTs: an empty range, and one that is turned round, have no points', async () => {
    for (const endTs of [start + 5, start]) expect(await read(`keys=many&startTs=${start + 5}&endTs=${endTs}`)).toEqual({});
  });
  test('6.4 keys/key: none: no keys → {}', async () => {
    for (const none of [range, `${range}&keys=`, `${range}&key=`]) expect(await read(none)).toEqual({});
  });
  test('6.4 keys/key: keys=a,b, or one or more key=; if key is present, keys is ignored', async () => {
    expect(Object.keys(await read(`keys=long,double&${range}`))).toEqual(['long', 'double']);
    expect(Object.keys(await read(`key=with,comma&key=long&keys=double&${range}`))).toEqual(['with,comma', 'long']);
  });
  test('6.4 limit: 100 unless said, per key', async () => {
    const answer = await read(`keys=many,more&${range}&orderBy=DESC`);
    for (const key of ['many', 'more']) expect(answer[key]?.map(({ ts }) => ts - start)).toEqual(upTo(100, POINTS - 1, -1));
  });
  test.each([1, 99, 100, 101, POINTS - 1, POINTS, POINTS + 1, 1_000_000])('6.4 limit: %d', async (limit) => {
    expect(await times(`keys=many&${range}&orderBy=DESC&limit=${limit}`)).toEqual(upTo(Math.min(limit, POINTS), POINTS - 1, -1));
  });
  test('6.4 limit: raw data only', async () => {
    expect(await times(`keys=many&${range}&limit=1&agg=COUNT&interval=100`)).toEqual([50, 150]);
  });
  test('6.4 orderBy: DESC unless said', async () => expect(await times(`keys=many&${range}&limit=3`)).toEqual([149, 148, 147]));
  test.each([
    ['ASC', [0, 1, 2]],
    ['DESC', [149, 148, 147]],
  ])('6.4 orderBy: %s by ts', async (orderBy, expected) => {
    expect(await times(`keys=many&${range}&limit=3&orderBy=${orderBy}`)).toEqual(expected);
  });
  test('6.4 orderBy: raw data only', async () => {
    expect(await times(`keys=many&${range}&orderBy=DESC&agg=COUNT&interval=100`)).toEqual([50, 150]);
  });
  test('6.4 agg: NONE unless said', async () => expect(await times(`keys=many&${range}&limit=2&orderBy=DESC&interval=5`)).toEqual([149, 148]));
  test.each(Object.entries({ MIN: '0', MAX: '149', AVG: '74.5', SUM: '11175', COUNT: '150' }))('6.4 agg: %s', async (agg, value) => {
    expect(await read(`keys=many&${range}&interval=1000&agg=${agg}`)).toEqual({ many: [{ ts: start + 500, value }] });
  });
  test('6.4 agg: NONE', async () => expect(await times(`keys=many&${range}&limit=2&orderBy=DESC&agg=NONE&interval=5`)).toEqual([149, 148]));
  test('6.4 agg: other value → 400', async () => expect(await refusal('agg=MEDIAN&interval=5')).toMatchObject(refused(/agg/)));
  test('6.4 interval: 0 unless said', async () => expect(await times(`keys=many&${range}&limit=2&orderBy=DESC&agg=SUM`)).toEqual([149, 148]));
  test('6.4 interval: ms, for intervalType MILLISECONDS', async () => {
    expect(await times(`keys=many&${range}&agg=SUM&interval=60&intervalType=MILLISECONDS`)).toEqual([30, 90, 150]);
  });
  test('6.4 intervalType: MILLISECONDS unless said', async () => {
    expect(await times(`keys=many&${range}&agg=SUM&interval=60`)).toEqual([30, 90, 150]);
  });
  test.each([
    ['WEEK', [1, 2, 1, 1]],
    ['WEEK_ISO', [2, 1, 1, 1]],
    ['MONTH', [3, 1, 1]],
    ['QUARTER', [4, 1]],
  ])('6.4 intervalType: also %s', async (intervalType, counts) => {
    const { days } = await read(`keys=days&startTs=${start}&endTs=${Date.UTC(2024, 0, 2)}&agg=COUNT&intervalType=${intervalType}`);
    expect(days?.map(({ value }) => Number(value))).toEqual(counts);
  });
  test('6.4 intervalType: other value → 400', async () => {
    expect(await refusal('agg=SUM&intervalType=YEAR')).toMatchObject(refused(/intervalType/));
  });
  test('6.4 timeZone: IANA id, for calendar intervals', async () => {
    expect(await times(`keys=many&${range}&agg=SUM&intervalType=MONTH&timeZone=Europe/Kyiv`)).toEqual([500]);
    expect(await refusal('agg=SUM&intervalType=MONTH&timeZone=Europe/Nowhere')).toMatchObject(refused(/Europe\/Nowhere/));
  });
  test.each(kinds)('6.4 useStrictDataTypes: false unless said, %s', async (key, text) => {
    for (const said of ['', '&useStrictDataTypes=false']) {
      expect(Object.entries(await read(`key=${key}&${range}${said}`))).toEqual([[key, [{ ts: start, value: text }]]]);
    }
  });
  test.each(kinds)('6.4 useStrictDataTypes: true, %s', async (key, _, value) => {
    expect(Object.entries(await read(`key=${key}&${range}&useStrictDataTypes=true`))).toEqual([[key, [{ ts: start, value }]]]);
  });
  test('6.4 Result: {"k1":[{"ts":…,"value":…},…]}; keys without any point are omitted; nothing at all → {}', async () => {
    const found = (value: string) => [{ ts: start, value }];
    expect(await read(`keys=never,long,neither,double&${range}`)).toEqual({ long: found('42'), double: found('3.25') });
    expect(await read(`keys=never,neither&${range}`)).toEqual({});
  });
});
