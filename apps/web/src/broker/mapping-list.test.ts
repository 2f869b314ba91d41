// Goal: the order of mappings is what people made it.
import { expect, it } from 'vitest';
import { movedBy, withMapping, without } from './mapping-list.js';

const all = ['a', 'b', 'c'];

it('sets, adds, removes and moves entries', () => {
  expect(withMapping(all, 1, 'x')).toEqual(['a', 'x', 'c']);
  expect(withMapping(all, 3, 'x')).toEqual(['a', 'b', 'c', 'x']);
  expect(without(all, 0)).toEqual(['b', 'c']);
  expect(movedBy(all, 2, -1)).toEqual(['a', 'c', 'b']);
  expect(movedBy(all, 0, 1)).toEqual(['b', 'a', 'c']);
});

it('moves nothing beyond the ends', () => {
  expect(movedBy(all, 0, -1)).toEqual(all);
  expect(movedBy(all, 2, 1)).toEqual(all);
});
