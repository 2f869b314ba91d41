import type { ProblemError } from '@fieldline/kernel';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { storageErrors } from '@fieldline/ports';
import type { PointColumns } from '@fieldline/model';
import { decodeBlock } from '../blocks/block-codec.js';
import type { BlockSummary } from '../blocks/block-summary.js';
import { DamagedBlock } from '../blocks/bytes.js';
import { rowChecksum } from '../blocks/row-checksum.js';
import { databaseFile } from '../database.js';
import type { TimeSpan } from './history-reads.js';

/** What the row of a block says of it. */
export interface BlockRow {
  readonly id: number;
  readonly startMs: number;
  /** Inclusive. */
  readonly endMs: number;
  readonly count: number;
  /** Only where it was asked for. */
  readonly summary: BlockSummary | undefined;
}

/** In which order blocks are read, and whether with their summaries. */
export type BlockOrder = 'ASC' | 'DESC' | 'SUMMARISED';

export interface BlockSeries {
  readonly seriesId: number;
  readonly ttlMs: number;
}

type Column = number | null;

// The first five columns are those of the index, so that rows are not looked at where it says enough.
const rowSql = (columns: string, direction: 'ASC' | 'DESC'): string =>
  `SELECT id, start_ms, end_ms, count${columns} FROM block WHERE series_id = ? AND ttl_ms = ? AND id >= 0 AND start_ms >= ? AND start_ms < ?
   ORDER BY start_ms ${direction} LIMIT ?`;

/**
 * A few blocks before a time are looked at for one that reaches beyond it: of one that packing has not met yet, the row may say too much.
 */
const NEIGHBOURS = 8;

/** The blocks as one connection sees them. */
export class StoredBlocks {
  readonly #path: string;
  readonly #rows: Readonly<Record<BlockOrder, StatementSync>>;
  readonly #ttls: StatementSync;
  readonly #reaching: StatementSync;
  readonly #marks: StatementSync;
  readonly #body: StatementSync;

  constructor(database: DatabaseSync, path: string) {
    const prepared = (sql: string): StatementSync => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#path = path;
    this.#rows = {
      ASC: prepared(rowSql('', 'ASC')),
      DESC: prepared(rowSql('', 'DESC')),
      SUMMARISED: prepared(rowSql(', kind, minimum, maximum, sum, row_crc', 'ASC')),
    };
    // One step for each different time to live, however many blocks there are.
    this.#ttls = prepared(`WITH RECURSIVE found (ttl_ms) AS (
      SELECT min(ttl_ms) FROM block WHERE series_id = ?1
      UNION ALL SELECT (SELECT min(ttl_ms) FROM block WHERE series_id = ?1 AND ttl_ms > found.ttl_ms) FROM found WHERE ttl_ms IS NOT NULL
    ) SELECT ttl_ms FROM found WHERE ttl_ms IS NOT NULL`);
    this.#reaching = prepared(`SELECT min(start_ms) FROM (
      SELECT start_ms, end_ms FROM block WHERE series_id = ? AND ttl_ms = ? AND id >= 0 AND start_ms < ?
      ORDER BY start_ms DESC LIMIT ${NEIGHBOURS}
    ) WHERE end_ms >= ?`);
    // By id: there are hardly ever any.
    this.#marks = prepared(`SELECT id, start_ms, end_ms, count FROM block NOT INDEXED
      WHERE id < 0 AND series_id = ? AND ttl_ms = ? AND start_ms < ? AND end_ms >= ?`);
    this.#body = prepared('SELECT body FROM block WHERE id = ?');
  }

  /** The times to live that blocks of the series have, in ascending order. */
  ttls(seriesId: number): readonly number[] {
    return (this.#ttls.all(seriesId) as unknown as readonly (readonly number[])[]).map(([ttlMs]) => ttlMs as number);
  }

  /** Where the first block begins that reaches a time or begins after it. */
  startReaching({ seriesId, ttlMs }: BlockSeries, tsMs: number): number {
    const [startMs] = this.#reaching.get(seriesId, ttlMs, tsMs, tsMs) as unknown as readonly Column[];
    return startMs ?? tsMs;
  }

  /** The marks of damaged blocks whose time touches the span; they read as damaged themselves. */
  marks({ seriesId, ttlMs }: BlockSeries, { startMs, endMs }: TimeSpan): readonly BlockRow[] {
    const rows = this.#marks.all(seriesId, ttlMs, endMs, startMs) as unknown as readonly (readonly number[])[];
    return rows.map((row) => {
      const [id, from, to, count] = row as readonly [number, number, number, number];
      return { id, startMs: from, endMs: to, count, summary: undefined };
    });
  }

  /**
   * Blocks that begin inside the span, at most `limit`, from the end that the order starts with.
   *
   * @throws STORAGE_CORRUPT  a row that was to be summarised is damaged
   */
  rows({ seriesId, ttlMs }: BlockSeries, order: BlockOrder, { startMs, endMs }: TimeSpan, limit: number): readonly BlockRow[] {
    const rows = this.#rows[order].all(seriesId, ttlMs, startMs, endMs, limit) as unknown as readonly (readonly Column[])[];
    return rows.map(([id, from, to, count, kind, minimum, maximum, sum, crc]) => {
      const row = { id: id as number, startMs: from as number, endMs: to as number, count: count as number };
      if (kind === undefined) return { ...row, summary: undefined };
      const summary = { count, kind, minimum, maximum, sum } as BlockSummary;
      // What is believed without looking at the points must be as it was written.
      if (rowChecksum({ seriesId, ttlMs, ...row, summary }) !== crc) throw this.#damaged(seriesId, row, 'its row does not match its checksum');
      return { ...row, summary };
    });
  }

  /**
   * The points of a block.
   *
   * @throws STORAGE_CORRUPT  it is damaged
   */
  points(seriesId: number, { id, startMs, endMs, count }: BlockRow): PointColumns {
    try {
      const [body] = (this.#body.get(id) ?? []) as unknown as readonly unknown[];
      if (!(body instanceof Uint8Array)) throw new DamagedBlock('its row is not there');
      const points = decodeBlock(body);
      const { times } = points;
      if (points.count === count && times[0] === startMs && times[count - 1] === endMs) return points;
      throw new DamagedBlock('it does not hold what its row says');
    } catch (error) {
      if (error instanceof DamagedBlock) throw this.#damaged(seriesId, { startMs, endMs }, error.message);
      throw error;
    }
  }

  #damaged(seriesId: number, { startMs, endMs }: Pick<BlockRow, 'startMs' | 'endMs'>, what: string): ProblemError {
    const reason = `the block of series ${seriesId} from ${timeText(startMs)} to ${timeText(endMs)} cannot be read: ${what}`;
    return storageErrors.CORRUPT({ path: databaseFile(this.#path), reason });
  }
}

/** Times beyond those of the calendar are told as numbers. */
function timeText(tsMs: number): string {
  const date = new Date(tsMs);
  return Number.isNaN(date.getTime()) ? `${tsMs} ms` : date.toISOString();
}
