import type { DatabaseSync } from 'node:sqlite';

/** Version 2 keeps uploaded files. */
export function toVersion2(database: DatabaseSync): void {
  database.exec(blobTables);
}

const blobTables = `
CREATE TABLE blob (
  tenant_id TEXT NOT NULL, id TEXT NOT NULL, upload TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_piece (upload TEXT NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (upload, place)) STRICT;
`;
