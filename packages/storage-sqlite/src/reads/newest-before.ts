import type { DataPoint } from '@fieldline/model';
import { pointColumns, valueInColumns } from '@fieldline/model';
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
 * @param path the data folder, for what it throws
 * @throws STORAGE_CORRUPT  the block that holds it is damaged
 */
export function newestBefore(
  { database, path }: { readonly database: DatabaseSync; readonly path: string },
  seriesId: number,
  beforeMs: number,
  removed: readonly TimeSpan[],
  expiry: Expiry,
): Omit<DataPoint, 'key'> | undefined {
  let blocks = blocksOf.get(database);
  if (blocks === undefined) blocksOf.set(database, (blocks = new StoredBlocks(database, path)));
  const series = { ...expiry, seriesId, head: { points: pointColumns(0), removed } };
  const found = pointsOf(blocks, series, { startMs: Number.NEGATIVE_INFINITY, endMs: beforeMs }, 'DESC').next(1) as ColumnPart | undefined;
  if (found === undefined) return undefined;
  const { columns, from } = found;
  const { times, kinds } = columns;
  return { tsMs: times[from] as number, kind: kinds[from] as DataPoint['kind'], value: valueInColumns(columns, from) };
}
