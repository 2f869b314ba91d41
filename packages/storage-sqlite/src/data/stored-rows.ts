import type { JsonValue, Page, PageQuery, TenantId } from '@fieldline/model';
import type { DeadLetter, HandOver } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import type { SqlValue } from '../writer/writer-link.js';
import { documentPage } from '../document-page.js';

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
