// Goal: what a node did to a message can be read. Method: messages with one change of each kind, and random ones compared
// with themselves and with others.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changesBetween } from './difference.js';

const compared = (before: unknown, after: unknown) => changesBetween(JSON.stringify(before), JSON.stringify(after));

it('tells what is changed, added, removed and the same, into objects and lists', () => {
  expect(compared({ t: 1, a: { b: [1, 2] }, gone: null }, { t: 2, a: { b: [1, 3, 4] }, unit: 'F' })).toEqual([
    { path: 't', kind: 'changed', before: '1', after: '2' },
    { path: 'a.b[0]', kind: 'same', before: '1', after: '1' },
    { path: 'a.b[1]', kind: 'changed', before: '2', after: '3' },
    { path: 'gone', kind: 'removed', before: 'null' },
    { path: 'a.b[2]', kind: 'added', after: '4' },
    { path: 'unit', kind: 'added', after: '"F"' },
  ]);
});

it('a member that becomes an object is another one', () => {
  expect(compared({ a: 1 }, { a: { b: 1 } })).toEqual([
    { path: 'a', kind: 'removed', before: '1' },
    { path: 'a.b', kind: 'added', after: '1' },
  ]);
});

it.each([
  ['no JSON', '{}'],
  ['42', '{}'],
  [JSON.stringify(Array.from({ length: 600 }, (_, n) => n)), '[]'],
])('leaves texts that are no objects, or too large, to be read as they are', (before, after) => {
  expect(changesBetween(before, after)).toBeUndefined();
});

it('finds no change in a message that is the same, and none is lost', () => {
  const message = fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 });
  fc.assert(
    fc.property(message, message, (one, other) => {
      expect((compared(one, one) ?? []).every(({ kind }) => kind === 'same')).toBe(true);
      const changes = compared(one, other) ?? [];
      const leaves = (kinds: readonly string[]) => changes.filter(({ kind }) => kinds.includes(kind)).length;
      expect(leaves(['same', 'changed', 'removed'])).toBe(compared(one, {})?.length);
      expect(leaves(['same', 'changed', 'added'])).toBe(compared({}, other)?.length);
    }),
  );
});
