// Goal: the calendar intervals and the bounds of rest-api.md §6.5, quoted in the name of each test. Method: the built server with its
// threads and its database, over HTTP; at every boundary one point on it and one a millisecond before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refused, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

interface Row {
  readonly name: string;
  readonly key: string;
  readonly parameters: string;
  /** Beginnings of the partitions, and the end of the last. */
  readonly edges: readonly string[];
}
const kyiv = '&timeZone=Europe/Kyiv';
/** Clocks in Kyiv are two hours ahead of UTC, three from 30 March to 26 October 2025. */
const rows: readonly Row[] = [
  {
    name: 'WEEK (starts Sunday), Europe/Kyiv, clocks go forward',
    key: 'week',
    parameters: `intervalType=WEEK${kyiv}`,
    edges: ['2025-03-19T12:00+02:00', '2025-03-23T00:00+02:00', '2025-03-30T00:00+02:00', '2025-04-06T00:00+03:00', '2025-04-08T06:00+03:00'],
  },
  {
    name: 'WEEK_ISO (Monday), Europe/Kyiv, clocks go forward',
    key: 'iso-week',
    parameters: `intervalType=WEEK_ISO${kyiv}`,
    edges: ['2025-03-19T12:00+02:00', '2025-03-24T00:00+02:00', '2025-03-31T00:00+03:00', '2025-04-07T00:00+03:00', '2025-04-08T06:00+03:00'],
  },
  {
    name: 'WEEK_ISO (Monday), Europe/Kyiv, clocks go back',
    key: 'iso-week-autumn',
    parameters: `intervalType=WEEK_ISO${kyiv}`,
    edges: ['2025-10-20T00:00+03:00', '2025-10-27T00:00+02:00', '2025-11-03T00:00+02:00', '2025-11-04T00:00+02:00'],
  },
  {
    name: 'MONTH, Europe/Kyiv, clocks go forward and back',
    key: 'month',
    parameters: `intervalType=MONTH${kyiv}`,
    edges: ['02-14', '03-01', '04-01', '05-01', '06-01', '07-01', '08-01', '09-01', '10-01', '11-01', '11-15'].map(
      (day) => `2025-${day}T00:00${day > '03-30' && day < '10-26' ? '+03:00' : '+02:00'}`,
    ),
  },
  {
    name: 'QUARTER, Europe/Kyiv, clocks go forward and back',
    key: 'quarter',
    parameters: `intervalType=QUARTER${kyiv}`,
    edges: [
      ...['2025-02-14T07:30+02:00', '2025-04-01T00:00+03:00', '2025-07-01T00:00+03:00', '2025-10-01T00:00+03:00'],
      ...['2026-01-01T00:00+02:00', '2026-02-01T00:00+02:00'],
    ],
  },
  {
    name: 'MONTH, UTC unless said',
    key: 'utc-month',
    parameters: 'intervalType=MONTH',
    edges: ['2025-03-14T00:00Z', '2025-04-01T00:00Z', '2025-05-01T00:00Z', '2025-05-02T00:00Z'],
  },
  {
    name: 'MONTH, startTs and endTs on boundaries; interval is not looked at',
    key: 'whole-months',
    parameters: `intervalType=MONTH&interval=7${kyiv}`,
    edges: ['2025-03-01T00:00+02:00', '2025-04-01T00:00+03:00', '2025-05-01T00:00+03:00'],
  },
];
const edgesOf = ({ edges }: Row): readonly number[] => edges.map((edge) => Date.parse(edge));

let world: TelemetryWorld;
let device: Target;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-calendar');
  const points = rows.flatMap((row) => edgesOf(row).flatMap((edge) => [edge - 1, edge].map((ts) => ({ ts, values: { [row.key]: 1 } }))));
  device = await world.device();
  await device.save(...points);
});
afterAll(() => world.stop());

describe('calendar', () => {
  const first = '6.5 2: the first partition runs from startTs to the next boundary in timeZone, then full ones, the last clipped to endTs';
  test.each(rows)(`${first}: $name`, async (row) => {
    const edges = edgesOf(row);
    const query = `keys=${row.key}&startTs=${edges[0]}&endTs=${edges.at(-1)}&agg=COUNT&${row.parameters}`;
    // Each has the point at its beginning and the one right before its end.
    const partitions = edges.slice(1).map((end, at) => [edges[at] ?? 0, end] as const);
    const expected = partitions.map(([begin, end]) => ({ ts: begin + Math.floor((end - begin) / 2), value: '2' }));
    expect(await device.series(query)).toEqual({ [row.key]: expected });
  });
});

describe('bounds', () => {
  const read = (query: string) => device.ask('GET', `values/timeseries?keys=never&agg=AVG&${query}`);
  const tooMany = (count: number) => refused(new RegExp(`^Incorrect TsKvQuery\\. Number of intervals is to high - ${count}\\. `));

  test.each([-1, -1_000])('6.5 Validation: interval < 1 (%d) with an aggregation → 400', async (interval) => {
    expect(await read(`startTs=0&endTs=1000&interval=${interval}`)).toMatchObject(refused(/^Incorrect TsKvQuery\. /));
  });
  test.each([
    ['interval=1000', 700_000],
    ['interval=1000', 700_999],
    ['interval=1', 700_999],
    ['interval=999', 700_999],
    ['interval=86400000', 60_566_399_999],
  ])('6.5 Validation: %s, endTs - startTs = %d: 700 intervals are not too many', async (interval, length) => {
    expect(await read(`startTs=5&endTs=${length + 5}&${interval}`)).toMatchObject({ status: 200, text: '{}' });
  });
  test.each([
    ['interval=1000', 701_000],
    ['interval=1', 701_000],
    ['interval=999', 701_000],
    ['interval=86400000', 60_566_400_000],
  ])('6.5 Validation: %s, endTs - startTs = %d: (endTs - startTs)/max(interval,1000) > 700 → 400', async (interval, length) => {
    expect(await read(`startTs=5&endTs=${length + 5}&${interval}`)).toMatchObject(tooMany(701));
  });
  test('6.5 Validation: or negative → 400', async () => {
    expect(await read('startTs=5000&endTs=1000&interval=1000')).toMatchObject(tooMany(-4));
  });
  test('6.5 Validation: more than 700 weeks → 400', async () => {
    const weeks = (count: number): string => `startTs=0&endTs=${Date.UTC(1970, 0, 4 + 7 * (count - 1))}&intervalType=WEEK`;
    expect(await read(weeks(700))).toMatchObject({ status: 200, text: '{}' });
    expect(await read(weeks(701))).toMatchObject(tooMany(701));
  });
});
