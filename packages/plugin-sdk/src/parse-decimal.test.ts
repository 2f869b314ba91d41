import { expect, test } from 'vitest';
import { parseDecimal } from './parse-decimal.js';

test.each([
  ['42', 42],
  ['-0.5', -0.5],
  ['+1.', 1],
  ['.5', 0.5],
  [' 1e3\n', 1_000],
  ['', undefined],
  [' ', undefined],
  ['.', undefined],
  ['1,5', undefined],
  ['0x10', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['1e999', undefined],
])('%j is %s', (text, number) => expect(parseDecimal(text)).toBe(number));
