import { alarmStatus, ValueKind, type Alarm, type StoredValue } from '@fieldline/model';
import type { AttributeWrite, HandOver, RecordInsert } from '@fieldline/ports';
import { insertStatement } from '../entities/entity-statements.js';
import { tenantMark } from '../entities/removed-tenants.js';
import type { Head } from '../head/head.js';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import { decidedChanges, type AttributeChange } from './attribute-changes.js';
import type { Applied } from './live-state.js';
import { entityRemoval } from './removal-statements.js';
import { retentionStatement } from './retention.js';
import { traceStatements } from './trace-statements.js';

/** Everything a unit writes besides its points: first the names of the entities and series that are new. */
export function statementsOf(applied: Applied, head: Head): WriteStatement[] {
  const { unit, named, hidden } = applied;
  const statements: WriteStatement[] = [];
  const add = <T>(sql: string, items: readonly T[], rowOf: (item: T) => readonly SqlValue[]): void => {
    if (items.length > 0) statements.push({ sql, rows: items.map(rowOf) });
  };
  add(insertEntity, named.entities, ({ number, tenantId, entity }) => [number, tenantId, entity.entityType, entity.id]);
  add(insertSeries, named.series, ({ id, entity, key }) => [id, entity.number, key]);
  addAttributes(applied, add);
  statements.push(...unit.records.map(recordStatement));
  addAlarms(applied, add);
  statements.push(
    ...entityRemoval(unit.removedEntities),
    ...hidden.tenants.map(tenantMark),
    ...hidden.tenants.map((tenantId) => retentionStatement(tenantId, 0)),
  );
  add(
    insertDeadLetter,
    unit.deadLetters.filter(({ message }) => !head.isTenantGone(message.tenantId)),
    (letter) => [letter.message.tenantId, `${letter.code}\n${letter.error}`.toLowerCase(), JSON.stringify(letter)],
  );
  add(deleteDeadLetter, unit.removedDeadLetters, ({ tenantId, id }) => [tenantId, id]);
  statements.push(...traceStatements(unit, head));
  // One statement a change where order matters: what one makes the next may delete.
  for (const change of unit.handOverChanges) {
    if ('doneId' in change) add(deleteHandOver, [change.doneId], (id) => [id]);
    else if (!head.isTenantGone(change.message.tenantId)) add(putHandOver, [change], handOverColumns);
  }
  for (const { tenantId, ruleNodeId, entityId, state } of unit.nodeStates) {
    if (state === undefined) add(deleteNodeState, [entityId], () => [tenantId, ruleNodeId, entityId]);
    else if (!head.isTenantGone(tenantId)) add(putNodeState, [state], () => [tenantId, ruleNodeId, entityId, JSON.stringify(state)]);
  }
  return statements;
}

type Add = <T>(sql: string, items: readonly T[], rowOf: (item: T) => readonly SqlValue[]) => void;

function addAttributes({ attributes }: Applied, add: Add): void {
  const { writes, removals } = decidedChanges(attributes);
  const fresh = attributes.filter(({ before }) => before === undefined).map(({ change }) => change);
  // Once each: a device mostly gets all its attributes in one unit.
  const named = (nameOf: (change: AttributeChange) => readonly string[]): (readonly string[])[] => [
    ...new Map(fresh.map(nameOf).map((name) => [JSON.stringify(name), name])).values(),
  ];
  const entities = named(({ tenantId, entity }) => [tenantId, entity.entityType, entity.id]);
  const keys = named(({ key, scope }) => [key, scope]);
  add(numberEntity, entities, (name) => name);
  add(numberKey, keys, (name) => name);
  // In their order, as one unit may write an attribute twice: first by its names, then by the number it has by now.
  for (let start = 0, end = 0; start < writes.length; start = end) {
    const isNumbered = writes[start]?.id !== undefined;
    while (end < writes.length && (writes[end]?.id !== undefined) === isNumbered) end += 1;
    if (isNumbered) add(updateAttribute, writes.slice(start, end), ({ change, id }) => [...valueColumns(change), id ?? null]);
    else add(putAttribute, writes.slice(start, end), ({ change }) => [...valueColumns(change), ...nameColumns(change)]);
  }
  add(deleteAttribute, removals, ({ change }) => nameColumns(change));
}

function addAlarms({ alarms }: Applied, add: Add): void {
  const removed = alarms.filter(({ after }) => after === undefined).map(({ before }) => before as Alarm);
  add(deleteComments, removed, ({ tenantId, id }) => [tenantId, id]);
  add(deleteAlarm, removed, ({ id }) => [id]);
  const last = new Map(alarms.map(({ id, after }) => [id, after]));
  add(
    putAlarm,
    [...last.values()].filter((alarm) => alarm !== undefined),
    alarmRow,
  );
}

function recordStatement({ kind, entity }: RecordInsert): WriteStatement {
  return insertStatement(kind, [{ ...entity, version: 1 }]);
}

const insertEntity = 'INSERT INTO entity (number, tenant_id, entity_type, entity_id) VALUES (?, ?, ?, ?)';
const insertSeries = 'INSERT INTO series (id, entity_number, key) VALUES (?, ?, ?)';
// Not OR IGNORE, which takes the next number before it ignores: entities without gaps between their numbers are read faster.
const numberEntity = `INSERT INTO numbered_entity (tenant_id, entity_type, entity_id) SELECT ?1, ?2, ?3
  WHERE NOT EXISTS (SELECT 1 FROM numbered_entity WHERE tenant_id = ?1 AND entity_type = ?2 AND entity_id = ?3)`;
const numberKey = 'INSERT INTO attribute_key (key, scope) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM attribute_key WHERE key = ?1 AND scope = ?2)';
const putAttribute = `INSERT INTO attribute (id, entity_number, key_number, kind, value, last_update_ms)
  SELECT k.number << 32 | e.number, e.number, k.number, ?, ?, ? FROM numbered_entity e, attribute_key k
  WHERE e.tenant_id = ? AND e.entity_type = ? AND e.entity_id = ? AND k.key = ? AND k.scope = ?
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, value = excluded.value, last_update_ms = excluded.last_update_ms`;
// Three times as fast where the number is known: nothing is looked up by name.
const updateAttribute = 'UPDATE attribute SET kind = ?, value = ?, last_update_ms = ? WHERE id = ?';
const deleteAttribute = `DELETE FROM attribute WHERE id = (SELECT k.number << 32 | e.number FROM numbered_entity e, attribute_key k
  WHERE e.tenant_id = ? AND e.entity_type = ? AND e.entity_id = ? AND k.key = ? AND k.scope = ?)`;
const deleteAlarm = 'DELETE FROM alarm WHERE id = ?';
const deleteComments = 'DELETE FROM alarm_comment WHERE tenant_id = ? AND alarm_id = ?';
// Not OR REPLACE, which would write every index and the list of the affected entities anew.
const putAlarm = `INSERT INTO alarm (id, tenant_id, originator_type, originator_id, created_at_ms,
    type, severity, start_ms, end_ms, is_cleared, is_acknowledged, customer_id, assignee_id, search, document)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET type = excluded.type, severity = excluded.severity, start_ms = excluded.start_ms, end_ms = excluded.end_ms,
    is_cleared = excluded.is_cleared, is_acknowledged = excluded.is_acknowledged, customer_id = excluded.customer_id,
    assignee_id = excluded.assignee_id, search = excluded.search, document = excluded.document`;
const insertDeadLetter = 'INSERT INTO dead_letter (tenant_id, search, document) VALUES (?, ?, ?)';
const deleteDeadLetter = "DELETE FROM dead_letter WHERE tenant_id = ? AND json_extract(document, '$.id') = ?";
const putHandOver =
  'INSERT INTO hand_over (id, document, rule_node_id, due_ms) VALUES (?, ?, ?, ?) ' +
  'ON CONFLICT (id) DO UPDATE SET document = excluded.document, rule_node_id = excluded.rule_node_id, due_ms = excluded.due_ms';
const deleteHandOver = 'DELETE FROM hand_over WHERE id = ?';
const putNodeState = 'INSERT OR REPLACE INTO node_state (tenant_id, rule_node_id, entity_id, state) VALUES (?, ?, ?, ?)';
const deleteNodeState = 'DELETE FROM node_state WHERE tenant_id = ? AND rule_node_id = ? AND entity_id = ?';

const handOverColumns = (work: HandOver): readonly SqlValue[] => [work.id, JSON.stringify(work), work.at.ruleNodeId, work.dueMs ?? null];
const valueColumns = ({ kind, value, lastUpdateMs }: AttributeWrite): readonly SqlValue[] => [kind, columnOfValue(kind, value), lastUpdateMs];
const nameColumns = ({ tenantId, entity, key, scope }: AttributeChange): readonly SqlValue[] => [tenantId, entity.entityType, entity.id, key, scope];

// node:sqlite binds a number as a float; only a bigint stays a whole number in a column of any type.
export function columnOfValue(kind: ValueKind, value: StoredValue): SqlValue {
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
