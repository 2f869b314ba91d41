import { crc32 } from 'node:zlib';

// A log row: format (1 byte), CRC-32 of what follows (4 bytes, little endian), then the points of each unit
// in the transaction, one after the other (log/point-encoder.ts).

const BODY_FORMAT = 1;
const HEADER_BYTES = 5;

/** Joins the points of several units to the body of one log row. */
export function logBodyOf(units: readonly Uint8Array[]): Uint8Array {
  const bytes = units.reduce((sum, unit) => sum + unit.length, HEADER_BYTES);
  const body = new Uint8Array(bytes);
  let at = HEADER_BYTES;
  for (const unit of units) {
    body.set(unit, at);
    at += unit.length;
  }
  body[0] = BODY_FORMAT;
  new DataView(body.buffer).setUint32(1, crc32(body.subarray(HEADER_BYTES)), true);
  return body;
}

/** The points in a log row, or what is wrong with it. */
export function pointsOfLogBody(body: Uint8Array): Uint8Array | { readonly reason: string } {
  if (body.length < HEADER_BYTES) return { reason: 'is cut short' };
  if (body[0] !== BODY_FORMAT) return { reason: `has the unknown format ${body[0]}` };
  const points = body.subarray(HEADER_BYTES);
  const expected = new DataView(body.buffer, body.byteOffset).getUint32(1, true);
  return crc32(points) === expected ? points : { reason: 'does not match its checksum' };
}
