import { pointColumns, valueInColumns, type DataPoint, type ValueKind } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import type { Expiry, TimeSpan } from './history-reads.js';
import { pointsOf } from './series-reading.js';
import { StoredBlocks } from './stored-blocks.js';
import type { ColumnPart } from './point-stream.js';

/** The blocks that each connection reads: their statements are prepared once. */
const blocksOf = new WeakMap<DatabaseSync, StoredBlocks>();

/**
 * The newest point that the blocks of a series hold before a time, without what is removed or dead; at once, as it reads two
 * rows or three.
 *
 * @param connection in no transaction; `path` is its data folder
 * @throws STORAGE_CORRUPT  the block that holds it is damaged
 */
export function newestBefore(
  connection: { readonly database: DatabaseSync; readonly path: string },
  seriesId: number,
  beforeMs: number,
  removed: readonly TimeSpan[],
  expiry: Expiry,
): Omit<DataPoint, 'key'> | undefined {
  const { database, path } = connection;
  let blocks = blocksOf.get(database);
  if (blocks === undefined) blocksOf.set(database, (blocks = new StoredBlocks(database, path)));
  const series = { ...expiry, seriesId, head: { points: pointColumns(0), removed } };
  // One snapshot for all that is looked at: packing puts other blocks in the place of those that it merges.
  database.exec('BEGIN');
  try {
    const found = pointsOf(blocks, series, { startMs: Number.NEGATIVE_INFINITY, endMs: beforeMs }, 'DESC').next(1) as ColumnPart | undefined;
    return found === undefined ? undefined : pointAt(found);
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}

function pointAt({ columns, from }: ColumnPart): Omit<DataPoint, 'key'> {
  const { times, kinds } = columns;
  return { tsMs: times[from] as number, kind: kinds[from] as ValueKind, value: valueInColumns(columns, from) };
}
