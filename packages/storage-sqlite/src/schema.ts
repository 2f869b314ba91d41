import { entityTables, entityTableSql } from './entities/entity-tables.js';
import { alarmTables } from './data/alarm-tables.js';
import { traceTables } from './data/trace-tables.js';
import { packingTables } from './packing/packing-tables.js';
import { attributeTables, queryTriggers } from './queries/query-tables.js';

/** "FLDL": marks the file as ours, for us and for the command `file`. */
export const APPLICATION_ID = 0x464c444c;
/** Of the tables and of the log rows. Counts up with every change that an older version cannot read. */
export const FORMAT_VERSION = 8;
/** The first of those that migrations.ts brings up to date: all there were. */
export const FORMAT_OLDEST = 1;

/**
 * The tables of the data plane.
 *
 * - `entity` and `series` give numbers to what the log and the blocks name. A row stays when its entity is removed, because
 *   the log still names it: `is_removed` tells a rebuild to skip what it finds about it. `is_swept` is 1 for what an earlier
 *   process removed, and 2 where nothing is left of its series (packing/packing-tables.ts).
 * - `removed_tenant`: what these own is gone for every reader; `is_swept` when its rows are gone too (writer/tenant-sweep.ts).
 * - `batch_log` holds the points, one row a transaction: the concatenated points of every unit in it
 *   (log/log-body.ts). It is the truth of all points that are not packed; the others are in the tables of packing.
 * - Documents are JSON as the schemas of the model describe them; columns beside them repeat what is searched.
 */
const dataTables = `
CREATE TABLE entity (
  number INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, entity_type TEXT NOT NULL, entity_id TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0, is_swept INTEGER NOT NULL DEFAULT 0, UNIQUE (tenant_id, entity_type, entity_id)
) STRICT;
CREATE INDEX entity_removed ON entity (number) WHERE is_removed = 1 AND is_swept < 2;
CREATE TABLE removed_tenant (id TEXT PRIMARY KEY, is_swept INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE series (id INTEGER PRIMARY KEY, entity_number INTEGER NOT NULL REFERENCES entity, key TEXT NOT NULL) STRICT;
CREATE INDEX series_of_entity ON series (entity_number);
CREATE TABLE batch_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL) STRICT;
${packingTables}
${alarmTables}
CREATE TABLE node_state (
  tenant_id TEXT NOT NULL, rule_node_id TEXT NOT NULL, entity_id TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (tenant_id, rule_node_id, entity_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hand_over (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, rule_node_id TEXT, due_ms INTEGER
) STRICT;
CREATE INDEX hand_over_ready ON hand_over (rule_node_id, seq) WHERE due_ms IS NULL;
CREATE INDEX hand_over_held ON hand_over (due_ms, seq) WHERE due_ms IS NOT NULL;
CREATE TABLE dead_letter (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX dead_letter_newest ON dead_letter (tenant_id, seq);
${traceTables}`;

/** Uploaded files: which upload is the file of an id, and the bytes of each upload in pieces. */
const blobTables = `
CREATE TABLE blob (
  tenant_id TEXT NOT NULL, id TEXT NOT NULL, upload TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_piece (upload TEXT NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (upload, place)) STRICT;
`;

/** The tables of the control plane, and what keeps others in step with them. */
export const entitySql = Object.values(entityTables).map(entityTableSql).join('') + queryTriggers;

/** Everything an empty data file needs. A change here is a change of the format: see schema.test.ts and migrations.ts. */
export const schemaSql = dataTables + attributeTables + blobTables + entitySql;
