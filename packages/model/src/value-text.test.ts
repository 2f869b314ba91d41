// Goal: a stored value that is written into a message comes back as the same value when the message is saved.
// Method: a table of the odd ones, then any double and any 64-bit integer through text and back.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedSpan } from './typed-values.js';
import type { TypedValue } from './value.js';
import { ValueKind } from './value.js';
import { valueJsonText } from './value-text.js';

test.each<[TypedValue, string]>([
  [{ kind: ValueKind.long, value: 42 }, '42'],
  [{ kind: ValueKind.long, value: 9_007_199_254_740_993n }, '9007199254740993'],
  [{ kind: ValueKind.double, value: 42 }, '42.0'],
  [{ kind: ValueKind.double, value: -0 }, '-0.0'],
  [{ kind: ValueKind.double, value: 1e21 }, '1000000000000000000000.0'],
  [{ kind: ValueKind.double, value: 22.4 }, '22.4'],
  [{ kind: ValueKind.string, value: 'a"b' }, '"a\\"b"'],
  [{ kind: ValueKind.boolean, value: true }, 'true'],
  [{ kind: ValueKind.json, value: '{"a":42.0}' }, '{"a":42.0}'],
])('%o is %s', (value, text) => expect(valueJsonText(value)).toBe(text));

test('any number is read back as it was', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): TypedValue => ({ kind: ValueKind.double, value }));
  const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value): TypedValue => ({ kind: ValueKind.long, value }));
  fc.assert(
    fc.property(fc.oneof(double, long), (value) => {
      const text = valueJsonText(value);
      const back = typedSpan(text, 0, text.length, true);
      expect(back?.kind).toBe(value.kind);
      expect(Object.is(Number(back?.value), Number(value.value))).toBe(true);
      expect(() => void JSON.parse(text)).not.toThrow();
    }),
  );
});
