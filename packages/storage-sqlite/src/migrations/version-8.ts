import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';

/** Version 8 gives the row of each block a checksum. Before the body, so that reading it touches no page of a long one. */
export function toVersion8(database: DatabaseSync): void {
  database.function('block_row_crc', { deterministic: true, varargs: true }, (...columns) => rowCrc(columns as (number | null)[]));
  database.exec(withChecksums);
}

const withChecksums = `
DROP INDEX block_of_series;
ALTER TABLE block RENAME TO block_7;
CREATE TABLE block (
  id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL, ttl_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
  count INTEGER NOT NULL, kind INTEGER NOT NULL, minimum REAL, maximum REAL, sum REAL, row_crc INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
INSERT INTO block SELECT id, series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum,
  block_row_crc(series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum), body FROM block_7 ORDER BY id;
DROP TABLE block_7;
CREATE INDEX block_of_series ON block (series_id, ttl_ms, start_ms, end_ms, count);
`;

function rowCrc(columns: readonly (number | null)[]): number {
  const numbers = columns.map((column) => (column ?? 0) + 0);
  const nulls = columns.slice(-3).reduce<number>((bits, column, place) => bits + (column === null ? 2 ** place : 0), 0);
  const view = new DataView(new ArrayBuffer(8 * (numbers.length + 1)));
  for (const [place, number] of [...numbers, nulls].entries()) view.setFloat64(8 * place, number, true);
  return crc32(new Uint8Array(view.buffer));
}
