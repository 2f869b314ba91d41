import type { DatabaseSync } from 'node:sqlite';
import { alarmsToVersion2 } from './version-2-alarms.js';

/** Version 2 keeps uploaded files, and attributes under the numbers of their key and entity. */
export function toVersion2(database: DatabaseSync): void {
  database.exec(blobTables);
  database.exec(`ALTER TABLE attribute RENAME TO earlier_attribute; ${attributeTables} ${numberAttributes} DROP TABLE earlier_attribute`);
  alarmsToVersion2(database);
}

const blobTables = `
CREATE TABLE blob (
  tenant_id TEXT NOT NULL, id TEXT NOT NULL, upload TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_piece (upload TEXT NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (upload, place)) STRICT;
`;

const attributeTables = `
CREATE TABLE numbered_entity (
  number INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, entity_type TEXT NOT NULL, entity_id TEXT NOT NULL,
  created_at_ms INTEGER, customer_id TEXT, name TEXT, type TEXT, label TEXT,
  UNIQUE (entity_id, entity_type, tenant_id)
) STRICT;
CREATE INDEX numbered_entity_known ON numbered_entity (tenant_id, entity_type, number, type, customer_id) WHERE created_at_ms IS NOT NULL;
CREATE INDEX numbered_entity_customer ON numbered_entity (customer_id, number) WHERE customer_id IS NOT NULL;
CREATE TABLE attribute_key (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE (key, scope)) STRICT;
CREATE TABLE attribute (
  id INTEGER PRIMARY KEY, entity_number INTEGER NOT NULL REFERENCES numbered_entity, key_number INTEGER NOT NULL REFERENCES attribute_key,
  kind INTEGER NOT NULL, value ANY NOT NULL, last_update_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attribute_of_entity ON attribute (entity_number);
`;

/** Entities without attributes get their numbers from the triggers when their tables are made anew. */
const numberAttributes = `
INSERT INTO numbered_entity (tenant_id, entity_type, entity_id) SELECT DISTINCT tenant_id, entity_type, entity_id FROM earlier_attribute;
INSERT INTO attribute_key (key, scope) SELECT DISTINCT key, scope FROM earlier_attribute;
INSERT INTO attribute (id, entity_number, key_number, kind, value, last_update_ms)
  SELECT k.number << 32 | e.number, e.number, k.number, a.kind, a.value, a.last_update_ms
  FROM earlier_attribute a JOIN numbered_entity e USING (tenant_id, entity_type, entity_id) JOIN attribute_key k USING (key, scope);
`;
