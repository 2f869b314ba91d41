import { expect, test } from 'vitest';
import { fnv1a, fnv1aOfText } from './hash.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

// From the test vectors that the authors of FNV publish for the 32 bit variant.
test.each([
  { text: '', hash: 0x811c9dc5 },
  { text: 'a', hash: 0xe40c292c },
  { text: 'b', hash: 0xe70c2de5 },
  { text: 'foobar', hash: 0xbf9cf968 },
])('the hash of "$text" is the published one', ({ text, hash }) => {
  expect(fnv1a(bytesOf(text))).toBe(hash);
});

test('a part of a buffer hashes as the part alone does', () => {
  expect(fnv1a(bytesOf('xxfoobaryy'), 2, 8)).toBe(fnv1a(bytesOf('foobar')));
});

test('plain text hashes as its bytes do', () => {
  expect(fnv1aOfText('foobar')).toBe(fnv1a(bytesOf('foobar')));
});
