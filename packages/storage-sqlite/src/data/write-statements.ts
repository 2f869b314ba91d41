import { alarmStatus, ValueKind, type Alarm, type StoredValue } from '@fieldline/model';
import type { AttributeWrite } from '@fieldline/ports';
import type { SeriesEntity } from '../head/series-entity.js';
import type { Series } from '../head/series.js';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import type { SqliteUnit } from './sqlite-unit.js';

/** Everything a unit writes besides its points, after the names of the entities and series that are new. */
export function statementsOf(unit: SqliteUnit, entities: readonly SeriesEntity[], series: readonly Series[]): WriteStatement[] {
  const statements: WriteStatement[] = [];
  const add = <T>(sql: string, items: readonly T[], rowOf: (item: T) => readonly SqlValue[]): void => {
    if (items.length > 0) statements.push({ sql, rows: items.map(rowOf) });
  };
  add(insertEntity, entities, ({ number, tenantId, entity }) => [number, tenantId, entity.entityType, entity.id]);
  add(insertSeries, series, ({ id, entity, key }) => [id, entity.number, key]);
  add(numberEntity, unit.attributes, ({ tenantId, entity }) => [tenantId, entity.entityType, entity.id]);
  add(numberKey, unit.attributes, ({ key, scope }) => [key, scope]);
  add(putAttribute, unit.attributes, attributeRow);
  add(putAlarm, unit.alarms, alarmRow);
  add(insertDeadLetter, unit.deadLetters, (letter) => [
    letter.message.tenantId,
    `${letter.code}\n${letter.error}`.toLowerCase(),
    JSON.stringify(letter),
  ]);
  // One statement a change where order matters: what one makes the next may delete.
  for (const change of unit.handOverChanges) {
    if ('doneId' in change) add(deleteHandOver, [change.doneId], (id) => [id]);
    else add(putHandOver, [change], (work) => [work.id, JSON.stringify(work)]);
  }
  for (const { tenantId, ruleNodeId, entityId, state } of unit.nodeStates) {
    if (state === undefined) add(deleteNodeState, [entityId], () => [tenantId, ruleNodeId, entityId]);
    else add(putNodeState, [state], () => [tenantId, ruleNodeId, entityId, JSON.stringify(state)]);
  }
  return statements;
}

const insertEntity = 'INSERT INTO entity (number, tenant_id, entity_type, entity_id) VALUES (?, ?, ?, ?)';
const insertSeries = 'INSERT INTO series (id, entity_number, key) VALUES (?, ?, ?)';
const numberEntity = 'INSERT OR IGNORE INTO numbered_entity (tenant_id, entity_type, entity_id) VALUES (?, ?, ?)';
const numberKey = 'INSERT OR IGNORE INTO attribute_key (key, scope) VALUES (?, ?)';
const putAttribute = `INSERT OR REPLACE INTO attribute (id, entity_number, key_number, kind, value, last_update_ms)
  SELECT k.number << 32 | e.number, e.number, k.number, ?, ?, ? FROM numbered_entity e, attribute_key k
  WHERE e.tenant_id = ? AND e.entity_type = ? AND e.entity_id = ? AND k.key = ? AND k.scope = ?`;
// Not OR REPLACE, which would write every index and the list of the affected entities anew.
const putAlarm = `INSERT INTO alarm (id, tenant_id, originator_type, originator_id, created_at_ms,
    type, severity, start_ms, end_ms, is_cleared, is_acknowledged, customer_id, assignee_id, search, document)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET type = excluded.type, severity = excluded.severity, start_ms = excluded.start_ms, end_ms = excluded.end_ms,
    is_cleared = excluded.is_cleared, is_acknowledged = excluded.is_acknowledged, customer_id = excluded.customer_id,
    assignee_id = excluded.assignee_id, search = excluded.search, document = excluded.document`;
const insertDeadLetter = 'INSERT INTO dead_letter (tenant_id, search, document) VALUES (?, ?, ?)';
const putHandOver = 'INSERT INTO hand_over (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document';
const deleteHandOver = 'DELETE FROM hand_over WHERE id = ?';
const putNodeState = 'INSERT OR REPLACE INTO node_state (tenant_id, rule_node_id, entity_id, state) VALUES (?, ?, ?, ?)';
const deleteNodeState = 'DELETE FROM node_state WHERE tenant_id = ? AND rule_node_id = ? AND entity_id = ?';

function attributeRow({ tenantId, entity, scope, key, kind, value, lastUpdateMs }: AttributeWrite): readonly SqlValue[] {
  return [kind, columnOfValue(kind, value), lastUpdateMs, tenantId, entity.entityType, entity.id, key, scope];
}

// node:sqlite binds a number as a float; only a bigint stays a whole number in a column of any type.
function columnOfValue(kind: ValueKind, value: StoredValue): SqlValue {
  if (kind === ValueKind.long) return BigInt(value);
  return typeof value === 'boolean' ? BigInt(value) : value;
}

function alarmRow(alarm: Alarm): readonly SqlValue[] {
  const { id, tenantId, originator, createdAtMs, type, severity, startMs, endMs, customerId = null, assigneeId = null } = alarm;
  const search = [type, severity, alarmStatus(alarm)].join('\n').toLowerCase();
  const flags = [alarm.clearedAtMs === undefined ? 0 : 1, alarm.acknowledgedAtMs === undefined ? 0 : 1];
  const found = [type, severity, startMs, endMs, ...flags, customerId, assigneeId, search];
  return [id, tenantId, originator.entityType, originator.id, createdAtMs, ...found, JSON.stringify(alarm)];
}
