import type { Alarm, JsonValue, Page, PageQuery, TenantId } from '@fieldline/model';
import type { AlarmQuery, DeadLetter, HandOver } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import type { SqlValue } from '../writer/writer-link.js';
import { documentPage, sortTerm } from '../document-page.js';
import { alarmOfDocument } from './alarm-index.js';

/** Columns a list of alarms can be sorted by; other fields are read from the document. */
const alarmColumns: Readonly<Record<string, string>> = { id: 'id', type: 'type', createdAtMs: 'created_at_ms' };

/** One page of the alarms of a tenant. */
export function alarmPage(database: DatabaseSync, tenantId: TenantId, query: AlarmQuery): Page<Alarm> {
  const { originator, status = 'ANY', startMs, endMs, textSearch } = query;
  const where: (readonly [string, ...SqlValue[]])[] = [['tenant_id = ?', tenantId]];
  if (originator !== undefined) where.push(['originator_id = ? AND originator_type = ?', originator.id, originator.entityType]);
  if (startMs !== undefined) where.push(['created_at_ms >= ?', startMs]);
  if (endMs !== undefined) where.push(['created_at_ms <= ?', endMs]);
  const words = status.split('_');
  if (words.includes('ACTIVE')) where.push(['is_cleared = 0']);
  if (words.includes('CLEARED')) where.push(['is_cleared = 1']);
  if (words.includes('ACK')) where.push(['is_acknowledged = 1']);
  if (words.includes('UNACK')) where.push(['is_acknowledged = 0']);
  if (textSearch !== undefined && textSearch !== '') where.push(['instr(search, ?) > 0', textSearch.toLowerCase()]);
  const { sortBy = 'createdAtMs', sortOrder = query.sortBy === undefined ? 'DESC' : 'ASC' } = query;
  const order = `${sortTerm(sortBy, alarmColumns)} ${sortOrder === 'DESC' ? 'DESC' : 'ASC'}, id`;
  return documentPage(database, { table: 'alarm', where, order, query, parse: alarmOfDocument });
}

/** One page of the dead letters of a tenant, newest first. */
export function deadLetterPage(database: DatabaseSync, tenantId: TenantId, query: PageQuery): Page<DeadLetter> {
  const where: (readonly [string, ...SqlValue[]])[] = [['tenant_id = ?', tenantId]];
  if (query.textSearch !== undefined && query.textSearch !== '') where.push(['instr(search, ?) > 0', query.textSearch.toLowerCase()]);
  return documentPage(database, { table: 'dead_letter', where, order: 'seq DESC', query, parse: (text) => JSON.parse(text) as DeadLetter });
}

/** All hand-overs that are not done, in the order they were made. */
export function openHandOvers(database: DatabaseSync): HandOver[] {
  const rows = database.prepare('SELECT document FROM hand_over ORDER BY seq').all();
  return rows.map(({ document }) => JSON.parse(String(document)) as HandOver);
}

/** State entries of a node. */
export function nodeStates(database: DatabaseSync, tenantId: TenantId, ruleNodeId: string, limit: number): { entityId: string; state: JsonValue }[] {
  const rows = database
    .prepare('SELECT entity_id, state FROM node_state WHERE tenant_id = ? AND rule_node_id = ? LIMIT ?')
    .all(tenantId, ruleNodeId, limit);
  return rows.map((row) => ({ entityId: String(row['entity_id']), state: JSON.parse(String(row['state'])) as JsonValue }));
}
