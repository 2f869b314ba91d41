import type { JsonValue, Page, TenantId } from '@fieldline/model';
import type { DeadLetter, DeadLetterQuery, HandOver, HandOverCount } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import type { SqlValue } from '../writer/writer-link.js';
import { documentPage } from '../document-page.js';

/** One page of the dead letters of a tenant, newest first. They are bounded in number, so reading through them all is quick. */
export function deadLetterPage(database: DatabaseSync, tenantId: TenantId, query: DeadLetterQuery): Page<DeadLetter> {
  const where: (readonly [string, ...SqlValue[]])[] = [['tenant_id = ?', tenantId]];
  const { ids, ruleChainId, ruleNodeId, code, createdFromMs, createdToMs } = query;
  for (const [field, value] of Object.entries({ ruleChainId, ruleNodeId, code })) {
    if (value !== undefined) where.push([`json_extract(document, '$.${field}') = ?`, value]);
  }
  if (ids !== undefined) where.push(["json_extract(document, '$.id') IN (SELECT value FROM json_each(?))", JSON.stringify(ids)]);
  if (createdFromMs !== undefined) where.push(["json_extract(document, '$.failedAtMs') >= ?", createdFromMs]);
  if (createdToMs !== undefined) where.push(["json_extract(document, '$.failedAtMs') <= ?", createdToMs]);
  if (query.textSearch !== undefined && query.textSearch !== '') where.push(['instr(search, ?) > 0', query.textSearch.toLowerCase()]);
  return documentPage(database, { table: 'dead_letter', where, order: 'seq DESC', query, parse: (text) => JSON.parse(text) as DeadLetter });
}

/** How many dead letters each rule chain has. */
export function deadLetterCounts(database: DatabaseSync, tenantId: TenantId): { ruleChainId: string; count: number }[] {
  const counted = "SELECT json_extract(document, '$.ruleChainId') AS chain, count(*) AS n FROM dead_letter WHERE tenant_id = ? GROUP BY chain";
  return database
    .prepare(counted)
    .all(tenantId)
    .map(({ chain, n }) => ({ ruleChainId: String(chain), count: Number(n) }));
}

/** All hand-overs that are not done, in the order they were made. */
export function openHandOvers(database: DatabaseSync): HandOver[] {
  const rows = database.prepare('SELECT document FROM hand_over ORDER BY seq').all();
  return rows.map(({ document }) => JSON.parse(String(document)) as HandOver);
}

/** How many hand-overs each rule node has. */
export function handOverCounts(database: DatabaseSync): HandOverCount[] {
  const sql = `SELECT rule_node_id AS node, count(*) AS n, count(due_ms) AS held FROM hand_over WHERE ${isKept} GROUP BY rule_node_id`;
  return database
    .prepare(sql)
    .all()
    .map(({ node, n, held }) => ({ ruleNodeId: String(node), ready: Number(n) - Number(held), held: Number(held) }));
}

/** The first hand-overs of a node that have no time, in the order they were made. */
export function readyHandOvers(database: DatabaseSync, ruleNodeId: string, limit: number): HandOver[] {
  const sql = `SELECT document FROM hand_over WHERE rule_node_id = ? AND due_ms IS NULL AND ${isKept} ORDER BY seq LIMIT ?`;
  return database
    .prepare(sql)
    .all(ruleNodeId, limit)
    .map(({ document }) => JSON.parse(String(document)) as HandOver);
}

/** The hand-overs whose time comes first. */
export function heldHandOvers(database: DatabaseSync, limit: number): HandOver[] {
  const sql = `SELECT document FROM hand_over WHERE due_ms IS NOT NULL AND ${isKept} ORDER BY due_ms, seq LIMIT ?`;
  return database
    .prepare(sql)
    .all(limit)
    .map(({ document }) => JSON.parse(String(document)) as HandOver);
}

/** Rows of a tenant that was removed go bit by bit. */
const isKept = "document ->> '$.message.tenantId' NOT IN (SELECT id FROM removed_tenant)";

/** State entries of a node. */
export function nodeStates(database: DatabaseSync, tenantId: TenantId, ruleNodeId: string, limit: number): { entityId: string; state: JsonValue }[] {
  const rows = database
    .prepare('SELECT entity_id, state FROM node_state WHERE tenant_id = ? AND rule_node_id = ? LIMIT ?')
    .all(tenantId, ruleNodeId, limit);
  return rows.map((row) => ({ entityId: String(row['entity_id']), state: JSON.parse(String(row['state'])) as JsonValue }));
}
