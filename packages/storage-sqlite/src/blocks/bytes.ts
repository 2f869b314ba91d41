/** Bits that the whole number `n`, 0 <= n <= 2^53, needs. */
export function bitLength(n: number): number {
  return n < 0x1_0000_0000 ? 32 - Math.clz32(n) : 64 - Math.clz32(n / 0x1_0000_0000);
}

/** Writes bytes into a buffer that grows. Numbers are little endian; a varint has 7 bits a byte, the last with its high bit clear. */
export class ByteWriter {
  bytes = new Uint8Array(8_192);
  view = new DataView(this.bytes.buffer);
  used = 0;

  /** Makes room for so many more bytes. */
  reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.used + more, this.bytes.length * 2));
    bytes.set(this.bytes.subarray(0, this.used));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.used++] = value;
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest > 0x7fff_ffff) {
      this.bytes[this.used++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest > 0x7f) {
      this.bytes[this.used++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.used++] = rest;
  }

  /** A whole number from -2^52 to 2^52. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  float64(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.used, value, true);
    this.used += 8;
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.view.setBigInt64(this.used, value, true);
    this.used += 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.used);
    this.used += bytes.length;
  }
}

/** Thrown over bytes that are no block: they were changed, or written by something else. */
export class DamagedBlock extends Error {}

/** Reads what `ByteWriter` wrote, from `at` to before `end`. @throws DamagedBlock at the end */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
    this.#end = end;
  }

  /** Moves past so many bytes and tells where they began. */
  take(count: number): number {
    const start = this.at;
    if (count > this.#end - start) throw new DamagedBlock('it ends too early');
    this.at = start + count;
    return start;
  }

  byte(): number {
    return this.bytes[this.take(1)] as number;
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
      if (factor > 2 ** 53) throw new DamagedBlock('it holds a number that is too large');
    }
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  int64(): bigint {
    return this.view.getBigInt64(this.take(8), true);
  }

  raw(count: number): Uint8Array {
    const start = this.take(count);
    return this.bytes.subarray(start, start + count);
  }
}
