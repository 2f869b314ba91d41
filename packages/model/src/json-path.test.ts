import { expect, test } from 'vitest';
import { parseJsonPath, valueAtPath } from './json-path.js';

const sample = { a: { b: [1, { c: 2 }] }, 'x y': 3, '0': 4 };

test.each([
  ['a.b[0]', 1],
  ['$.a.b[1].c', 2],
  ["$['a']['b'][0]", 1],
  ['["x y"]', 3],
  ['x y', 3],
  ['$', sample],
  ['a.b.length', undefined],
  ['a.b[7]', undefined],
  ['constructor', undefined],
  ['[0]', undefined],
])('%s', (text, expected) => expect(valueAtPath(sample, parseJsonPath(text) ?? ['?'])).toEqual(expected));

test.each(['.', '$.', 'a..b', 'a.', 'a[', 'a[-1]', "a['b", '$a b[x]', '..a'])('%j is no path', (text) => expect(parseJsonPath(text)).toBeUndefined());
