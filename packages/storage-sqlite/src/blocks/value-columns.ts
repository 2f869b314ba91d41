// The values of a block, kind by kind:
//
//   booleans  column of whole numbers (int-column.ts)
//   longs     how many are beyond 2^53, as a varint; of each of those its place among the longs (varint) and its int64;
//             then all as a column of whole numbers, in which they are 0
//   doubles   double-column.ts
//   strings   text-column.ts
//   JSON      text-column.ts

import { ValueKind, type OtherValue, type PointColumns } from '@fieldline/model';
import { DamagedBlock, type ByteReader, type ByteWriter } from './bytes.js';
import { readDoubles, writeDoubles } from './double-column.js';
import { readInts, writeInts } from './int-column.js';
import { readTexts, writeTexts } from './text-column.js';

/** Room for the column that is written or read, and one more; kept from block to block. */
const scratch = { chosen: new Float64Array(1_024), wholes: new Float64Array(1_024) };

function roomFor(count: number): void {
  if (scratch.chosen.length >= count) return;
  scratch.chosen = new Float64Array(count);
  scratch.wholes = new Float64Array(count);
}

/** Writes the values of all points. `kind` is that of all of them, or 0. */
export function writeValues(into: ByteWriter, points: PointColumns, kind: number): void {
  roomFor(points.count);
  if (kind === ValueKind.double) return writeDoubles(into, points.numbers, points.count, scratch.wholes);
  for (let one: number = ValueKind.boolean; one <= ValueKind.json; one += 1) if (kind === one || kind === 0) writeKind(into, points, one);
}

/** Writes the values of one kind, if there are any. */
function writeKind(into: ByteWriter, { count, kinds, numbers, others }: PointColumns, kind: number): void {
  const { chosen, wholes } = scratch;
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
  if (kind === ValueKind.double) return writeDoubles(into, chosen, found, wholes);
  if (kind >= ValueKind.string) return writeTexts(into, texts, chosen);
  if (kind === ValueKind.long) {
    into.varint(large.length);
    for (const { place, value } of large) {
      into.varint(place);
      into.int64(value);
    }
  }
  writeInts(into, chosen, found);
}

/** Reads the values of all points, of which the kinds are known already. @throws DamagedBlock */
export function readValues(from: ByteReader, points: PointColumns, kind: number): void {
  const { count, numbers } = points;
  roomFor(count);
  if (kind === ValueKind.double) readDoubles(from, numbers, count);
  else if (kind === ValueKind.boolean) readInts(from, numbers, count);
  else if (kind >= ValueKind.string) points.others = readTexts(from, count, scratch.chosen);
  else for (let one: number = ValueKind.boolean; one <= ValueKind.json; one += 1) if (kind === one || kind === 0) readKind(from, points, one);
}

/** Reads the values of one kind to their places, if there are any. */
function readKind(from: ByteReader, points: PointColumns, kind: number): void {
  const { count, kinds, numbers } = points;
  const places: number[] = [];
  for (let place = 0; place < count; place += 1) if (kinds[place] === kind) places.push(place);
  if (places.length === 0) return;
  const { chosen } = scratch;
  if (kind >= ValueKind.string) {
    for (const [n, text] of readTexts(from, places.length, chosen).entries()) setOther(points, places[n] as number, text);
    return;
  }
  const large = kind === ValueKind.long ? readLarge(from, places.length) : [];
  if (kind === ValueKind.double) readDoubles(from, chosen, places.length);
  else readInts(from, chosen, places.length);
  for (let n = 0; n < places.length; n += 1) numbers[places[n] as number] = chosen[n] as number;
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
