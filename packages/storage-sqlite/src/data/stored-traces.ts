import type { Page, TenantId } from '@fieldline/model';
import { traceLimits, type TraceHead, type TracePart, type TraceQuery } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { documentPage } from '../document-page.js';
import type { Condition } from '../entities/entity-conditions.js';

/**
 * One page of the parts of traces of a tenant, newest first. Found and counted in one index: 20,000 parts, which is what 64 MB
 * hold, take 3 ms at most, by whatever they are filtered.
 */
export function tracePage(database: DatabaseSync, tenantId: TenantId, query: TraceQuery): Page<TraceHead> {
  const { originator, ruleChainId, reason, hasFailed, createdFromMs, createdToMs, textSearch } = query;
  const where: Condition[] = [['tenant_id = ?', tenantId]];
  if (originator !== undefined) where.push(['originator_id = ? AND originator_type = ?', originator.id, originator.entityType]);
  if (ruleChainId !== undefined) where.push(['instr(chains, ?) > 0', ruleChainId]);
  if (reason !== undefined) where.push(['reason = ?', reason]);
  if (hasFailed !== undefined) where.push(['has_failed = ?', hasFailed ? 1 : 0]);
  if (createdFromMs !== undefined) where.push(['started_at_ms >= ?', createdFromMs]);
  if (createdToMs !== undefined) where.push(['started_at_ms <= ?', createdToMs]);
  if (textSearch !== undefined && textSearch !== '') where.push(['instr(search, ?) > 0', textSearch.toLowerCase()]);
  const order = 'started_at_ms DESC, seq DESC';
  return documentPage(database, { table: 'trace', where, order, query, parse: (text) => JSON.parse(text) as TraceHead });
}

/** The parts of one trace with their paths, oldest first. */
export function traceParts(database: DatabaseSync, tenantId: TenantId, traceId: string): TracePart[] {
  const select = 'SELECT document, path FROM trace WHERE tenant_id = ? AND trace_id = ? ORDER BY started_at_ms, seq LIMIT ?';
  const rows = database.prepare(select).all(tenantId, traceId, traceLimits.partsRead);
  return rows.map(({ document, path }) => {
    const { hopCount: _, ...head } = JSON.parse(String(document)) as TraceHead;
    return { ...head, ...(JSON.parse(String(path)) as Pick<TracePart, 'hops' | 'messages'>) };
  });
}

/** What the tenant has of them. */
export function traceUsage(database: DatabaseSync, tenantId: TenantId): { bytes: number; parts: number } {
  const row = database.prepare('SELECT bytes, parts FROM trace_usage WHERE tenant_id = ?').get(tenantId);
  return { bytes: Number(row?.['bytes'] ?? 0), parts: Number(row?.['parts'] ?? 0) };
}
