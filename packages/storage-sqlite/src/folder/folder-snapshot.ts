import { pointColumns, type EntityId, type PointColumns, type TenantId } from '@fieldline/model';
import type { Clock, ProblemError } from '@fieldline/kernel';
import { historyLimits, type RangeQuery } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { readCoded, storageProblem } from '../database.js';
import { rebuildHead } from '../data/rebuild.js';
import { Retention } from '../data/retention.js';
import { sliceOf } from '../head/head-slice.js';
import type { Head } from '../head/head.js';
import { SERIES_MAX } from '../limits.js';
import { ColumnsRead } from '../reads/columns-read.js';
import { ReadCost } from '../reads/read-cost.js';
import { pointsOf } from '../reads/series-reading.js';
import { StoredBlocks } from '../reads/stored-blocks.js';
import { entityName } from './entity-names.js';
import { openKnownFormat } from './open-known-format.js';
import { ReadableBlocks } from './readable-blocks.js';

/** A time series of a data folder. */
export interface StoredSeries {
  readonly id: number;
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
}

export interface FolderSnapshotOptions {
  /** The data folder. */
  readonly path: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Told of each damaged block, whose points are left out then; absent: reads of such blocks fail. */
  readonly onDamaged?: ((problem: ProblemError) => void) | undefined;
}

/** Nothing waits for a tool: its reads may cost what they cost. */
const unbounded = { ...historyLimits, pointsMax: Infinity, textBytesMax: Infinity, deadlineMs: Infinity };

/**
 * All points of a data folder as they are at one moment, whether a server works on it or not. It keeps that moment until it is
 * closed, and for so long the write-ahead log of the folder grows.
 */
export class FolderSnapshot {
  readonly database: DatabaseSync;
  readonly #path: string;
  readonly #head: Head;
  readonly #blocks: StoredBlocks;
  readonly #retention: Retention;

  /** @throws SQLITE_NO_DATA, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT */
  constructor({ path, clock, onDamaged }: FolderSnapshotOptions) {
    this.#path = path;
    this.database = openKnownFormat(path);
    try {
      this.database.exec('BEGIN');
      this.#head = rebuildHead(this.database, path, SERIES_MAX).head;
      this.#blocks = onDamaged === undefined ? new StoredBlocks(this.database, path) : new ReadableBlocks(this.database, path, onDamaged);
      this.#retention = new Retention(clock, this.database);
    } catch (error) {
      this.database.close();
      throw storageProblem(error, path);
    }
  }

  /** The series of entities that were not removed, in the order in which they were first written. */
  *series(): Iterable<StoredSeries> {
    for (const series of this.#head.series) {
      if (series === undefined || series.entity.isGone) continue;
      yield { id: series.id, tenantId: series.entity.tenantId, entity: series.entity.entity, key: series.key };
    }
  }

  /** The points of a series in pieces, those in blocks and those in the log as one. @throws STORAGE_CORRUPT for what is damaged and not left out */
  *points(seriesId: number, query: Pick<RangeQuery, 'startMs' | 'endMs' | 'limit' | 'order'>): Iterable<PointColumns> {
    const series = this.#head.seriesAt(seriesId);
    if (series.entity.isGone) return;
    const expiry = this.#retention.expiryOf(series.entity.tenantId);
    const head = sliceOf(series, query, expiry);
    const merged = readCoded(this.#path, () => pointsOf(this.#blocks, { seriesId, ...expiry, head }, query, query.order));
    const read = new ColumnsRead(merged, new ReadCost(unbounded), query, pointColumns(historyLimits.pieceMax));
    for (;;) {
      const slice = readCoded(this.#path, () => read.slice(Infinity));
      if (slice === 'end') return;
      if (slice !== 'later') yield slice.value;
    }
  }

  /** What people call an entity; empty where it has no name. */
  nameOf(entity: EntityId): string {
    return entityName(this.database, entity);
  }

  /** The series with this number, if there is one that was not removed. */
  find(seriesId: number): StoredSeries | undefined {
    const series = this.#head.series[seriesId];
    if (series === undefined || series.entity.isGone) return undefined;
    return { id: series.id, tenantId: series.entity.tenantId, entity: series.entity.entity, key: series.key };
  }

  close(): void {
    this.database.close();
  }
}
