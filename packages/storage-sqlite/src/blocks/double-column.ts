// A column of doubles. A first byte says how they stand:
//
//   0 to 9   decimals: each number times that power of ten, rounded, as a column of whole numbers (int-column.ts)
//   16       each number as its bits differ from those before: byte with the count of zero bytes in front (high half) and behind, then the rest

import { DamagedBlock, type ByteReader, type ByteWriter } from './bytes.js';
import { readInts, writeInts } from './int-column.js';

const DECIMALS_MAX = 9;
const BITS = 16;
const WHOLE_MAX = 2 ** 51;

/** Writes the first `count` numbers. `wholes` has room for as many. */
export function writeDoubles(into: ByteWriter, numbers: Float64Array, count: number, wholes: Float64Array): void {
  let decimals = decimalsOf(numbers[0] as number, 0);
  while (decimals <= DECIMALS_MAX) {
    const misfit = scale(numbers, count, 10 ** decimals, wholes);
    if (misfit === count) {
      into.byte(decimals);
      writeInts(into, wholes, count);
      return;
    }
    decimals = decimalsOf(numbers[misfit] as number, decimals + 1);
  }
  into.byte(BITS);
  writeBits(into, numbers, count);
}

/** Reads `count` numbers into the beginning of the array. @throws DamagedBlock */
export function readDoubles(from: ByteReader, numbers: Float64Array, count: number): void {
  const form = from.byte();
  if (form === BITS) return readBits(from, numbers, count);
  if (form > DECIMALS_MAX) throw new DamagedBlock('it holds doubles in an unknown form');
  readInts(from, numbers, count);
  const factor = 10 ** form;
  if (form > 0) for (let i = 0; i < count; i += 1) numbers[i] = (numbers[i] as number) / factor;
}

/** The fewest decimals, at least `from`, with which a number comes back exactly; more than the most where there are none. */
function decimalsOf(value: number, from: number): number {
  let decimals = from;
  while (decimals <= DECIMALS_MAX && !isWhole(value, 10 ** decimals)) decimals += 1;
  return decimals;
}

// The division is the very one the reader does, so what passes comes back exactly; -0 does not.
function isWhole(value: number, factor: number): boolean {
  const whole = Math.round(value * factor);
  return whole / factor === value && Math.abs(whole) <= WHOLE_MAX && (whole !== 0 || Object.is(value, 0));
}

/** Writes the whole numbers to `wholes`, up to the first number that has more decimals; returns its place, `count` where there is none. */
function scale(numbers: Float64Array, count: number, factor: number, wholes: Float64Array): number {
  for (let i = 0; i < count; i += 1) {
    const value = numbers[i] as number;
    const whole = Math.round(value * factor);
    if (whole / factor !== value || whole > WHOLE_MAX || whole < -WHOLE_MAX || (whole === 0 && !Object.is(value, 0))) return i;
    wholes[i] = whole;
  }
  return count;
}

const swap = new DataView(new ArrayBuffer(8));

function writeBits(into: ByteWriter, numbers: Float64Array, count: number): void {
  let highBefore = 0;
  let lowBefore = 0;
  for (let i = 0; i < count; i += 1) {
    swap.setFloat64(0, numbers[i] as number);
    const high = swap.getUint32(0);
    const low = swap.getUint32(4);
    swap.setUint32(0, high ^ highBefore);
    swap.setUint32(4, low ^ lowBefore);
    highBefore = high;
    lowBefore = low;
    let front = 0;
    while (front < 8 && swap.getUint8(front) === 0) front += 1;
    let behind = 0;
    while (front + behind < 8 && swap.getUint8(7 - behind) === 0) behind += 1;
    into.byte((front << 4) | behind);
    for (let at = front; at < 8 - behind; at += 1) into.byte(swap.getUint8(at));
  }
}

function readBits(from: ByteReader, numbers: Float64Array, count: number): void {
  let high = 0;
  let low = 0;
  for (let i = 0; i < count; i += 1) {
    const zeros = from.byte();
    const front = zeros >> 4;
    const behind = zeros & 0x0f;
    if (front + behind > 8) throw new DamagedBlock('it holds doubles in an unknown form');
    swap.setUint32(0, 0);
    swap.setUint32(4, 0);
    for (let at = front; at < 8 - behind; at += 1) swap.setUint8(at, from.byte());
    high = (high ^ swap.getUint32(0)) >>> 0;
    low = (low ^ swap.getUint32(4)) >>> 0;
    swap.setUint32(0, high);
    swap.setUint32(4, low);
    numbers[i] = swap.getFloat64(0);
  }
}
