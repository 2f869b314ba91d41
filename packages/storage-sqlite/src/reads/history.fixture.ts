import { columnsOfPoints, type DataPoint, type PointColumns } from '@fieldline/model';
import { DatabaseSync } from 'node:sqlite';
import { encodeBlock } from '../blocks/block-codec.js';
import { summaryOf } from '../blocks/block-summary.js';
import { rowChecksum } from '../blocks/row-checksum.js';
import { databaseFile } from '../database.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import type { SeriesRead } from './history-reads.js';

/** Points of one series and time to live, of which each list is a block. */
export interface GivenBlocks {
  readonly seriesId: number;
  readonly ttlMs: number;
  readonly blocks: readonly (readonly Omit<DataPoint, 'key'>[])[];
}

/** Makes the database of a data folder. */
export async function makeFolder(path: string): Promise<void> {
  const writer = inProcessWriter(path);
  await writer.ready();
  await writer.close();
}

/** Makes the blocks the only ones of the data folder. */
export function writeBlocks(path: string, given: readonly GivenBlocks[]): void {
  const database = new DatabaseSync(databaseFile(path));
  const insert = database.prepare(`INSERT INTO block
    (series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, row_crc, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  database.exec('PRAGMA synchronous = OFF; BEGIN; DELETE FROM block');
  for (const { seriesId, ttlMs, blocks } of given) {
    for (const points of blocks) {
      const columns = columnsOfPoints(points);
      const summary = summaryOf(columns);
      const { count, kind, minimum, maximum, sum } = summary;
      const [startMs, endMs] = [points[0]?.tsMs ?? 0, points.at(-1)?.tsMs ?? 0];
      const crc = rowChecksum({ seriesId, ttlMs, startMs, endMs, summary });
      insert.run(seriesId, ttlMs, startMs, endMs, count, kind, minimum, maximum, sum, crc, encodeBlock(columns));
    }
  }
  database.exec('COMMIT');
  database.close();
}

/** A read that nothing in memory adds to, unless it is said. */
export function seriesRead(seriesId: number, more: Partial<SeriesRead> = {}): SeriesRead {
  return { seriesId, head: { points: columnsOfPoints([]), removed: [] }, nowMs: 0, defaultTtlMs: 0, isCurrent: () => true, ...more };
}

/** All pieces of a read. */
export async function piecesOf(pieces: AsyncIterable<PointColumns>): Promise<PointColumns[]> {
  const all: PointColumns[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}
