import { crc32 } from 'node:zlib';
import type { BlockSummary } from './block-summary.js';

/** What the row of a block says besides its body, which has a checksum of its own. */
export interface SummarisedRow {
  readonly seriesId: number;
  readonly ttlMs: number;
  readonly startMs: number;
  /** Inclusive. */
  readonly endMs: number;
  readonly summary: BlockSummary;
}

/**
 * CRC-32 of a block's row: an aggregate believes a row without reading the body, so a row that was changed must be found as well. The
 * columns as float64, little endian, in the order of the table, what is null as 0; then one more number that has a bit for each of
 * `minimum`, `maximum` and `sum` that is null.
 */
export function rowChecksum({ seriesId, ttlMs, startMs, endMs, summary }: SummarisedRow): number {
  const { count, kind, minimum, maximum, sum } = summary;
  const nulls = (minimum === null ? 1 : 0) + (maximum === null ? 2 : 0) + (sum === null ? 4 : 0);
  let at = 0;
  for (const number of [seriesId, ttlMs, startMs, endMs, count, kind, minimum, maximum, sum, nulls]) {
    // SQLite makes 0 of -0.
    view.setFloat64(at, (number ?? 0) + 0, true);
    at += 8;
  }
  return crc32(bytes);
}

const bytes = new Uint8Array(80);
const view = new DataView(bytes.buffer);
