// Alarms as lists find them. Lists read 100,000 alarms of a tenant in index order and count them in an index alone;
// alarm-lists.test.ts holds the plans of SQLite to that.

/** Where an alarm is shown: its originator, and every entity it was propagated to. */
const affectedBy = (row: 'NEW' | 'OLD'): string => `
  SELECT ${row}.originator_id AS id, ${row}.originator_type AS type
  UNION SELECT entity.value ->> '$.id', entity.value ->> '$.entityType' FROM json_each(${row}.document, '$.propagatedTo') AS entity`;
const addAffected = `
  INSERT INTO alarm_affected (tenant_id, entity_id, created_at_ms, alarm_id, entity_type)
  SELECT NEW.tenant_id, id, NEW.created_at_ms, NEW.id, type FROM (${affectedBy('NEW')});`;
const removeAffected = `
  DELETE FROM alarm_affected
  WHERE tenant_id = OLD.tenant_id AND entity_id IN (SELECT id FROM (${affectedBy('OLD')})) AND created_at_ms = OLD.created_at_ms AND alarm_id = OLD.id;`;

/**
 * - `alarm`: the columns beside the document repeat what is searched, filtered and sorted by.
 * - `alarm_affected`: each alarm at its originator and at every entity it was propagated to, kept by triggers.
 */
export const alarmTables = `
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
CREATE TRIGGER alarm_added AFTER INSERT ON alarm BEGIN ${addAffected} END;
CREATE TRIGGER alarm_propagated AFTER UPDATE OF document ON alarm
WHEN OLD.document ->> '$.propagatedTo' IS NOT NEW.document ->> '$.propagatedTo' BEGIN ${removeAffected} ${addAffected} END;
CREATE TRIGGER alarm_removed AFTER DELETE ON alarm BEGIN ${removeAffected} END;
`;
