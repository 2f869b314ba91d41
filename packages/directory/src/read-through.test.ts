// Goal: what is kept is bounded, and nothing that is dropped while it is read stays.
import { expect, test } from 'vitest';
import { ReadThrough } from './read-through.js';

const reader = () => {
  let reads = 0;
  return { read: async () => ++reads, count: () => reads };
};

test('keeps at most its size, and lets go of what was used longest ago', async () => {
  const kept = new ReadThrough<number>({ size: 2, keptMs: 1_000 });
  const { read, count } = reader();
  for (const key of ['a', 'b', 'a', 'c']) await kept.get(key, 0, read);
  expect([kept.count, count()]).toEqual([2, 3]);
  await kept.get('a', 0, read);
  expect(count()).toBe(3);
  await kept.get('b', 0, read);
  expect(count()).toBe(4);
});

test('reads again after its time', async () => {
  const kept = new ReadThrough<number>({ size: 2, keptMs: 1_000 });
  const { read } = reader();
  expect([await kept.get('a', 0, read), await kept.get('a', 999, read), await kept.get('a', 1_000, read)]).toEqual([1, 1, 2]);
});

test('what is dropped while it is read is read again, and a failed read is not kept', async () => {
  const kept = new ReadThrough<string>({ size: 2, keptMs: 1_000 });
  const { promise, resolve } = Promise.withResolvers<string>();
  const before = kept.get('a', 0, () => promise);
  kept.drop('a');
  const after = kept.get('a', 0, async () => 'new');
  resolve('old');
  expect([await before, await after, await kept.get('a', 0, async () => 'newer')]).toEqual(['old', 'new', 'new']);
  await expect(kept.get('b', 0, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await kept.get('b', 0, async () => 'there')).toBe('there');
});
