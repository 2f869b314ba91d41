import { traceLimits, type TracePart } from '@fieldline/ports';
import type { Head } from '../head/head.js';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import type { SqliteUnit } from './sqlite-unit.js';

/** Writes the traces of a unit, then trims what it says. */
export function traceStatements({ traces, traceTrims }: SqliteUnit, head: Head): WriteStatement[] {
  const statements: WriteStatement[] = [];
  const parts = traces.filter(({ tenantId, originator }) => !head.isGone(tenantId, originator));
  if (parts.length > 0) statements.push({ sql: insertTrace, rows: parts.map(traceRow) });
  const bounds = traceTrims.map(({ tenantId, bounds: { beforeMs, bytesMax } }) => [tenantId, beforeMs, bytesMax, traceLimits.partsATrim]);
  if (bounds.length > 0) statements.push({ sql: trimTraces, rows: bounds });
  return statements;
}

const insertTrace = `INSERT INTO trace
  (tenant_id, started_at_ms, trace_id, originator_id, originator_type, reason, has_failed, chains, search, bytes, document, path)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

// Of the oldest parts, those that started too early, and those with which and after which there is still too much.
const trimTraces = `DELETE FROM trace WHERE seq IN (
  SELECT seq FROM (
    SELECT seq, started_at_ms, sum(bytes) OVER (ORDER BY started_at_ms, seq) - bytes AS bytes_before
    FROM (SELECT seq, started_at_ms, bytes FROM trace WHERE tenant_id = ?1 ORDER BY started_at_ms, seq LIMIT ?4)
  ) WHERE started_at_ms < ?2 OR bytes_before < (SELECT bytes FROM trace_usage WHERE tenant_id = ?1) - ?3)`;

function traceRow({ hops, messages, ...head }: TracePart): readonly SqlValue[] {
  const { tenantId, startedAtMs, traceId, originator, reason, hasFailed, messageType } = head;
  const chains = [...new Set(hops.map(({ at }) => at.ruleChainId))].join(' ');
  const path = JSON.stringify({ hops, messages });
  const found = [originator.id, originator.entityType, reason, hasFailed ? 1 : 0, chains, messageType.toLowerCase()];
  const document = JSON.stringify({ ...head, hopCount: hops.length });
  return [tenantId, startedAtMs, traceId, ...found, Buffer.byteLength(path), document, path];
}
