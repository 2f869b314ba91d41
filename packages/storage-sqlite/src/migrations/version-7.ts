import type { DatabaseSync } from 'node:sqlite';

/** Version 7 packs the points of the log into blocks. All that the log holds is still to be packed. */
export function toVersion7(database: DatabaseSync): void {
  database.exec(packingTables);
}

const packingTables = `
ALTER TABLE entity ADD COLUMN is_swept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entity_removed ON entity (number) WHERE is_removed = 1 AND is_swept < 2;
CREATE INDEX series_of_entity ON series (entity_number);
CREATE TABLE packing (
  id INTEGER PRIMARY KEY CHECK (id = 1), through_seq INTEGER NOT NULL DEFAULT 0, opened_seq INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO packing (id) VALUES (1);
CREATE TABLE block (
  id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL, ttl_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
  count INTEGER NOT NULL, kind INTEGER NOT NULL, minimum REAL, maximum REAL, sum REAL, body BLOB NOT NULL
) STRICT;
CREATE INDEX block_of_series ON block (series_id, ttl_ms, start_ms, end_ms, count);
CREATE TABLE latest (series_id INTEGER PRIMARY KEY, ts_ms INTEGER NOT NULL, kind INTEGER NOT NULL, value ANY, seq INTEGER NOT NULL) STRICT;
CREATE TABLE retention (tenant_id TEXT PRIMARY KEY, ttl_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE packed_publish (id INTEGER PRIMARY KEY CHECK (id = 1), body BLOB NOT NULL) STRICT;
`;
