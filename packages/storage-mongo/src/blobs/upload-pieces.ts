import { BLOB_PIECE_BYTES } from '../limits.js';

/** The same bytes in pieces of `BLOB_PIECE_BYTES`, the last one shorter. Each is valid until the next is asked for. */
export async function* uploadPieces(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(BLOB_PIECE_BYTES);
  let filled = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + BLOB_PIECE_BYTES - filled);
      buffer.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < BLOB_PIECE_BYTES) continue;
      yield buffer;
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
