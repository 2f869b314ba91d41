// Goal: the rules of rest-api.md §6.6, quoted in the name of each test. Method: the built server with its threads and its database, over
// HTTP; each test has a device and a view of its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeView } from './telemetry-entities.js';
import { readOnly, refused, start, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
beforeAll(async () => void (world = await TelemetryWorld.start('rows-views')));
afterAll(() => world.stop());

const range = `startTs=${start}&endTs=${start + 1_000}`;
const points = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ ts: start + from + n, values: { a: from + n, hidden: 1 } }));
const view = async (window?: readonly [number, number]): Promise<Target> => {
  const device = await world.device();
  await device.save(...points(0, 30));
  return makeView(world, device, window);
};
const times = async (entity: Target, query: string) => (await entity.series(query))['a']?.map(({ ts }) => ts - start);

test('6.6 only keys listed in the view’s keys.timeseries are visible', async () => {
  const entity = await view();
  expect(await entity.get('keys/timeseries')).toEqual(['a']);
  expect(await entity.series('')).toEqual({ a: [{ ts: start + 30, value: '30' }] });
  expect((await entity.series('keys=hidden'))['hidden']).toEqual([{ ts: expect.any(Number) as number, value: null }]);
  expect(await entity.series(`keys=hidden&${range}`)).toEqual({});
});
test('6.6 history is clamped to [startTimeMs, endTimeMs]', async () => {
  const entity = await view([start + 10, start + 13]);
  expect(await times(entity, `keys=a&${range}`)).toEqual([13, 12, 11, 10]);
  expect(await times(entity, `keys=a&startTs=${start + 11}&endTs=${start + 13}`)).toEqual([12, 11]);
  expect(await times(entity, `keys=a&startTs=${start + 14}&endTs=${start + 20}`)).toBeUndefined();
  expect(await entity.series(`keys=a&${range}&agg=SUM&interval=1000`)).toMatchObject({ a: [{ value: '46' }] });
});
test.each([
  ['startTimeMs', [0, start + 2], [2, 1, 0]],
  ['endTimeMs', [start + 28, 0], [30, 29, 28]],
] as const)('6.6 %s: 0 = open', async (_, window, expected) => expect(await times(await view(window), `keys=a&${range}`)).toEqual(expected));
test('6.6 Attributes are the view’s own copies made when the view was saved', async () => {
  const device = await world.tellingDevice({ model: 'client' });
  await device.set('SERVER_SCOPE', { model: 'server', hidden: 1 });
  await device.set('SHARED_SCOPE', { model: 'shared' });
  const entity = await makeView(world, device);
  await device.set('SERVER_SCOPE', { model: 'later' });
  const copies = { CLIENT_SCOPE: 'client', SERVER_SCOPE: 'server', SHARED_SCOPE: 'shared' } as const;
  for (const scope of Object.keys(copies) as (keyof typeof copies)[]) expect(await entity.attributes(scope)).toEqual({ model: copies[scope] });
});
test('6.6 … and can be written independently', async () => {
  const device = await world.device();
  await device.set('SERVER_SCOPE', { model: 'device' });
  const entity = await makeView(world, device);
  await entity.set('SERVER_SCOPE', { model: 'view', own: 1 });
  expect([await device.attributes('SERVER_SCOPE'), await entity.attributes('SERVER_SCOPE')]).toEqual([
    { model: 'device' },
    { model: 'view', own: 1 },
  ]);
});
test.each(['timeseries/ANY', 'timeseries/ANY/60'])('6.6 Writing time series to a view → 400: %s', async (path) => {
  expect(await (await view()).ask('POST', path, { a: 1 })).toMatchObject(refused(readOnly));
});
