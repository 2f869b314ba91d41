// Goal: merge patches do what RFC 7396 says. Method: the cases of its appendix A, and any JSON.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergePatched } from './merge-patch.js';
import type { JsonValue } from './value.js';

test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
] as [JsonValue, JsonValue, JsonValue][])('%j with %j is %j', (before, patch, after) => expect(mergePatched(before, patch)).toEqual(after));

test('what was there and the patch stay as they are', () => {
  const [before, patch] = [{ a: { b: 1 } }, { a: { c: { d: null } } }];
  expect(mergePatched(before, patch)).toEqual({ a: { b: 1, c: {} } });
  expect([before, patch]).toEqual([{ a: { b: 1 } }, { a: { c: { d: null } } }]);
});

test('a name that means something to JavaScript is a name like any other', () => {
  const patched = mergePatched({}, JSON.parse('{"__proto__":{"x":1}}') as JsonValue);
  expect([Object.keys(patched as object), Object.getPrototypeOf(patched)]).toEqual([['__proto__'], Object.prototype]);
});

test('a patch that was made has nothing more to change', () => {
  const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(json, json, (before, patch) => {
      const once = mergePatched(before, patch);
      expect(mergePatched(once, patch)).toEqual(once);
    }),
  );
});
