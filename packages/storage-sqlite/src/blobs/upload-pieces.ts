import { BLOB_PIECE_BYTES } from '../limits.js';
import type { WriteStatement } from '../writer/writer-link.js';

/** The same bytes in pieces of `BLOB_PIECE_BYTES`, the last one shorter. A piece is valid until the next is asked for. */
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
  if (filled > 0) yield buffer.slice(0, filled);
}

/** Adds a piece of an upload; `place` is the number of bytes before it. */
export function pieceStatement(upload: string, place: number, bytes: Uint8Array): WriteStatement {
  return { sql: 'INSERT INTO blob_piece (upload, place, bytes) VALUES (?, ?, ?)', rows: [[upload, place, bytes]], changes: 1 };
}
