import { UplinkKind } from '@fieldline/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSample } from './decode-sample.js';
import { extractSamples } from './extract-samples.js';

const bodies = (samples: Parameters<typeof extractSamples>[0]) => extractSamples(samples, 7).map((reading) => reading.data);

describe('auto-extraction (kaa.md §5.2)', () => {
  test('takes the numbers of the top level and nothing else', () => {
    const sample = { a: 1, b: 2.5, c: '3', d: true, e: null, f: { g: 1 }, h: [1], 'k l': 4, 'm.n': 5, 'p-q': 6, R_s: -7, z: 0, '': 1, '°C': 1 };
    expect(bodies([sample])).toEqual([{ 'auto~a': 1, 'auto~b': 2.5, 'auto~p-q': 6, 'auto~R_s': -7, 'auto~z': 0 }]);
  });

  test('keeps the case of names', () => expect(bodies([{ FUELLEVEL: 1, fuelLevel: 2 }])).toEqual([{ 'auto~FUELLEVEL': 1, 'auto~fuelLevel': 2 }]));

  test('passes over samples that are no objects or hold no number', () => {
    expect(bodies([15, 'x', [1, 2], true, null, {}, { key: 'value' }, { t: 1 }])).toEqual([{ 'auto~t': 1 }]);
  });

  test('gives all samples of a payload one time, and keeps their order', () => {
    const readings = extractSamples([{ t: 1 }, { t: 2 }, { h: 3 }], 1_700_000_000_000);
    expect(readings).toEqual([
      { tsMs: 1_700_000_000_000, hasOwnTs: false, data: { 'auto~t': 1 } },
      { tsMs: 1_700_000_000_000, hasOwnTs: false, data: { 'auto~t': 2 } },
      { tsMs: 1_700_000_000_000, hasOwnTs: false, data: { 'auto~h': 3 } },
    ]);
  });

  test('a name that means something to JavaScript is a name like any other', () => {
    expect(bodies([JSON.parse('{"__proto__":1,"constructor":2}')])).toEqual([{ 'auto~__proto__': 1, 'auto~constructor': 2 }]);
  });

  test('never makes anything but finite numbers under auto~ names, whatever the samples are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (samples) => {
        for (const body of bodies(samples as Parameters<typeof extractSamples>[0])) {
          for (const [key, value] of Object.entries(body)) {
            expect(key).toMatch(/^auto~[\w-]+$/);
            expect(Number.isFinite(value)).toBe(true);
          }
        }
      }),
    );
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
  const decode = (kind: UplinkKind, text: string, topic = '', autoExtraction = true) =>
    decodeSample(uplink(kind, text, topic), 7, { autoExtraction });

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
