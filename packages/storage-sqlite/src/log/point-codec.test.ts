import { ValueKind, type StoredValue } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logBodyOf, pointsOfLogBody } from './log-body.js';
import { PointDecoder } from './point-decoder.js';
import { encodingBuffer, PointEncoder } from './point-encoder.js';
import { LatestFate } from './record-format.js';

type Point = readonly [seriesId: number, tsMs: number, kind: ValueKind, value: StoredValue, ttlMs: number, uses?: number];

function encoded(points: readonly Point[], size?: number): Uint8Array {
  const encoder = new PointEncoder(encodingBuffer(size));
  for (const [seriesId, tsMs, kind, value, ttlMs, uses = ValueUse.all] of points) encoder.point(seriesId, tsMs, kind, value, ttlMs, uses);
  return encoder.written;
}

function decoded(bytes: Uint8Array): Point[] {
  const decoder = new PointDecoder(bytes);
  const points: Point[] = [];
  while (decoder.next()) {
    const { seriesId, tsMs, kind, value, ttlMs, uses } = decoder;
    points.push([seriesId, tsMs, kind as ValueKind, value, ttlMs, ...(uses === ValueUse.all ? ([] as const) : ([uses] as const))]);
  }
  return points;
}

const seriesIds = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
const times = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -(2 ** 33), max: 2 ** 33 }), fc.maxSafeInteger());
const decimals = fc
  .tuple(fc.integer({ min: -50_000, max: 50_000 }), fc.integer({ min: 0, max: 5 }))
  .map(([digits, exponent]) => digits / 10 ** exponent);
const values = fc.oneof(
  fc.tuple(fc.constant(ValueKind.double), fc.oneof(decimals, fc.double({ noNaN: true }), fc.constantFrom(0, -0, 2 ** 31, -(2 ** 31)))),
  fc.tuple(fc.constant(ValueKind.long), fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n))),
  fc.tuple(fc.constant(ValueKind.boolean), fc.boolean()),
  fc.tuple(fc.constantFrom(ValueKind.string, ValueKind.json), fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('\ufeffmark'))),
);
const points = fc.array(
  fc
    .tuple(seriesIds, times, values, fc.constantFrom(0, 0, 60_000), fc.constantFrom<(number | undefined)[]>(undefined, undefined, 1, 3, 6))
    .map(([id, tsMs, [kind, value], ttlMs, uses]): Point => [
      id,
      tsMs,
      kind,
      value,
      ttlMs,
      ...(uses === undefined ? ([] as const) : ([uses] as const)),
    ]),
  { maxLength: 40 },
);

test('decoding gives what was encoded, whatever the buffer started with', () => {
  fc.assert(
    fc.property(points, fc.constantFrom(64, 16_384), (given, size) => {
      expect(decoded(encoded(given, size))).toEqual(given);
    }),
  );
});

test('units one after the other decode as they would alone', () => {
  fc.assert(
    fc.property(points, points, (first, second) => {
      const body = logBodyOf([encoded(first), encoded(second)]);
      expect(decoded(pointsOfLogBody(body) as Uint8Array)).toEqual([...first, ...second]);
    }),
  );
});

test('a typical reading of three doubles costs less than five bytes a point', () => {
  const readings = Array.from({ length: 600 }, (_, n): Point => [
    1 + (n % 600),
    1_700_000_000_000 + Math.floor(n / 3),
    ValueKind.double,
    (n % 1_000) / 10,
    0,
  ]);
  expect(encoded(readings).length / readings.length).toBeLessThan(5);
});

test('remembered publishes stand between points without disturbing them', () => {
  const encoder = new PointEncoder(encodingBuffer());
  encoder.point(7, 1_000, ValueKind.double, 1.5, 0, ValueUse.all);
  encoder.packet(300, 65_535, 4_294_967_295, 1_700_000_000_000);
  encoder.point(8, 1_700_000_000_000, ValueKind.long, 2, 0, ValueUse.all);
  const decoder = new PointDecoder(encoder.written);
  expect([decoder.next(), decoder.kind, decoder.seriesId, decoder.value]).toEqual([true, ValueKind.double, 7, 1.5]);
  const publish = [decoder.next(), decoder.kind, decoder.isRemoval, decoder.entityNumber, decoder.packetId, decoder.payloadHash, decoder.tsMs];
  expect(publish).toEqual([true, 0, false, 300, 65_535, 4_294_967_295, 1_700_000_000_000]);
  expect([decoder.next(), decoder.seriesId, decoder.tsMs, decoder.value]).toEqual([true, 8, 1_700_000_000_000, 2]);
  expect(decoder.next()).toBe(false);
});

test('removals stand between points without disturbing them, whatever their range', () => {
  const ranges = fc.tuple(seriesIds, fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.constantFrom('keep', 'remove', 'rewrite'));
  fc.assert(
    fc.property(points, ranges, points, fc.constantFrom(64, 16_384), (before, removal, after, size) => {
      const encoder = new PointEncoder(encodingBuffer(size));
      const add = ([id, tsMs, kind, value, ttlMs, uses = ValueUse.all]: Point): void => encoder.point(id, tsMs, kind, value, ttlMs, uses);
      before.forEach(add);
      const [seriesId, startMs, endMs, latest] = removal;
      encoder.removal(seriesId, startMs, endMs, latest);
      after.forEach(add);
      const decoder = new PointDecoder(encoder.written);
      const read: unknown[] = [];
      while (decoder.next()) {
        if (decoder.kind === 0) read.push([decoder.isRemoval, decoder.removedId, decoder.startMs, decoder.endMs, decoder.latest]);
        else read.push([decoder.seriesId, decoder.tsMs, decoder.value]);
      }
      const told = (given: readonly Point[]): unknown[] => given.map(([id, tsMs, , value]) => [id, tsMs, value]);
      expect(read).toEqual([...told(before), [true, seriesId, startMs, endMs, LatestFate[latest]], ...told(after)]);
    }),
  );
});

test('the bytes of the format never change', () => {
  const bytes = encoded([
    [1, 1_700_000_000_000, ValueKind.double, 21.5, 0],
    [2, 1_700_000_000_000, ValueKind.long, -3, 0],
    [9, 1_700_000_000_250, ValueKind.string, 'on', 60_000],
    [9, 1_700_000_000_249, ValueKind.boolean, true, 60_000],
    [10, 5, ValueKind.long, 2n ** 60n, 0],
    [10, 6, ValueKind.double, 1 / 3, 0],
    [11, 6, ValueKind.json, '{}', 0],
    [11, 7, ValueKind.double, 1, 0, ValueUse.history],
  ]);
  expect(Buffer.from(logBodyOf([bytes])).toString('hex')).toBe(
    '019be9a6de00008700008056febc7842ae030305000100000000004ced406b0ef403026f6e52010001000000000000' +
      '000085000000000000144000000000000000105a02555555555555d53f0c027b7d000301560202',
  );
  const removing = new PointEncoder(encodingBuffer());
  removing.removal(300, 5, Number.POSITIVE_INFINITY, 'rewrite');
  expect(Buffer.from(removing.written).toString('hex')).toBe('00000004ac02020000000000001440000000000000f07f');
});

test('a row that was changed, cut short or written by a later version is told from a good one', () => {
  const body = logBodyOf([encoded([[1, 2, ValueKind.double, 3, 0]])]);
  const changed = body.slice();
  changed[8] = (changed[8] ?? 0) ^ 1;
  expect(pointsOfLogBody(changed)).toEqual({ reason: 'does not match its checksum' });
  expect(pointsOfLogBody(body.subarray(0, 7))).toEqual({ reason: 'does not match its checksum' });
  expect(pointsOfLogBody(body.subarray(0, 3))).toEqual({ reason: 'is cut short' });
  expect(pointsOfLogBody(Uint8Array.of(2, 0, 0, 0, 0))).toEqual({ reason: 'has the unknown format 2' });
});

test('any bytes decode to an end or an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const decoder = new PointDecoder(bytes);
      try {
        while (decoder.next());
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
