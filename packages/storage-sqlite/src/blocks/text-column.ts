// A column of texts: how many different ones; one byte, 1 where they are compressed; their bytes in all (and compressed) as varints; the length
// of each in UTF-8 bytes as a varint; the bytes; then which one stands at each place, as a column of whole numbers.

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DamagedBlock, type ByteReader, type ByteWriter } from './bytes.js';
import { readInts, writeInts } from './int-column.js';

/** Less than this is not worth compressing. */
const COMPRESSED_FROM_BYTES = 128;
/** Texts of one block in all: far beyond what a block is filled with. */
const TEXT_BYTES_MAX = 256 * 1024 * 1024;

/** Writes the texts. `scratch` has room for a number of each. */
export function writeTexts(into: ByteWriter, texts: readonly string[], scratch: Float64Array): void {
  const numberOf = new Map<string, number>();
  texts.forEach((text, place) => {
    let number = numberOf.get(text);
    if (number === undefined) numberOf.set(text, (number = numberOf.size));
    scratch[place] = number;
  });
  const encoded = [...numberOf.keys()].map((text) => Buffer.from(text));
  const plain = Buffer.concat(encoded);
  const compressed = plain.length < COMPRESSED_FROM_BYTES ? plain : deflateRawSync(plain);
  const isCompressed = compressed.length < plain.length;
  into.varint(encoded.length);
  into.byte(isCompressed ? 1 : 0);
  into.varint(plain.length);
  if (isCompressed) into.varint(compressed.length);
  for (const { length } of encoded) into.varint(length);
  into.raw(isCompressed ? compressed : plain);
  writeInts(into, scratch, texts.length);
}

/** Reads `count` texts. `scratch` has room for a number of each. @throws DamagedBlock */
export function readTexts(from: ByteReader, count: number, scratch: Float64Array): string[] {
  const different = from.varint();
  if (different > count) throw new DamagedBlock('it holds texts in an unknown form');
  const isCompressed = from.byte() === 1;
  const bytes = from.varint();
  if (bytes > TEXT_BYTES_MAX) throw new DamagedBlock('it holds texts in an unknown form');
  const compressedBytes = isCompressed ? from.varint() : bytes;
  const lengths = Array.from({ length: different }, () => from.varint());
  const stored = from.raw(compressedBytes);
  const plain = isCompressed ? inflated(stored, bytes) : stored;
  let at = 0;
  const dictionary = lengths.map((length) => decoder.decode(plain.subarray(at, (at += length))));
  if (at !== plain.length) throw new DamagedBlock('it holds texts in an unknown form');
  readInts(from, scratch, count);
  const texts = new Array<string>(count);
  for (let place = 0; place < count; place += 1) {
    const text = dictionary[scratch[place] as number];
    if (text === undefined) throw new DamagedBlock('it holds texts in an unknown form');
    texts[place] = text;
  }
  return texts;
}

function inflated(stored: Uint8Array, bytes: number): Uint8Array {
  try {
    const plain = inflateRawSync(stored, { maxOutputLength: Math.max(1, bytes) });
    if (plain.length === bytes) return plain;
  } catch {
    // Told below, as any other damage.
  }
  throw new DamagedBlock('its texts cannot be decompressed');
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
