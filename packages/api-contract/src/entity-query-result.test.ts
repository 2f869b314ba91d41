import { expect, test } from 'vitest';
import { queriedText } from './entity-query-result.js';

// Goal: values of queries look as ThingsBoard's clients expect them (rest-api.md §23.2). Method: texts on both sides of each rule.

test.each([
  ['42', '42'],
  ['-42', '-42'],
  ['0', '0'],
  ['-0', '0'],
  ['9223372036854775807', '9223372036854775807'],
  ['9223372036854775808', '9223372036854775808'],
  ['42.50', '42.5'],
  ['42.0', '42.0'],
  ['0.001', '0.001'],
  ['0.0001', '0.0001'],
  ['12345678.5', '12345678.5'],
  ['-.5', '-0.5'],
  ['007', '007'],
  ['00.5', '00.5'],
  ['5.', '5.'],
  ['1e3', '1e3'],
  ['1e+21', '1e+21'],
  ['', ''],
  ['-', '-'],
  ['true', 'true'],
  ['1.2.3', '1.2.3'],
])('%s is shown as %s', (text, shown) => {
  expect(queriedText(text)).toBe(shown);
});
