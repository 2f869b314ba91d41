// A column of whole numbers, |n| <= 2^49, in mini-blocks of 64 numbers, the last one shorter.
//
//   mode        byte: 0 the numbers, 1 their differences, 2 the differences of those; 3 every number as a float64
//   first       of mode 1 and 2 the first number, of mode 2 also the first difference, as signed varints
//   mini-block  smallest number as signed varint; byte: bits of what each number is above it, 0 to 53; byte: how many exceptions;
//               the lowest bits of all numbers packed, 24 at a time; then each exception: its place (byte), and its bits above (varint)

import { bitLength, DamagedBlock, type ByteReader, type ByteWriter } from './bytes.js';

const MINI_BLOCK = 64;
/** Bits packed in one pass: with up to 7 that wait for their byte to be full they fit the operators on 32 bits. */
const PASS_BITS = 24;
/** Beyond it differences of differences would not be exact. */
const EXACT_MAX = 2 ** 49;
/** Bytes an exception takes: its place, and usually two for its bits. */
const EXCEPTION_BYTES = 3;

/** Writes the first `count` numbers, which are changed. */
export function writeInts(into: ByteWriter, numbers: Float64Array, count: number): void {
  if (!areExact(numbers, count)) {
    into.byte(3);
    for (let i = 0; i < count; i += 1) into.float64(numbers[i] as number);
    return;
  }
  const first = numbers[0] as number;
  const direct = bytesOf(numbers, 0, count);
  differ(numbers, count, 1);
  const byDifference = count > 1 ? bytesOf(numbers, 1, count) + 2 : direct;
  const second = numbers[1] as number;
  differ(numbers, count, 2);
  const bySecond = count > 2 ? bytesOf(numbers, 2, count) + 4 : direct;
  const mode = bySecond < byDifference && bySecond < direct ? 2 : byDifference < direct ? 1 : 0;
  if (mode < 2) sum(numbers, count, 2);
  if (mode < 1) sum(numbers, count, 1);
  into.byte(mode);
  if (mode > 0) into.signed(first);
  if (mode > 1) into.signed(second);
  for (let start = mode; start < count; start += MINI_BLOCK) writeMiniBlock(into, numbers, start, Math.min(count, start + MINI_BLOCK));
}

/** Reads `count` numbers into the beginning of the array. @throws DamagedBlock */
export function readInts(from: ByteReader, numbers: Float64Array, count: number): void {
  const mode = from.byte();
  if (mode > 3) throw new DamagedBlock('it holds numbers in an unknown form');
  if (mode === 3) {
    for (let i = 0; i < count; i += 1) numbers[i] = from.float64();
    return;
  }
  for (let i = 0; i < mode && i < count; i += 1) numbers[i] = from.signed();
  for (let start = mode; start < count; start += MINI_BLOCK) readMiniBlock(from, numbers, start, Math.min(count, start + MINI_BLOCK));
  if (mode === 2) sum(numbers, count, 2);
  if (mode >= 1) sum(numbers, count, 1);
}

function areExact(numbers: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i += 1) if (!(Math.abs(numbers[i] as number) <= EXACT_MAX)) return false;
  return true;
}

/** Puts in place of each number its difference to the one before, from place `from` on. */
function differ(numbers: Float64Array, count: number, from: number): void {
  for (let i = count - 1; i >= from; i -= 1) numbers[i] = (numbers[i] as number) - (numbers[i - 1] as number);
}

function sum(numbers: Float64Array, count: number, from: number): void {
  for (let i = from; i < count; i += 1) numbers[i] = (numbers[i] as number) + (numbers[i - 1] as number);
}

/** How a mini-block is best written: shared by all, as nothing is planned while another plan is in use. */
const plan = { base: 0, bits: 0, exceptions: 0, bytes: 0 };
const ofLength = new Uint8Array(55);

/** Finds the number of bits that takes the fewest bytes: what few numbers need more is written beside them. */
function planMiniBlock(numbers: Float64Array, start: number, end: number): void {
  let base = numbers[start] as number;
  for (let i = start + 1; i < end; i += 1) if ((numbers[i] as number) < base) base = numbers[i] as number;
  ofLength.fill(0);
  let most = 0;
  for (let i = start; i < end; i += 1) {
    const bits = bitLength((numbers[i] as number) - base);
    ofLength[bits] = (ofLength[bits] as number) + 1;
    if (bits > most) most = bits;
  }
  const head = (Math.max(1, bitLength(Math.abs(base)) + 1) + 6) / 7 + 2;
  const count = end - start;
  let best = most;
  let bytes = (count * most) / 8;
  let exceptions = 0;
  let above = 0;
  for (let bits = most - 1; bits >= 0; bits -= 1) {
    above += ofLength[bits + 1] as number;
    const withExceptions = (count * bits) / 8 + above * EXCEPTION_BYTES;
    if (withExceptions < bytes) [best, bytes, exceptions] = [bits, withExceptions, above];
  }
  plan.base = base;
  plan.bits = best;
  plan.exceptions = exceptions;
  plan.bytes = head + bytes;
}

function bytesOf(numbers: Float64Array, from: number, count: number): number {
  let bytes = 0;
  for (let start = from; start < count; start += MINI_BLOCK) {
    planMiniBlock(numbers, start, Math.min(count, start + MINI_BLOCK));
    bytes += plan.bytes;
  }
  return bytes;
}

function writeMiniBlock(into: ByteWriter, numbers: Float64Array, start: number, end: number): void {
  planMiniBlock(numbers, start, end);
  const { base, bits, exceptions } = plan;
  into.signed(base);
  into.byte(bits);
  into.byte(exceptions);
  for (let shift = 0; shift < bits; shift += PASS_BITS) pack(into, numbers, start, end, base, 2 ** shift, Math.min(PASS_BITS, bits - shift));
  if (exceptions === 0) return;
  const unit = 2 ** bits;
  for (let i = start; i < end; i += 1) {
    const above = Math.floor(((numbers[i] as number) - base) / unit);
    if (above === 0) continue;
    into.byte(i - start);
    into.varint(above);
  }
}

function pack(into: ByteWriter, numbers: Float64Array, start: number, end: number, base: number, unit: number, bits: number): void {
  into.reserve(8 + 3 * MINI_BLOCK);
  const { bytes } = into;
  const mask = 2 ** bits - 1;
  let at = into.used;
  let waiting = 0;
  let filled = 0;
  for (let i = start; i < end; i += 1) {
    const above = (numbers[i] as number) - base;
    // What lies beyond 32 bits is cut by the operator; it is no concern of this pass.
    const low = (unit === 1 ? above : Math.floor(above / unit)) & mask;
    waiting |= low << filled;
    filled += bits;
    while (filled >= 8) {
      bytes[at++] = waiting;
      waiting >>>= 8;
      filled -= 8;
    }
  }
  if (filled > 0) bytes[at++] = waiting;
  into.used = at;
}

function readMiniBlock(from: ByteReader, numbers: Float64Array, start: number, end: number): void {
  const base = from.signed();
  const bits = from.byte();
  const exceptions = from.byte();
  if (bits > 53 || exceptions > end - start) throw new DamagedBlock('it holds numbers in an unknown form');
  numbers.fill(base, start, end);
  for (let shift = 0; shift < bits; shift += PASS_BITS) unpack(from, numbers, start, end, 2 ** shift, Math.min(PASS_BITS, bits - shift));
  const unit = 2 ** bits;
  for (let i = 0; i < exceptions; i += 1) {
    const place = start + from.byte();
    if (place >= end) throw new DamagedBlock('it holds numbers in an unknown form');
    numbers[place] = (numbers[place] as number) + from.varint() * unit;
  }
}

function unpack(from: ByteReader, numbers: Float64Array, start: number, end: number, unit: number, bits: number): void {
  let bit = from.take(Math.ceil(((end - start) * bits) / 8)) * 8;
  const { view } = from;
  const mask = 2 ** bits - 1;
  // Four bytes hold every number that begins in the first of them; blocks end in four spare bytes.
  for (let i = start; i < end; i += 1) {
    const low = (view.getUint32(bit >>> 3, true) >>> (bit & 7)) & mask;
    numbers[i] = (numbers[i] as number) + (unit === 1 ? low : low * unit);
    bit += bits;
  }
}
