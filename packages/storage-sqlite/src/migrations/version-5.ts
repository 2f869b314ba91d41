import type { DatabaseSync } from 'node:sqlite';

/** Version 5 keeps the paths of messages. */
export function toVersion5(database: DatabaseSync): void {
  database.exec(traceTables);
}

const traceTables = `
CREATE TABLE trace (
  seq INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, started_at_ms INTEGER NOT NULL, trace_id TEXT NOT NULL,
  originator_id TEXT NOT NULL, originator_type TEXT NOT NULL, reason TEXT NOT NULL, has_failed INTEGER NOT NULL,
  chains TEXT NOT NULL, search TEXT NOT NULL, bytes INTEGER NOT NULL, document TEXT NOT NULL, path TEXT NOT NULL
) STRICT;
CREATE INDEX trace_newest ON trace (tenant_id, started_at_ms, seq, has_failed, reason, chains, search);
CREATE INDEX trace_originator ON trace (tenant_id, originator_id, started_at_ms, seq, originator_type);
CREATE INDEX trace_parts ON trace (tenant_id, trace_id, started_at_ms);
CREATE TABLE trace_usage (tenant_id TEXT PRIMARY KEY, bytes INTEGER NOT NULL, parts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER trace_added AFTER INSERT ON trace BEGIN
  INSERT INTO trace_usage (tenant_id, bytes, parts) VALUES (NEW.tenant_id, NEW.bytes, 1)
  ON CONFLICT (tenant_id) DO UPDATE SET bytes = bytes + excluded.bytes, parts = parts + excluded.parts;
END;
CREATE TRIGGER trace_removed AFTER DELETE ON trace BEGIN
  UPDATE trace_usage SET bytes = bytes - OLD.bytes, parts = parts - 1 WHERE tenant_id = OLD.tenant_id;
END;
`;
