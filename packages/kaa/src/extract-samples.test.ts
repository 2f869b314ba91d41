// Goal: exactly the points of kaa.md §5.2 come out of data samples. Method: the tables and cases of the reference (K23 to K43),
// and any JSON at all.
import {
  forEachTypedValue,
  kaaTimeSeriesSchema,
  Message,
  ValueKind,
  type JsonValue,
  type KaaTimeSeries,
  type Reading,
  type StoredValue,
  type TenantId,
} from '@fieldline/model';
import { UplinkKind } from '@fieldline/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSample } from './decode-sample.js';
import { extractSamples } from './extract-samples.js';

const NOW_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;
const nowhere = { tenantId: 'tenant' as TenantId, type: 'POST_TELEMETRY_REQUEST', originator: { entityType: 'DEVICE', id: 'device' } } as const;
const configured = (settings: object): KaaTimeSeries => kaaTimeSeriesSchema.parse(settings);
const auto = configured({ 'auto-extract': true });
const extract = (samples: readonly JsonValue[], series = auto) => extractSamples(samples, { atMs: NOW_MS, futureMaxMs: DAY_MS }, series);
const readings = (samples: readonly JsonValue[], series = auto) => {
  const extracted = extract(samples, series);
  if ('problem' in extracted) throw new Error(extracted.problem.code);
  return extracted.readings;
};
const bodies = (samples: readonly JsonValue[], series = auto) => readings(samples, series).map((reading) => reading.data);

describe('auto-extraction (kaa.md §5.2)', () => {
  test('takes the numbers of the top level and nothing else', () => {
    const sample = { a: 1, b: 2.5, c: '3', d: true, e: null, f: { g: 1 }, h: [1], 'k l': 4, 'm.n': 5, 'p-q': 6, R_s: -7, z: 0, '': 1, '°C': 1 };
    expect(bodies([sample])).toEqual([{ 'auto~a': 1, 'auto~b': 2.5, 'auto~p-q': 6, 'auto~R_s': -7, 'auto~z': 0 }]);
  });

  test('keeps the case of names', () => expect(bodies([{ FUELLEVEL: 1, fuelLevel: 2 }])).toEqual([{ 'auto~FUELLEVEL': 1, 'auto~fuelLevel': 2 }]));

  test('passes over samples that are no objects or hold no number', () => {
    expect(bodies([15, 'x', [1, 2], true, null, {}, { key: 'value' }, { t: 1 }])).toEqual([{ 'auto~t': 1 }]);
  });

  test('K30: what gives nothing in one sample is no fault of the others', () => {
    expect(bodies([{ t: 1 }, { t: 'x' }, { h: 2 }])).toEqual([{ 'auto~t': 1 }, { 'auto~h': 2 }]);
  });

  test('takes a name as long as a key may be, and passes over longer ones and numbers that are none', () => {
    const [longest, longer] = ['n'.repeat(250), 'n'.repeat(251)];
    expect(bodies([{ [longest]: 1, [longer]: 2, ...(JSON.parse('{"huge":1e999}') as object) }])).toEqual([{ [`auto~${longest}`]: 1 }]);
  });

  test('gives numbers as text, too, where one is larger than what is stored as an integer', () => {
    const values = { a: 1e20, b: -1e300, c: 2.5, d: 0.1 + 0.2, e: 1e-7, f: 5 };
    const [reading] = readings([values]);
    const found: [string, ValueKind, StoredValue][] = [];
    const { data = {}, text } = reading as Reading;
    const message = new Message({ ...nowhere, tsMs: NOW_MS, metadata: {}, data, text }, { next: () => 'id' });
    forEachTypedValue(message, (key, kind, value) => void found.push([key, kind, value]));
    expect(found).toEqual(Object.entries(values).map(([name, value]) => [`auto~${name}`, name === 'f' ? ValueKind.long : ValueKind.double, value]));
    expect(message.data).toEqual(data);
    expect(readings([{ a: 2 ** 62 }])).toEqual([{ tsMs: NOW_MS, hasOwnTs: false, data: { 'auto~a': 2 ** 62 } }]);
  });

  test('gives all samples of a payload one time, and keeps their order', () => {
    expect(readings([{ t: 1 }, { t: 2 }, { h: 3 }])).toEqual([
      { tsMs: NOW_MS, hasOwnTs: false, data: { 'auto~t': 1 } },
      { tsMs: NOW_MS, hasOwnTs: false, data: { 'auto~t': 2 } },
      { tsMs: NOW_MS, hasOwnTs: false, data: { 'auto~h': 3 } },
    ]);
  });

  test('a name that means something to JavaScript is a name like any other', () => {
    expect(bodies([JSON.parse('{"__proto__":1,"constructor":2}')])).toEqual([{ 'auto~__proto__': 1, 'auto~constructor': 2 }]);
  });

  test('never makes anything but finite numbers under auto~ names, whatever the samples are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (samples) => {
        for (const body of bodies(samples as JsonValue[])) {
          for (const [key, value] of Object.entries(body)) {
            expect(key).toMatch(/^auto~[\w-]+$/);
            expect(Number.isFinite(value)).toBe(true);
          }
        }
      }),
    );
  });
});

describe('configured series', () => {
  const location = {
    values: [
      { path: 'location.lat', name: 'latitude', type: 'number' },
      { path: '$.location.lon', name: 'longitude', type: 'Number' },
    ],
  };

  test('K37: values of a point lie under the name of the series', () => {
    const series = configured({ names: { location } });
    expect(bodies([{ location: { lat: 50.45, lon: 30.52 } }], series)).toEqual([{ 'location.latitude': 50.45, 'location.longitude': 30.52 }]);
    expect(bodies([{ location: { lat: 50.45 } }, { location: {} }, 5], series)).toEqual([{ 'location.latitude': 50.45 }]);
  });

  test('K38: a field of a configured series is auto-extracted too', () => {
    const series = configured({ 'auto-extract': true, names: { fuel: { values: [{ path: 'fuelLevel', type: 'number' }] } } });
    expect(bodies([{ fuelLevel: 99.4 }], series)).toEqual([{ fuel: 99.4, 'auto~fuelLevel': 99.4 }]);
  });

  test.each([
    ['number', 1, true],
    ['number', '1', false],
    ['string', 'on', true],
    ['string', 5, false],
    ['boolean', true, true],
    ['boolean', 1, false],
    ['number', null, false],
    ['number', Infinity, false],
    ['string', { a: 1 }, false],
  ])('a %s is not made of %j: taken %s', (type, x, isTaken) => {
    const series = configured({ names: { s: { values: [{ path: 'x', type }] } } });
    expect(bodies([{ x }], series)).toEqual(isTaken ? [{ s: x }] : []);
  });

  test('members that JavaScript gives every object are none', () => {
    const series = configured({
      names: {
        s: {
          values: [
            { path: 'constructor.name', type: 'string' },
            { path: 'a.length', name: 'n', type: 'number' },
          ],
        },
      },
    });
    expect(bodies([{ a: 'xy' }], series)).toEqual([]);
  });
});

describe('the time of a point', () => {
  const millis = configured({
    'auto-extract': true,
    timestamp: { path: 'timestamp', format: 'millis-unix-epoch', 'fallback-strategy': 'server-timestamp' },
  });
  const iso = configured({ 'auto-extract': true, timestamp: { path: 'ts', format: 'iso8601', 'fallback-strategy': 'fail' } });
  const timeOf = (sample: JsonValue, series: KaaTimeSeries) => readings([sample], series).map(({ tsMs, hasOwnTs }) => (hasOwnTs ? tsMs : 'now'));

  test('K39: comes from the sample, whose member is no series then', () => {
    expect(readings([{ timestamp: 1555230312868, temperature: 98 }], millis)).toEqual([
      { tsMs: 1555230312868, hasOwnTs: true, data: { 'auto~temperature': 98 } },
    ]);
    expect(timeOf({ timestamp: '1555230312868', t: 1 }, millis)).toEqual([1555230312868]);
    expect(timeOf({ timestamp: 1555230312868.9, t: 1 }, millis)).toEqual([1555230312868]);
  });

  test('K40: is that of receipt where the sample has none that can be read, or one of a clock far ahead', () => {
    for (const timestamp of [undefined, null, 'noon', {}, 1e300, NOW_MS + DAY_MS + 1]) {
      const sample = timestamp === undefined ? { t: 98 } : { t: 98, timestamp };
      expect(timeOf(sample, millis)).toEqual(['now']);
    }
  });

  test('K41, K42: a sample without it is refused with all others, where the application says so', () => {
    expect(timeOf({ ts: '2019-04-26T15:41:07+0000', temp: 21 }, iso)).toEqual([Date.UTC(2019, 3, 26, 15, 41, 7)]);
    expect(extract([{ ts: '2019-04-26T15:41:07Z', temp: 21 }, { temp: 21 }], iso)).toMatchObject({ problem: { code: 'KAA_SAMPLE_TIME_UNREADABLE' } });
    expect(extract([15], iso)).toMatchObject({ problem: { kind: 'invalid-input' } });
  });

  test('K43: is that of receipt where no path is configured', () => {
    expect(timeOf({ ts: '2019-04-26T15:41:07+0000', temp: 21 }, auto)).toEqual(['now']);
  });
});

describe('a data collection payload', () => {
  const uplink = (kind: UplinkKind, text: string, topic = '') => ({
    handle: 1,
    kind,
    packetId: 0,
    isRedelivery: false,
    receivedAtMs: 7,
    topic,
    payload: new TextEncoder().encode(text),
  });
  const decode = (kind: UplinkKind, text: string, topic = '', isExtracted = true) =>
    decodeSample(uplink(kind, text, topic), 7, { series: isExtracted ? auto : undefined, futureMaxMs: DAY_MS });

  test('is read as JSON or as plain data', () => {
    expect(decode(UplinkKind.kaaJson, '[{"temperature":23,"humidity":48}]')).toMatchObject({
      readings: [{ data: { 'auto~temperature': 23, 'auto~humidity': 48 } }],
    });
    expect(decode(UplinkKind.kaaPlain, '20m', 'distance')).toMatchObject({ readings: [{ data: { 'auto~distance-value': 20 } }] });
  });

  test('stores nothing without auto-extraction, but is still checked', () => {
    expect(decode(UplinkKind.kaaJson, '{"t":1}', '', false)).toEqual({ readings: [] });
    expect(decode(UplinkKind.kaaJson, '{', '', false)).toMatchObject({ problem: { code: 'PROTOCOL_PAYLOAD_MALFORMED' } });
    expect(decode(UplinkKind.kaaPlain, 'far', 'distance', false)).toMatchObject({ problem: { code: 'PROTOCOL_PAYLOAD_MALFORMED' } });
  });

  test('`[]` is valid and stores nothing', () => expect(decode(UplinkKind.kaaJson, '[]')).toEqual({ readings: [] }));
});
