import { problemOf, type Problem, type ProblemError } from '@fieldline/kernel';
import type { EntityType, TenantId, ValueKind } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../database.js';
import { Head } from '../head/head.js';
import { applyPoints } from '../head/head-points.js';
import { latestOfPoint, type LatestApart } from '../head/latest-apart.js';
import { pointsOfLogBody } from '../log/log-body.js';
import { valueOfColumn } from './attribute-cache.js';

/** A head with everything that is not packed, and how much that is. */
export interface Rebuilt {
  readonly head: Head;
  readonly points: number;
  readonly bytes: number;
  /** What is wrong with the remembered publishes of packed rows, which are left out then: they only serve devices that repeat themselves. */
  readonly publishesProblem: Problem | undefined;
}

/**
 * Reads names, latest values and what is not packed of the log back into memory.
 *
 * @throws STORAGE_CORRUPT  a log row is damaged, or names what the tables do not know
 */
export function rebuildHead(database: DatabaseSync, path: string, seriesMax: number): Rebuilt {
  const head = new Head(seriesMax);
  const corrupt = (what: string, reason: string): ProblemError => storageErrors.CORRUPT({ path: databaseFile(path), reason: `${what} ${reason}` });
  const throughSeq = Number(database.prepare('SELECT through_seq FROM packing').get()?.['through_seq'] ?? 0);
  restoreNames(head, database);
  const later = restoreLatest(head, database, throughSeq);
  const publishes = database.prepare('SELECT body FROM packed_publish').get()?.['body'];
  const publishesProblem = publishes instanceof Uint8Array ? problemOfPublishes(head, publishes, corrupt) : undefined;
  // All of it may be in blocks, but for what the log names from here on.
  if (throughSeq > 0) for (const series of head.series) if (series !== undefined) series.hasBlocks = true;
  let points = 0;
  let bytes = 0;
  for (const row of database.prepare('SELECT seq, body FROM batch_log WHERE seq > ? ORDER BY seq').iterate(throughSeq)) {
    const body = row['body'] as Uint8Array;
    const seq = Number(row['seq']);
    points += applyBody(head, body, (reason) => corrupt(`log row ${seq}`, reason));
    bytes += body.length;
    for (const { seriesId, latest } of later.get(seq) ?? []) head.seriesAt(seriesId).setLatest(latest);
  }
  return { head, points, bytes, publishesProblem };
}

function problemOfPublishes(head: Head, body: Uint8Array, corrupt: (what: string, reason: string) => ProblemError): Problem | undefined {
  try {
    applyBody(head, body, (reason) => corrupt('the remembered publishes', reason));
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

function restoreNames(head: Head, database: DatabaseSync): void {
  for (const { id } of database.prepare('SELECT id FROM removed_tenant').iterate()) head.restoreRemoval(id as TenantId);
  for (const row of database.prepare('SELECT number, tenant_id, entity_type, entity_id, is_removed FROM entity ORDER BY number').iterate()) {
    const entity = { entityType: row['entity_type'] as EntityType, id: String(row['entity_id']) };
    head.restoreEntity(Number(row['number']), row['tenant_id'] as TenantId, entity, row['is_removed'] === 1);
  }
  for (const row of database.prepare('SELECT id, entity_number, key FROM series ORDER BY id').iterate()) {
    head.restoreSeries(Number(row['id']), Number(row['entity_number']), String(row['key']));
  }
}

interface LaterLatest {
  readonly seriesId: number;
  readonly latest: LatestApart | undefined;
}

/**
 * Puts back the latest values of packed points. Packing that was interrupted leaves some that are as of a later row of the log: those
 * are in force after that row, whatever came of it on the way. Returns them by the number of that row.
 */
function restoreLatest(head: Head, database: DatabaseSync, throughSeq: number): ReadonlyMap<number, readonly LaterLatest[]> {
  const later = new Map<number, LaterLatest[]>();
  const select = database.prepare('SELECT series_id, ts_ms, kind, value, seq FROM latest');
  // A long may be beyond what a number holds.
  select.setReadBigInts(true);
  for (const row of select.iterate()) {
    const [seriesId, seq] = [Number(row['series_id']), Number(row['seq'])];
    const [tsMs, kind] = [Number(row['ts_ms']), Number(row['kind']) as ValueKind | 0];
    const latest = kind === 0 ? undefined : latestOfPoint({ tsMs, kind, value: valueOfColumn(kind, row['value'] as bigint | number | string) });
    if (seq <= throughSeq) head.seriesAt(seriesId).setLatest(latest);
    else {
      // All of an interrupted packing may be of one row.
      const ofRow = later.get(seq) ?? [];
      if (ofRow.length === 0) later.set(seq, ofRow);
      ofRow.push({ seriesId, latest });
    }
  }
  return later;
}

function applyBody(head: Head, body: Uint8Array, corrupt: (reason: string) => Error): number {
  const unpacked = pointsOfLogBody(body);
  if (!(unpacked instanceof Uint8Array)) throw corrupt(unpacked.reason);
  try {
    return applyPoints(head, unpacked).count;
  } catch (error) {
    // A row whose checksum is right and whose content is not was written wrongly, by us.
    throw corrupt(error instanceof Error ? `cannot be read (${error.message})` : 'cannot be read');
  }
}
