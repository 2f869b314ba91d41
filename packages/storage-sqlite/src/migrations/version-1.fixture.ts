import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID } from '../schema.js';
import { databaseFile } from '../database.js';

// A data folder as version 1 made it. Its statements are written down here because the code that had them is gone.

/** Makes the folder and lets `fill` put data into its tables. */
export function makeVersion1Folder(path: string, fill: (database: DatabaseSync) => void): void {
  mkdirSync(path, { recursive: true });
  const database = new DatabaseSync(databaseFile(path));
  database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${version1Sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1; COMMIT`);
  fill(database);
  database.close();
}

const version1Sql = `
CREATE TABLE entity (
  number INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, entity_type TEXT NOT NULL, entity_id TEXT NOT NULL,
  UNIQUE (tenant_id, entity_type, entity_id)
) STRICT;
CREATE TABLE series (id INTEGER PRIMARY KEY, entity_number INTEGER NOT NULL REFERENCES entity, key TEXT NOT NULL) STRICT;
CREATE TABLE batch_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL) STRICT;
CREATE TABLE attribute (
  tenant_id TEXT NOT NULL, entity_type TEXT NOT NULL, entity_id TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL,
  kind INTEGER NOT NULL, value ANY NOT NULL, last_update_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, entity_type, entity_id, scope, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE alarm (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, originator_type TEXT NOT NULL, originator_id TEXT NOT NULL, type TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL, is_cleared INTEGER NOT NULL, is_acknowledged INTEGER NOT NULL, search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX alarm_newest ON alarm (tenant_id, created_at_ms);
CREATE INDEX alarm_originator ON alarm (tenant_id, originator_id, created_at_ms);
CREATE INDEX alarm_active ON alarm (tenant_id, originator_id, type) WHERE is_cleared = 0;
CREATE TABLE node_state (
  tenant_id TEXT NOT NULL, rule_node_id TEXT NOT NULL, entity_id TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (tenant_id, rule_node_id, entity_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hand_over (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL) STRICT;
CREATE TABLE dead_letter (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX dead_letter_newest ON dead_letter (tenant_id, seq);

CREATE TABLE tenant (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  name ANY, search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX tenant_by_id ON tenant (tenant_id, id);
CREATE INDEX tenant_oldest ON tenant (tenant_id, created_at_ms, id);
CREATE TABLE user (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  email ANY, customer_id ANY, authority ANY, email_folded ANY, search TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (email_folded)
) STRICT;
CREATE INDEX user_by_id ON user (tenant_id, id);
CREATE INDEX user_oldest ON user (tenant_id, created_at_ms, id);
CREATE TABLE user_credentials (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  user_id ANY, search TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (user_id)
) STRICT;
CREATE INDEX user_credentials_by_id ON user_credentials (tenant_id, id);
CREATE INDEX user_credentials_oldest ON user_credentials (tenant_id, created_at_ms, id);
CREATE TABLE device (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  name ANY, label ANY, type ANY, device_profile_id ANY, customer_id ANY, search TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (tenant_id, name)
) STRICT;
CREATE INDEX device_by_id ON device (tenant_id, id);
CREATE INDEX device_oldest ON device (tenant_id, created_at_ms, id);
CREATE TABLE device_profile (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  name ANY, is_default ANY, search TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (tenant_id, name)
) STRICT;
CREATE INDEX device_profile_by_id ON device_profile (tenant_id, id);
CREATE INDEX device_profile_oldest ON device_profile (tenant_id, created_at_ms, id);
CREATE TABLE device_credentials (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  device_id ANY, credentials_id ANY, search TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (credentials_id),
  UNIQUE (device_id)
) STRICT;
CREATE INDEX device_credentials_by_id ON device_credentials (tenant_id, id);
CREATE INDEX device_credentials_oldest ON device_credentials (tenant_id, created_at_ms, id);
CREATE TABLE rule_chain (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  name ANY, type ANY, is_root ANY, search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX rule_chain_by_id ON rule_chain (tenant_id, id);
CREATE INDEX rule_chain_oldest ON rule_chain (tenant_id, created_at_ms, id);
`;
