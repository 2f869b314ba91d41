// Goal: the text of a history is what the plain form of the answer would be, in slices of bounded length. Method: a property
// over points of every kind, against the objects of the contract turned to JSON in one go.
import { pointToWire } from '@fieldline/api-contract';
import { columnsOfPoints, type PointColumns, ValueKind } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyText } from './history-text.js';
import { HISTORY_SLICE_CHARACTERS } from './limits.js';

const { boolean, long, double, string, json } = ValueKind;
const value = fc.oneof(
  fc.record({ kind: fc.constant(boolean), value: fc.boolean() }),
  fc.record({ kind: fc.constant(long), value: fc.oneof(fc.integer(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })) }),
  fc.record({ kind: fc.constant(double), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ kind: fc.constant(string), value: fc.string({ unit: 'binary' }) }),
  fc.record({ kind: fc.constant(json), value: fc.json() }),
);
const point = fc.record({ tsMs: fc.integer({ min: -8.64e15, max: 8.64e15 }), value }).map(({ tsMs, value: typed }) => ({ tsMs, ...typed }));
const pieces = fc.array(fc.array(point, { minLength: 1, maxLength: 4 }), { maxLength: 3 });
const series = fc.uniqueArray(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'a"b')), pieces), { selector: ([key]) => key });

async function slicesOf(given: readonly (readonly [string, readonly PointColumns[]])[], isStrict: boolean): Promise<string[]> {
  const found = new Map(given);
  const read = async function* (key: string) {
    yield* found.get(key) ?? [];
  };
  const slices = [];
  for await (const slice of historyText([...found.keys()], read, isStrict)) slices.push(slice);
  return slices;
}

test.each([false, true])('with strict types %s the text reads back as the answer of the contract', async (isStrict) => {
  await fc.assert(
    fc.asyncProperty(series, async (given) => {
      const slices = await slicesOf(
        given.map(([key, lists]) => [key, lists.map(columnsOfPoints)]),
        isStrict,
      );
      const expected = given.map(([key, lists]) => [key, lists.flat().map((one) => pointToWire({ key, ...one }, isStrict))] as const);
      const withPoints = expected.filter(([, points]) => points.length > 0);
      expect(JSON.parse(slices.join(''))).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(withPoints))));
    }),
  );
});

test('a long piece comes in slices that are hardly longer than the bound', async () => {
  const points = Array.from({ length: 8_192 }, (_, n) => ({ tsMs: 1_700_000_000_000 + n, kind: double, value: n / 7 }));
  const slices = await slicesOf([['k', [columnsOfPoints(points), columnsOfPoints(points)]]], false);
  expect(slices.length).toBeGreaterThan(5);
  expect(Math.max(...slices.map(({ length }) => length))).toBeLessThan(HISTORY_SLICE_CHARACTERS + 100);
  expect(JSON.parse(slices.join('')).k).toHaveLength(2 * 8_192);
});

test('a piece is not asked for before the slices of the last one were taken', async () => {
  let asked = 0;
  const points = columnsOfPoints(Array.from({ length: 8_192 }, (_, n) => ({ tsMs: n, kind: string, value: 'x'.repeat(50) })));
  const read = async function* () {
    for (;;) {
      asked += 1;
      yield points;
    }
  };
  const text = historyText(['k'], read, false);
  for (let n = 0; n < 5; n += 1) await text.next();
  expect(asked).toBe(1);
  await text.return();
});
