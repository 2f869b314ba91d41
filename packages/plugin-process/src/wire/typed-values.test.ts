import type { TypedValue } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packValue, unpackValue } from './typed-values.js';

const { boolean, long, double, string, json } = ValueKind;
const typed = fc.oneof(
  fc.record({ kind: fc.constant(boolean), value: fc.boolean() }),
  fc.record({ kind: fc.constant(long), value: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })) }),
  fc.record({ kind: fc.constant(double), value: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)) }),
  fc.record({ kind: fc.constantFrom(string, json), value: fc.string() }),
);

test('a value is the same after its way over JSON, integers beyond 2^53 included', () => {
  const there = (value: TypedValue) => unpackValue(JSON.parse(JSON.stringify(packValue({ key: 'k', ...value }))));
  fc.assert(
    fc.property(typed, (value) => {
      expect(there(value)).toStrictEqual({ key: 'k', ...value });
    }),
  );
});
