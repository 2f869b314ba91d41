import type { EntityType, TenantId } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../database.js';
import { Head } from '../head/head.js';
import { pointsOfLogBody } from '../log/log-body.js';

/** A head with everything that the log of a data folder holds, and how much that is. */
export interface Rebuilt {
  readonly head: Head;
  readonly points: number;
  readonly bytes: number;
}

/**
 * Reads names and log back into memory.
 *
 * @throws STORAGE_CORRUPT  a log row is damaged, or names what the tables do not know
 */
export function rebuildHead(database: DatabaseSync, path: string, seriesMax: number): Rebuilt {
  const head = new Head(seriesMax);
  for (const { id } of database.prepare('SELECT id FROM removed_tenant').iterate()) head.restoreRemoval(id as TenantId);
  for (const row of database.prepare('SELECT number, tenant_id, entity_type, entity_id, is_removed FROM entity ORDER BY number').iterate()) {
    const entity = { entityType: row['entity_type'] as EntityType, id: String(row['entity_id']) };
    head.restoreEntity(Number(row['number']), row['tenant_id'] as TenantId, entity, row['is_removed'] === 1);
  }
  for (const row of database.prepare('SELECT id, entity_number, key FROM series ORDER BY id').iterate()) {
    head.restoreSeries(Number(row['id']), Number(row['entity_number']), String(row['key']));
  }
  let points = 0;
  let bytes = 0;
  for (const row of database.prepare('SELECT seq, body FROM batch_log ORDER BY seq').iterate()) {
    const body = row['body'] as Uint8Array;
    points += applyRow(head, body, (reason) =>
      storageErrors.CORRUPT({ path: databaseFile(path), reason: `log row ${Number(row['seq'])} ${reason}` }),
    );
    bytes += body.length;
  }
  return { head, points, bytes };
}

function applyRow(head: Head, body: Uint8Array, corrupt: (reason: string) => Error): number {
  const unpacked = pointsOfLogBody(body);
  if (!(unpacked instanceof Uint8Array)) throw corrupt(unpacked.reason);
  try {
    return head.apply(unpacked).count;
  } catch (error) {
    // A row whose checksum is right and whose content is not was written wrongly, by us.
    throw corrupt(error instanceof Error ? `cannot be read (${error.message})` : 'cannot be read');
  }
}
