// Goal: a difference is rounded as the decimal number people read, not as the double behind it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText } from './decimal.js';

test.each<[number, number | undefined, string | undefined]>([
  [2, undefined, '2'],
  [2.5, undefined, '2.5'],
  [-2.5, undefined, '-2.5'],
  [0, undefined, '0'],
  [-0, undefined, '0'],
  [0.1 + 0.2, undefined, '0.30000000000000004'],
  [0.1 + 0.2, 2, '0.3'],
  [1.005, 2, '1.01'],
  [-1.005, 2, '-1.01'],
  [2.675, 2, '2.68'],
  [0.5, 0, '1'],
  [-0.4, 0, '0'],
  [1.999, 2, '2'],
  [1.5, 3, '1.5'],
  [1e-7, undefined, '1e-7'],
  [5e-7, 6, '0.000001'],
  [1.5e-7, 6, '0'],
  [1e15, undefined, '1000000000000000'],
  [2 ** 62, undefined, '4611686018427388000'],
  [1e21, undefined, undefined],
  [-1e19, undefined, undefined],
  [Infinity, undefined, undefined],
  [Number.NaN, 2, undefined],
])('%d to %s digits is %s', (value, digits, text) => expect(decimalText(value, digits)).toBe(text));

test('rounding takes the nearest decimal, and the one further from zero of two', () => {
  // Whole numbers of thousandths, so that what is right can be said in integers.
  fc.assert(
    fc.property(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(2), (thousandths, digits) => {
      const step = 10 ** (3 - digits);
      const nearest = (Math.sign(thousandths) * Math.floor((Math.abs(thousandths) + step / 2) / step) * step) / 1_000;
      expect(Number(decimalText(thousandths / 1_000, digits))).toBeCloseTo(nearest, 9);
      expect(Number(decimalText(thousandths / 1_000, undefined))).toBe(thousandths / 1_000 + 0);
    }),
  );
});
