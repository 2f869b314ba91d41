// A block: the points of one series, in ascending order of time.
//
//   format   byte: 1
//   checksum u32, little endian: CRC-32 of what follows
//   count    varint, 1 to 65,536
//   kind     byte: kind of all values; or 0, then runs: kind (byte) and how many (varint), until all are said
//   times    column of whole numbers (int-column.ts), milliseconds since 1970
//   values   of each kind that occurs, in the order of the kinds (value-columns.ts)
//   spare    four bytes, 0: numbers are read four bytes at a time, to the last

import { assert } from '@fieldline/kernel';
import { pointColumns, ValueKind, type PointColumns } from '@fieldline/model';
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, DamagedBlock } from './bytes.js';
import { readInts, writeInts } from './int-column.js';
import { readValues, writeValues } from './value-columns.js';

const FORMAT = 1;
const HEADER_BYTES = 5;
export const BLOCK_POINTS_MAX = 65_536;
/** The bytes of the block that is being written; kept from block to block. */
const writer = new ByteWriter();
const spare = new Uint8Array(4);

/**
 * The block of the points from place `start` to before `end`, which are at least one and at most `BLOCK_POINTS_MAX`, each later than
 * the one before. A lone surrogate in a text becomes U+FFFD, as in the log.
 *
 * @returns bytes of their own
 */
export function encodeBlock(points: PointColumns, start = 0, end = points.count): Uint8Array<ArrayBuffer> {
  const count = end - start;
  assert(count > 0 && count <= BLOCK_POINTS_MAX && end <= points.count, 'a block holds points, and not too many');
  const times = points.times.subarray(start, end);
  const kinds = points.kinds.subarray(start, end);
  const numbers = points.numbers.subarray(start, end);
  const others = points.others?.slice(start, end);
  for (let place = 1; place < count; place += 1) {
    assert((times[place] as number) > (times[place - 1] as number), 'the points of a block are in ascending order, one a time');
  }
  writer.used = HEADER_BYTES;
  writer.varint(count);
  const kind = writeKinds(kinds, count);
  writeInts(writer, times.slice(), count);
  writeValues(writer, { count, times, kinds, numbers, others }, kind);
  writer.raw(spare);
  const bytes = writer.bytes.slice(0, writer.used);
  bytes[0] = FORMAT;
  new DataView(bytes.buffer).setUint32(1, crc32(bytes.subarray(HEADER_BYTES)), true);
  return bytes;
}

/** Writes the kinds; returns the one that all values have, or 0. */
function writeKinds(kinds: Uint8Array, count: number): number {
  const first = kinds[0] as number;
  let run = 1;
  while (run < count && kinds[run] === first) run += 1;
  if (run === count) {
    writer.byte(first);
    return first;
  }
  writer.byte(0);
  for (let place = 0; place < count;) {
    const kind = kinds[place] as number;
    let end = place + 1;
    while (end < count && kinds[end] === kind) end += 1;
    writer.byte(kind);
    writer.varint(end - place);
    place = end;
  }
  return 0;
}

/** The points of a block. @throws DamagedBlock */
export function decodeBlock(bytes: Uint8Array): PointColumns {
  if (bytes.length < HEADER_BYTES + spare.length) throw new DamagedBlock('it is cut short');
  if (bytes[0] !== FORMAT) throw new DamagedBlock(`it has the unknown format ${bytes[0]}`);
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true);
  if (crc32(bytes.subarray(HEADER_BYTES)) !== checksum) throw new DamagedBlock('it does not match its checksum');
  const from = new ByteReader(bytes, HEADER_BYTES, bytes.length - spare.length);
  const count = from.varint();
  if (count === 0 || count > BLOCK_POINTS_MAX) throw new DamagedBlock('it holds an impossible number of points');
  const kinds = new Uint8Array(count);
  const kind = readKinds(from, kinds);
  const points: PointColumns = { ...pointColumns(count), count, kinds };
  readInts(from, points.times, count);
  readValues(from, points, kind);
  if (from.at !== bytes.length - spare.length) throw new DamagedBlock('it is too long');
  return points;
}

function readKinds(from: ByteReader, kinds: Uint8Array): number {
  const kind = from.byte();
  if (kind > ValueKind.json) throw new DamagedBlock('it holds values of an unknown kind');
  if (kind !== 0) {
    kinds.fill(kind);
    return kind;
  }
  for (let place = 0; place < kinds.length;) {
    const one = from.byte();
    const run = from.varint();
    if (one === 0 || one > ValueKind.json || run === 0 || run > kinds.length - place) throw new DamagedBlock('it holds values of an unknown kind');
    kinds.fill(one, place, place + run);
    place += run;
  }
  return 0;
}
