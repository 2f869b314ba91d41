import type { DatabaseSync } from 'node:sqlite';

/** Version 2 lists alarms by more than their time and originator, and remembers what was removed for good. */
export function alarmsToVersion2(database: DatabaseSync): void {
  database.exec(putAside + alarmTables + copyBack + affectedTriggers + removals);
}

const putAside = `
ALTER TABLE alarm RENAME TO earlier_alarm;
DROP INDEX alarm_newest; DROP INDEX alarm_originator; DROP INDEX alarm_active;
`;

const alarmTables = `
CREATE TABLE alarm (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, originator_type TEXT NOT NULL, originator_id TEXT NOT NULL, type TEXT NOT NULL,
  severity TEXT NOT NULL, created_at_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
  is_cleared INTEGER NOT NULL, is_acknowledged INTEGER NOT NULL, customer_id TEXT, assignee_id TEXT,
  search TEXT NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE INDEX alarm_newest ON alarm
  (tenant_id, created_at_ms DESC, id, is_cleared, is_acknowledged, severity, type, customer_id, assignee_id);
CREATE INDEX alarm_originator ON alarm (tenant_id, originator_id, created_at_ms DESC, id);
CREATE INDEX alarm_customer ON alarm (tenant_id, customer_id, created_at_ms DESC, id) WHERE customer_id IS NOT NULL;
CREATE INDEX alarm_assignee ON alarm (tenant_id, assignee_id, created_at_ms DESC, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX alarm_active ON alarm (tenant_id, originator_id, type) WHERE is_cleared = 0;
CREATE TABLE alarm_affected (
  tenant_id TEXT NOT NULL, entity_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, alarm_id TEXT NOT NULL, entity_type TEXT NOT NULL,
  PRIMARY KEY (tenant_id, entity_id, created_at_ms DESC, alarm_id, entity_type)
) STRICT, WITHOUT ROWID;
`;

// Alarms of version 1 were propagated to nothing.
const copyBack = `
INSERT INTO alarm (id, tenant_id, originator_type, originator_id, type, severity, created_at_ms, start_ms, end_ms,
    is_cleared, is_acknowledged, customer_id, assignee_id, search, document)
  SELECT id, tenant_id, originator_type, originator_id, type, document ->> '$.severity', created_at_ms, document ->> '$.startMs',
    document ->> '$.endMs', is_cleared, is_acknowledged, document ->> '$.customerId', document ->> '$.assigneeId', search, document
  FROM earlier_alarm;
INSERT INTO alarm_affected (tenant_id, entity_id, created_at_ms, alarm_id, entity_type)
  SELECT tenant_id, originator_id, created_at_ms, id, originator_type FROM earlier_alarm;
DROP TABLE earlier_alarm;
`;

const affectedTriggers = `
CREATE TRIGGER alarm_added AFTER INSERT ON alarm BEGIN
  INSERT INTO alarm_affected (tenant_id, entity_id, created_at_ms, alarm_id, entity_type)
  SELECT NEW.tenant_id, id, NEW.created_at_ms, NEW.id, type FROM (
  SELECT NEW.originator_id AS id, NEW.originator_type AS type
  UNION SELECT entity.value ->> '$.id', entity.value ->> '$.entityType' FROM json_each(NEW.document, '$.propagatedTo') AS entity); END;
CREATE TRIGGER alarm_propagated AFTER UPDATE OF document ON alarm
WHEN OLD.document ->> '$.propagatedTo' IS NOT NEW.document ->> '$.propagatedTo' BEGIN
  DELETE FROM alarm_affected
  WHERE tenant_id = OLD.tenant_id AND entity_id IN (SELECT id FROM (
  SELECT OLD.originator_id AS id, OLD.originator_type AS type
  UNION SELECT entity.value ->> '$.id', entity.value ->> '$.entityType' FROM json_each(OLD.document, '$.propagatedTo') AS entity)) AND created_at_ms = OLD.created_at_ms AND alarm_id = OLD.id;
  INSERT INTO alarm_affected (tenant_id, entity_id, created_at_ms, alarm_id, entity_type)
  SELECT NEW.tenant_id, id, NEW.created_at_ms, NEW.id, type FROM (
  SELECT NEW.originator_id AS id, NEW.originator_type AS type
  UNION SELECT entity.value ->> '$.id', entity.value ->> '$.entityType' FROM json_each(NEW.document, '$.propagatedTo') AS entity); END;
CREATE TRIGGER alarm_removed AFTER DELETE ON alarm BEGIN
  DELETE FROM alarm_affected
  WHERE tenant_id = OLD.tenant_id AND entity_id IN (SELECT id FROM (
  SELECT OLD.originator_id AS id, OLD.originator_type AS type
  UNION SELECT entity.value ->> '$.id', entity.value ->> '$.entityType' FROM json_each(OLD.document, '$.propagatedTo') AS entity)) AND created_at_ms = OLD.created_at_ms AND alarm_id = OLD.id; END;
`;

const removals = `
ALTER TABLE entity ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0;
CREATE TABLE removed_tenant (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
