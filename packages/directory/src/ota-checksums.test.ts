// Goal: checksums are those that devices compute. Method: published vectors of each algorithm, and any bytes in any pieces.
import { checksumAlgorithms } from '@fieldline/model';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { runningChecksum } from './ota-checksums.js';

type Algorithm = (typeof checksumAlgorithms)[number];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
function checksum(algorithm: Algorithm, ...pieces: readonly Uint8Array[]): string {
  const running = runningChecksum(algorithm, (name) => {
    const hash = createHash(name);
    return { update: (piece) => void hash.update(piece), digest: () => hash.digest('hex') };
  });
  for (const piece of pieces) running.update(piece);
  return running.digest();
}
const lowestFirst = (hex: string): string => (hex.match(/../g) ?? []).reverse().join('');

test.each<{ algorithm: Algorithm; text: string; hex: string }>([
  { algorithm: 'CRC32', text: '', hex: '00000000' },
  { algorithm: 'CRC32', text: '123456789', hex: lowestFirst('cbf43926') },
  { algorithm: 'MURMUR3_32', text: '', hex: '00000000' },
  { algorithm: 'MURMUR3_32', text: 'hello', hex: lowestFirst('248bfa47') },
  { algorithm: 'MURMUR3_32', text: 'hello, world', hex: lowestFirst('149bbb7f') },
  { algorithm: 'MURMUR3_32', text: 'The quick brown fox jumps over the lazy dog.', hex: lowestFirst('d5c48bfc') },
  { algorithm: 'MURMUR3_128', text: '', hex: '0'.repeat(32) },
  { algorithm: 'MURMUR3_128', text: 'hello', hex: lowestFirst('cbd8a7b341bd9b02') + lowestFirst('5b1e906a48ae1d19') },
  { algorithm: 'MURMUR3_128', text: 'hello, world', hex: lowestFirst('342fac623a5ebc8e') + lowestFirst('4cdcbc079642414d') },
  {
    algorithm: 'MURMUR3_128',
    text: 'The quick brown fox jumps over the lazy dog.',
    hex: lowestFirst('cd99481f9ee902c9') + lowestFirst('695da1a38987b6e7'),
  },
  { algorithm: 'MD5', text: 'abc', hex: '900150983cd24fb0d6963f7d28e17f72' },
  { algorithm: 'SHA256', text: 'abc', hex: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  { algorithm: 'SHA384', text: '', hex: createHash('sha384').digest('hex') },
  { algorithm: 'SHA512', text: '', hex: createHash('sha512').digest('hex') },
])('$algorithm of "$text"', ({ algorithm, text, hex }) => {
  expect(checksum(algorithm, bytes(text))).toBe(hex);
});

test('any bytes have one checksum, in whatever pieces they come', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...checksumAlgorithms), pieces, (algorithm, parts) => {
      expect(checksum(algorithm, ...parts)).toBe(checksum(algorithm, Buffer.concat(parts)));
    }),
  );
});

test('CRC32 of any bytes is that of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (some) => {
      expect(checksum('CRC32', some)).toBe(lowestFirst(crc32(some).toString(16).padStart(8, '0')));
    }),
  );
});
