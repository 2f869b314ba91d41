// A block: the points of one series, in ascending order of time.
//
//   format   byte: 1
//   checksum u32, little endian: CRC-32 of what follows
//   count    varint, 1 to 65,536
//   kind     byte: kind of all values; or 0, then runs: kind (byte) and how many (varint), until all are said
//   times    column of whole numbers (int-column.ts), milliseconds since 1970
//   values   of each kind that occurs, in the order of the kinds: booleans and longs as columns of whole numbers, longs with those
//            beyond 2^53 before them (see below), doubles by double-column.ts, strings and JSON by text-column.ts
//
// Longs begin with how many are beyond 2^53 (varint); of each of those its place among the longs (varint) and its int64. The column has 0 there.

import { assert } from '@fieldline/kernel';
import { pointColumns, ValueKind, type OtherValue, type PointColumns } from '@fieldline/model';
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, DamagedBlock } from './bytes.js';
import { readDoubles, writeDoubles } from './double-column.js';
import { readInts, writeInts } from './int-column.js';
import { readTexts, writeTexts } from './text-column.js';

const FORMAT = 1;
const HEADER_BYTES = 5;
export const BLOCK_POINTS_MAX = 65_536;
/** Room for the columns of a block while it is written or read; kept from block to block. */
const scratch = { a: new Float64Array(1_024), b: new Float64Array(1_024) };

function roomFor(count: number): void {
  if (scratch.a.length >= count) return;
  scratch.a = new Float64Array(count);
  scratch.b = new Float64Array(count);
}

const writer = new ByteWriter();
/** Numbers are read four bytes at a time, to the last. */
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
  roomFor(count);
  writer.used = HEADER_BYTES;
  writer.varint(count);
  const kind = writeKinds(kinds, count);
  scratch.a.set(times);
  writeInts(writer, scratch.a, count);
  if (kind === ValueKind.double) writeDoubles(writer, numbers, count, scratch.b);
  else
    for (let one: number = ValueKind.boolean; one <= ValueKind.json; one += 1)
      if (kind === one || kind === 0) writeValues({ count, times, kinds, numbers, others }, one);
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

/** Writes the values of one kind, if there are any. */
function writeValues({ count, kinds, numbers, others }: PointColumns, kind: number): void {
  const { a: chosen, b } = scratch;
  const texts: string[] = [];
  const large: { readonly place: number; readonly value: bigint }[] = [];
  let found = 0;
  for (let place = 0; place < count; place += 1) {
    if (kinds[place] !== kind) continue;
    const other = others?.[place];
    if (kind >= ValueKind.string) texts.push(other as string);
    else if (typeof other === 'bigint') large.push({ place: found, value: other });
    chosen[found] = other === undefined ? (numbers[place] as number) : 0;
    found += 1;
  }
  if (found === 0) return;
  if (kind === ValueKind.double) return writeDoubles(writer, chosen, found, b);
  if (kind >= ValueKind.string) return writeTexts(writer, texts, chosen);
  if (kind === ValueKind.long) {
    writer.varint(large.length);
    for (const { place, value } of large) {
      writer.varint(place);
      writer.int64(value);
    }
  }
  writeInts(writer, chosen, found);
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
  roomFor(count);
  const kinds = new Uint8Array(count);
  const kind = readKinds(from, kinds);
  const points: PointColumns = { ...pointColumns(count), count, kinds };
  readInts(from, points.times, count);
  if (kind === ValueKind.double) readDoubles(from, points.numbers, count);
  else for (let one: number = ValueKind.boolean; one <= ValueKind.json; one += 1) if (kind === one || kind === 0) readValues(from, points, one);
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

/** Reads the values of one kind to their places, if there are any. */
function readValues(from: ByteReader, points: PointColumns, kind: number): void {
  const { kinds, numbers } = points;
  const places: number[] = [];
  for (let place = 0; place < points.count; place += 1) if (kinds[place] === kind) places.push(place);
  if (places.length === 0) return;
  const { a: read } = scratch;
  if (kind >= ValueKind.string) {
    const texts = readTexts(from, places.length, read);
    places.forEach((place, n) => setOther(points, place, texts[n] as string));
    return;
  }
  const large = kind === ValueKind.long ? readLarge(from, places.length) : [];
  if (kind === ValueKind.double) readDoubles(from, read, places.length);
  else readInts(from, read, places.length);
  places.forEach((place, n) => (numbers[place] = read[n] as number));
  for (const { place, value } of large) setOther(points, places[place] as number, value);
}

function readLarge(from: ByteReader, count: number): { readonly place: number; readonly value: bigint }[] {
  const large = from.varint();
  if (large > count) throw new DamagedBlock('it holds an impossible number of large values');
  return Array.from({ length: large }, () => {
    const place = from.varint();
    if (place >= count) throw new DamagedBlock('it holds a value at an impossible place');
    return { place, value: from.int64() };
  });
}

function setOther(points: PointColumns, place: number, value: OtherValue): void {
  points.others ??= new Array<undefined>(points.count).fill(undefined);
  points.others[place] = value;
}
