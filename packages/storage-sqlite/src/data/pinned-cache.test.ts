import { expect, test } from 'vitest';
import { PinnedCache } from './pinned-cache.js';

test('the least recently used value goes first, a pinned one never', () => {
  const cache = new PinnedCache<number>(2);
  cache.set('a', 1);
  cache.pin('a');
  cache.set('b', 2);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  cache.unpin('a');
  cache.get('a');
  cache.set('d', 4);
  expect([cache.get('a'), cache.get('c'), cache.get('d')]).toEqual([1, undefined, 4]);
});

test('what was all pinned shrinks back to the limit', () => {
  const cache = new PinnedCache<number>(2);
  const keys = ['a', 'b', 'c', 'd'];
  for (const key of keys) {
    cache.set(key, 1);
    cache.pin(key);
  }
  expect(keys.map((key) => cache.get(key))).toEqual([1, 1, 1, 1]);
  for (const key of keys) cache.unpin(key);
  cache.set('e', 1);
  expect([...keys, 'e'].filter((key) => cache.get(key) !== undefined)).toEqual(['d', 'e']);
});
