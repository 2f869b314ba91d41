import type { ChecksumAlgorithm } from '@fieldline/model';
import { Murmur128, Murmur32 } from './murmur.js';
import type { NewHash, RunningHash } from './running-hash.js';
import { lowestFirst } from './running-hash.js';

/** Starts the checksum of an OTA package, as devices compute it: numbers are written byte by byte, the lowest first. */
export function runningChecksum(algorithm: ChecksumAlgorithm, newHash: NewHash): RunningHash {
  switch (algorithm) {
    case 'CRC32':
      return new Crc32();
    case 'MURMUR3_32':
      return new Murmur32();
    case 'MURMUR3_128':
      return new Murmur128();
    case 'MD5':
      return newHash('md5');
    case 'SHA256':
      return newHash('sha256');
    case 'SHA384':
      return newHash('sha384');
    case 'SHA512':
      return newHash('sha512');
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320;
  return crc;
});

/** CRC-32 of ISO 3309, as gzip and Ethernet have it. */
class Crc32 implements RunningHash {
  #crc = 0xffffffff;

  update(piece: Uint8Array): void {
    let crc = this.#crc;
    for (const byte of piece) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
    this.#crc = crc;
  }

  digest(): string {
    return lowestFirst(BigInt(~this.#crc >>> 0), 4);
  }
}
