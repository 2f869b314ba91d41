import type { RunningHash } from './running-hash.js';
import { lowestFirst } from './running-hash.js';

// MurmurHash3 with seed 0, in the public domain, by Austin Appleby: constants and steps are those of its reference.

/** Cuts bytes that come in pieces into blocks of one size. */
class Blocks {
  readonly #rest: Uint8Array;
  readonly #take: (bytes: Uint8Array, offset: number) => void;
  #held = 0;
  length = 0;

  constructor(size: number, take: (bytes: Uint8Array, offset: number) => void) {
    this.#rest = new Uint8Array(size);
    this.#take = take;
  }

  update(piece: Uint8Array): void {
    const size = this.#rest.length;
    this.length += piece.length;
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(size - this.#held, piece.length);
      this.#rest.set(piece.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < size) return;
      this.#take(this.#rest, 0);
      this.#held = 0;
    }
    for (; at + size <= piece.length; at += size) this.#take(piece, at);
    this.#rest.set(piece.subarray(at));
    this.#held = piece.length - at;
  }

  /** What is left over, as a number, the lowest byte first. */
  tail(from: number): bigint {
    let value = 0n;
    for (let at = this.#held - 1; at >= from; at -= 1) value = (value << 8n) | BigInt(this.#rest[at] as number);
    return value;
  }
}

const rotated32 = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/** MurmurHash3_x86_32. */
export class Murmur32 implements RunningHash {
  readonly #blocks = new Blocks(4, (bytes, at) => {
    const word = at32(bytes, at);
    this.#hash = (Math.imul(rotated32(this.#hash ^ mixed32(word), 13), 5) + 0xe6546b64) | 0;
  });
  #hash = 0;

  update(piece: Uint8Array): void {
    this.#blocks.update(piece);
  }

  digest(): string {
    let hash = this.#hash ^ mixed32(Number(this.#blocks.tail(0))) ^ this.#blocks.length;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return lowestFirst(BigInt((hash ^ (hash >>> 16)) >>> 0), 4);
  }
}

const at32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
const mixed32 = (word: number): number => Math.imul(rotated32(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);

const c1 = 0x87c37b91114253d5n;
const c2 = 0x4cf5ad432745937fn;
const limited = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated64 = (value: bigint, bits: bigint): bigint => limited(value << bits) | (value >> (64n - bits));
const mixedFirst = (word: bigint): bigint => limited(rotated64(limited(word * c1), 31n) * c2);
const mixedSecond = (word: bigint): bigint => limited(rotated64(limited(word * c2), 33n) * c1);

/** MurmurHash3_x64_128. */
export class Murmur128 implements RunningHash {
  readonly #blocks = new Blocks(16, (bytes, at) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 16);
    const first = rotated64(this.#first ^ mixedFirst(view.getBigUint64(0, true)), 27n) + this.#second;
    this.#first = limited(first * 5n + 0x52dce729n);
    const second = rotated64(this.#second ^ mixedSecond(view.getBigUint64(8, true)), 31n) + this.#first;
    this.#second = limited(second * 5n + 0x38495ab5n);
  });
  #first = 0n;
  #second = 0n;

  update(piece: Uint8Array): void {
    this.#blocks.update(piece);
  }

  digest(): string {
    const length = BigInt(this.#blocks.length);
    let second = this.#second ^ mixedSecond(this.#blocks.tail(8)) ^ length;
    let first = limited((this.#first ^ mixedFirst(limited(this.#blocks.tail(0))) ^ length) + second);
    second = limited(second + first);
    first = finished(first);
    second = finished(second);
    first = limited(first + second);
    return lowestFirst(first, 8) + lowestFirst(limited(second + first), 8);
  }
}

function finished(value: bigint): bigint {
  let hash = limited((value ^ (value >> 33n)) * 0xff51afd7ed558ccdn);
  hash = limited((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return hash ^ (hash >> 33n);
}
