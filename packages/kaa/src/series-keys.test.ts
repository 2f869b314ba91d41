// Goal: telemetry keys and values of Kaa series stand for each other, whoever wrote them. Method: the table of kaa.md §1, and
// any key at all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasOwnKey, keyOfValue, valueOfKey } from './series-keys.js';

test.each([
  ['temperature', 'temperature', 'value'],
  ['auto~temperature', 'auto~temperature', 'value'],
  ['location.latitude', 'location', 'latitude'],
  ['a.b.c', 'a', 'b.c'],
  ['auto~a.b', 'auto~a.b', 'value'],
  ['my key.x', 'my key.x', 'value'],
  ['a.value', 'a.value', 'value'],
  ['a.time', 'a.time', 'value'],
  ['a.', 'a.', 'value'],
  ['.a', '.a', 'value'],
])('the key %s is of the series %s the value %s', (key, series, value) => expect(valueOfKey(key)).toEqual({ series, value }));

test('every key is one value of one series, and no two are the same', () => {
  const part = fc.oneof(fc.constantFrom('a', 'value', 'time', 'auto~a', '', 'x y'), fc.string({ maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const key = parts.join('.');
      const found = valueOfKey(key);
      expect(keyOfValue(found.series, found.value)).toBe(key);
      expect(hasOwnKey(found)).toBe(true);
    }),
  );
});

test.each([
  ['a.b', 'c'],
  ['my key', 'x'],
  ['auto~a', 'x'],
])('series %s has no key of its own for %s', (series, value) => expect(hasOwnKey({ series, value })).toBe(false));
