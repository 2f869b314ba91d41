// Goal: each rule and each cell of the table of rest-api.md §6.5, quoted in the name of its test, holds wherever the points are kept.
// Method: the built server with its threads and its database, over HTTP; devices whose points are in its log, packed, and both.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesByPlace, type Place, places } from './telemetry-packing.js';
import type { Reading, Series, Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

/** Values of each key, a millisecond apart. Texts that are numbers become numbers: so a whole one is a double. */
const given: Readonly<Record<string, readonly unknown[]>> = {
  longs: [1, 4, -2],
  'large longs': ['9007199254740993', 1],
  doubles: [1.5, '2.0', -0.25],
  both: [1, '4.0', 7, -0.5],
  'long and double': [7, 1.5],
  'double and long': [4.5, 1],
  strings: ['b', 'a', 'c', 'B'],
  json: [{ a: 2 }, [1]],
  booleans: [true, false, true],
  'numbers among others': ['b', 7, true, {}, 9],
  'strings, JSON, numbers': ['b', {}, 9, 9, 'a'],
  'JSON, numbers': [{}, 9, '9.0', 9],
  'booleans, strings': ['b', true, 'a', {}],
};
/** The example of §6.5. */
const example: readonly Reading[] = [0, 1_000, 5_000].map((ts, at) => ({ ts, values: { t: [1, 3, 10][at] } }));

let world: TelemetryWorld;
let devices: Readonly<Record<Place, Target>>;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-aggregates');
  const readings = Object.entries(given).flatMap(([key, values]) => values.map((value, ts) => ({ ts, values: { [key]: value } })));
  devices = await devicesByPlace(world, [...example, ...readings]);
});
afterAll(() => world.stop());

const cells: readonly (readonly [row: string, agg: string, key: string, value: string])[] = [
  ['AVG: longs only → double', 'AVG', 'longs', '1.0'],
  ['AVG: doubles only → double', 'AVG', 'doubles', '1.0833333333333333'],
  ['AVG: both → double over all numbers', 'AVG', 'both', '2.875'],
  ['AVG: strings only → 0.0', 'AVG', 'strings', '0.0'],
  ['AVG: JSON only → 0.0', 'AVG', 'json', '0.0'],
  ['AVG: booleans only → 0.0', 'AVG', 'booleans', '0.0'],
  ['AVG: numbers among others', 'AVG', 'numbers among others', '8.0'],
  ['SUM: longs only → long', 'SUM', 'longs', '3'],
  ['SUM: longs only → long, beyond 2^53', 'SUM', 'large longs', '9007199254740994'],
  ['SUM: doubles only → double', 'SUM', 'doubles', '3.25'],
  ['SUM: both → double', 'SUM', 'both', '11.5'],
  ['SUM: strings only → 0', 'SUM', 'strings', '0'],
  ['SUM: JSON only → 0', 'SUM', 'json', '0'],
  ['SUM: booleans only → 0', 'SUM', 'booleans', '0'],
  ['SUM: numbers among others', 'SUM', 'numbers among others', '16'],
  ['MIN: longs only → long', 'MIN', 'longs', '-2'],
  ['MIN: doubles only → double', 'MIN', 'doubles', '-0.25'],
  ['MIN: both → double', 'MIN', 'both', '-0.5'],
  ['MIN: both → double, of a long', 'MIN', 'double and long', '1.0'],
  ['MIN: strings: lexicographic', 'MIN', 'strings', 'B'],
  ['MIN: if numbers exist in the partition they win', 'MIN', 'numbers among others', '7'],
  ['MAX: longs only → long', 'MAX', 'longs', '4'],
  ['MAX: longs only → long, beyond 2^53', 'MAX', 'large longs', '9007199254740993'],
  ['MAX: doubles only → double', 'MAX', 'doubles', '2.0'],
  ['MAX: both → double', 'MAX', 'both', '7.0'],
  ['MAX: both → double, of a long', 'MAX', 'long and double', '7.0'],
  ['MAX: strings: lexicographic', 'MAX', 'strings', 'c'],
  ['MAX: if numbers exist in the partition they win', 'MAX', 'numbers among others', '9'],
  ['COUNT: longs only → long', 'COUNT', 'longs', '3'],
  ['COUNT: doubles only → long', 'COUNT', 'doubles', '3'],
  ['COUNT: both → total', 'COUNT', 'both', '4'],
  ['COUNT: counts booleans', 'COUNT', 'booleans', '3'],
  ['COUNT: counts strings', 'COUNT', 'strings', '4'],
  ['COUNT: counts JSON', 'COUNT', 'json', '2'],
  ['COUNT: counts booleans if any are present', 'COUNT', 'numbers among others', '1'],
  ['COUNT: counts booleans if any are present, beside strings', 'COUNT', 'booleans, strings', '1'],
  ['COUNT: else strings', 'COUNT', 'strings, JSON, numbers', '2'],
  ['COUNT: else JSON', 'COUNT', 'JSON, numbers', '1'],
];

describe.each(places)('points %s', (place) => {
  const read = (query: string): Promise<Series> => devices[place].series(query);
  /** Time and value of each point of the example. */
  const ofExample = async (query: string) => (await read(`keys=t&${query}`))['t']?.map(({ ts, value }) => [ts, value]);
  const all = [
    [500, '1'],
    [1_500, '1'],
    [5_500, '1'],
  ];

  test('6.5 1: agg ≠ NONE with interval 0 and MILLISECONDS behaves as NONE', async () => {
    const raw = [10, 3, 1].map((value, at) => [[5_000, 1_000, 0][at], String(value)]);
    for (const agg of ['MIN', 'MAX', 'AVG', 'SUM', 'COUNT']) {
      expect(await ofExample(`startTs=0&endTs=10000&orderBy=DESC&agg=${agg}&interval=0&intervalType=MILLISECONDS`)).toEqual(raw);
    }
  });
  test('6.5 2: start at startTs, not aligned to the epoch; the last is shortened to endTs', async () => {
    expect(await ofExample('startTs=700&endTs=5700&interval=2000&agg=SUM')).toEqual([
      [1_700, '3'],
      [5_200, '10'],
    ]);
  });
  test('6.5 2: half-open [s, min(s+interval, endTs))', async () => {
    expect(await ofExample('startTs=0&endTs=5000&interval=1000&agg=SUM')).toEqual([
      [500, '1'],
      [1_500, '3'],
    ]);
    expect(await ofExample('startTs=0&endTs=5001&interval=5000&agg=SUM')).toEqual([
      [2_500, '4'],
      [5_000, '10'],
    ]);
  });
  test.each([1_000, 999])('6.5 2: if endTs ≤ startTs (1000), %d: one partition [startTs, startTs+1)', async (endTs) => {
    expect(await ofExample(`startTs=1000&endTs=${endTs}&interval=5000&agg=SUM`)).toEqual([[1_000, '3']]);
    expect(await ofExample(`startTs=1001&endTs=${endTs}&interval=5000&agg=SUM`)).toBeUndefined();
  });
  test('6.5 3: point timestamp = s + (e - s)/2 (integer division)', async () => {
    expect(await ofExample('startTs=1&endTs=5004&interval=4001&agg=MAX')).toEqual([
      [2_001, '3'],
      [4_503, '10'],
    ]);
  });
  test('6.5 4: partitions without data produce no point (also for COUNT)', async () => {
    expect(await ofExample('startTs=0&endTs=10000&interval=1000&agg=COUNT')).toEqual(all);
    expect(await read('keys=t&startTs=20000&endTs=30000&interval=1000&agg=COUNT')).toEqual({});
  });
  test.each(['limit=1', 'orderBy=DESC', 'orderBy=ASC', 'limit=1&orderBy=DESC'])('6.5 5: ascending time order; %s is ignored', async (said) => {
    expect(await ofExample(`startTs=0&endTs=10000&interval=1000&agg=COUNT&${said}`)).toEqual(all);
  });
  test.each(cells)('6.5 6: %s', async (_, agg, key, value) => {
    expect(await read(`key=${key}&startTs=0&endTs=1000&interval=1000&agg=${agg}`)).toEqual({ [key]: [{ ts: 500, value }] });
  });
  test.each(['MIN', 'MAX'])('6.5 6: %s of JSON or booleans only: no value, so no point', async (agg) => {
    expect(await read(`keys=json,booleans&startTs=0&endTs=1000&interval=1000&agg=${agg}`)).toEqual({});
  });
  test('6.5 6: per key and partition', async () => {
    const answer = await read('keys=longs,both&startTs=0&endTs=4&interval=2&agg=SUM&useStrictDataTypes=true');
    const points = (...values: readonly number[]) => values.map((value, at) => ({ ts: 1 + 2 * at, value }));
    expect(answer).toEqual({ longs: points(5, -2), both: points(5, 6.5) });
  });
  test('6.5 Example', async () => {
    expect(await read('keys=t&startTs=0&endTs=10000&interval=4000&agg=AVG')).toEqual({
      t: [
        { ts: 2_000, value: '2.0' },
        { ts: 6_000, value: '10.0' },
      ],
    });
  });
});
