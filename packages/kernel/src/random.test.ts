import { expect, it } from 'vitest';
import { randomAlphanumerics } from './index.js';

it('random text uses every letter and digit equally often, whatever the bytes', () => {
  let next = 0;
  const counting = (into: Uint8Array): void => {
    for (let i = 0; i < into.length; i += 1) into[i] = next++ % 256;
  };
  const text = randomAlphanumerics(248, counting);
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  expect(new Set(counts.values())).toEqual(new Set([4]));
  expect(randomAlphanumerics(20, counting)).toMatch(/^[A-Za-z0-9]{20}$/);
});
