import { columnsOfPoints, pointsOfColumns, ValueKind, type DataPoint, type PointColumns, type StoredValue, type TypedValue } from '@fieldline/model';
import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBlock, encodeBlock } from './block-codec.js';
import { summaryOf } from './block-summary.js';
import { DamagedBlock } from './bytes.js';

// Goal: whatever points a series may hold come back bit by bit, and no damage goes unnoticed.
// Method: runs of one kind and mixtures, at times that are regular, irregular or far apart.

const typed =
  (kind: ValueKind) =>
  (value: StoredValue): TypedValue => ({ kind, value });
const decimals = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, places]) => digits / 10 ** places);
const doubles = fc
  .oneof(decimals, decimals, fc.double({ noNaN: true }), fc.constantFrom(0, -0, 2 ** 51, 2 ** 53 + 2, 1e308))
  .map(typed(ValueKind.double));
const longs = fc
  .oneof(fc.integer({ min: -9, max: 9 }), fc.integer(), fc.maxSafeInteger(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n))
  .map(typed(ValueKind.long));
const booleans = fc.boolean().map(typed(ValueKind.boolean));
const texts = fc.oneof(fc.constantFrom('', 'on', 'off', '\ufeffmark'), fc.string({ unit: 'grapheme', maxLength: 40 }));
const strings = texts.map(typed(ValueKind.string));
const jsons = fc.json().map(typed(ValueKind.json));
const someDecimals = decimals.map(typed(ValueKind.double));
const values = fc.oneof(
  ...[someDecimals, doubles, longs, booleans, strings, jsons, fc.oneof(doubles, longs, booleans, strings, jsons)].map((value) =>
    fc.array(value, { minLength: 1, maxLength: 200 }),
  ),
);
const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(1_000), fc.integer({ min: 1, max: 2 ** 40 })), {
  minLength: 1,
  maxLength: 9,
});
const starts = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(1_700_000_000_000), fc.integer({ min: -(2 ** 52), max: 2 ** 52 }));
const points = fc.tuple(values, steps, starts).map(([given, between, startMs]) => {
  let tsMs = startMs;
  return given.map(({ kind, value }, place): DataPoint => ({ key: 'k', tsMs: (tsMs += between[place % between.length] as number), kind, value }));
});

const decoded = (bytes: Uint8Array): DataPoint[] => pointsOfColumns(decodeBlock(bytes), 'k');

test('points come back as they were, with their kinds and the sign of zero', () => {
  fc.assert(
    fc.property(points, (given) => {
      expect(decoded(encodeBlock(columnsOfPoints(given)))).toEqual(given);
    }),
    { numRuns: 1_000 },
  );
});

test('a part of columns is encoded as if it were all', () => {
  fc.assert(
    fc.property(points, fc.nat(), fc.nat(), (given, a, b) => {
      const start = a % given.length;
      const end = start + 1 + (b % (given.length - start));
      expect(encodeBlock(columnsOfPoints(given), start, end)).toEqual(encodeBlock(columnsOfPoints(given.slice(start, end))));
      expect(summaryOf(columnsOfPoints(given), start, end)).toEqual(summaryOf(columnsOfPoints(given.slice(start, end))));
    }),
  );
});

test('a changed byte is found wherever it is', () => {
  fc.assert(
    fc.property(points, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, place, change) => {
      const bytes = encodeBlock(columnsOfPoints(given));
      const at = place % bytes.length;
      bytes[at] = (bytes[at] as number) ^ change;
      expect(() => decodeBlock(bytes)).toThrow(DamagedBlock);
    }),
    { numRuns: 1_000 },
  );
});

test('a block that is cut, or longer than it was, is found', () => {
  fc.assert(
    fc.property(points, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 9 }), (given, place, more) => {
      const bytes = encodeBlock(columnsOfPoints(given));
      expect(() => decodeBlock(bytes.subarray(0, place % bytes.length))).toThrow(DamagedBlock);
      expect(() => decodeBlock(Uint8Array.from([...bytes, ...more]))).toThrow(DamagedBlock);
    }),
  );
});

test('bytes with a checksum that is right are a block or damaged, and nothing else', () => {
  const sealed = (bytes: Uint8Array): Uint8Array => {
    new DataView(bytes.buffer).setUint32(1, crc32(bytes.subarray(5)), true);
    return bytes;
  };
  const isOrderly = (bytes: Uint8Array): boolean => {
    try {
      return decodeBlock(bytes).count > 0;
    } catch (error) {
      return error instanceof DamagedBlock;
    }
  };
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(points, changes, fc.nat(), (given, changed, cut) => {
      const bytes = encodeBlock(columnsOfPoints(given));
      for (const [place, byte] of changed) bytes[5 + (place % (bytes.length - 5))] = byte;
      expect(isOrderly(sealed(bytes))).toBe(true);
      expect(isOrderly(sealed(bytes.slice(0, 5 + (cut % (bytes.length - 5)))))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

// The bytes of blocks outlive the program: these must be readable for ever. A change of the format is another format number.
test('blocks that were written before are read', () => {
  const mixed: readonly (readonly [ValueKind, StoredValue])[] = [
    [ValueKind.double, 21.5],
    [ValueKind.double, 21.6],
    [ValueKind.double, -0],
    [ValueKind.long, 7],
    [ValueKind.long, 2n ** 60n],
    [ValueKind.boolean, true],
    [ValueKind.string, 'on'],
    [ValueKind.string, 'on'],
    [ValueKind.json, '{"a":1}'],
  ];
  expect(decoded(Buffer.from(mixedBlock, 'hex'))).toEqual(
    mixed.map(([kind, value], n) => ({ key: 'k', tsMs: 1_700_000_000_000 + n * 1_000, kind, value })),
  );
  const one = decodeBlock(Buffer.from(decimalBlock, 'hex'));
  expect(one).toMatchObject({ count: 70, others: undefined });
  for (let n = 0; n < 70; n += 1) {
    const point = [one.times[n], one.kinds[n], one.numbers[n]];
    expect(point).toEqual([1_700_000_000_000 + n * 1_000 + (n % 5), ValueKind.double, (n === 40 ? 999 : n % 7) / 10]);
  }
});

const mixedBlock =
  '01c20befe90900030302020101040205010180a0abfef962d00f00000002000001010000000000000010000003000710054035802019999999999' +
  'a00c03599999999999a010002026f6e00000000010007077b2261223a317d0000000000000000';
const decimalBlock =
  '01d20636e446030180a0abfef962c80f03006d8bb645dba26dd1b6685bb42dda166d8bb645dba26dd1b6c80f0300685b010000030188c61ad158' +
  '231a6b44638d68ac118d37a2b14634d688c61a287c02030088c60200000000';

test('points at one time, or in descending order, make no block', () => {
  const at = (...times: readonly number[]): PointColumns => columnsOfPoints(times.map((tsMs) => ({ tsMs, kind: ValueKind.long, value: 1 })));
  expect(() => encodeBlock(at(1, 1))).toThrow('ascending');
  expect(() => encodeBlock(at(2, 1))).toThrow('ascending');
  expect(() => encodeBlock(at())).toThrow('holds points');
});

test('a lone surrogate becomes the sign for what cannot be told, as in the log', () => {
  const block = encodeBlock(columnsOfPoints([{ tsMs: 1, kind: ValueKind.string, value: 'a\ud800b' }]));
  expect(decoded(block)).toEqual([{ key: 'k', tsMs: 1, kind: ValueKind.string, value: 'a\ufffdb' }]);
});

test('a block of doubles with one decimal at nearly regular times takes less than two bytes a point', () => {
  const walk = Array.from({ length: 500 }, (_, n) => ({
    tsMs: 1_700_000_000_000 + n * 10_000 + ((n * 7) % 20),
    kind: ValueKind.double,
    value: Math.round(200 + 50 * Math.sin(n / 40)) / 10,
  }));
  expect(encodeBlock(columnsOfPoints(walk)).length / 500).toBeLessThan(2);
});
