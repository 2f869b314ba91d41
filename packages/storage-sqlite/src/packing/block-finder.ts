import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { TimeSpan } from '../reads/history-reads.js';

/** A block as its row and the index say it is. */
export interface FoundBlock {
  /** Negative for the mark of a damaged block, which has its times. */
  readonly id: number;
  readonly ttlMs: number;
  readonly startMs: number;
  /** Inclusive. */
  readonly endMs: number;
  readonly count: number;
}

/**
 * Finds blocks through their index. Those that are known to be damaged, and their marks, are passed over, but where somebody asks
 * for what begins in a span: what is removed as a whole need not be read.
 */
export class BlockFinder {
  readonly damaged = new Set<number>();
  readonly #timeToLive: StatementSync;
  readonly #newest: StatementSync;
  readonly #lastFrom: StatementSync;
  readonly #firstAfter: StatementSync;
  readonly #startingIn: StatementSync;
  readonly #body: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#timeToLive = prepare('SELECT min(ttl_ms) FROM block WHERE series_id = ? AND ttl_ms > ?');
    this.#newest = prepare(`${select} AND id >= 0 ORDER BY start_ms DESC LIMIT ?`);
    this.#lastFrom = prepare(`${select} AND id >= 0 AND start_ms <= ? ORDER BY start_ms DESC`);
    this.#firstAfter = prepare(`${select} AND id >= 0 AND start_ms > ? ORDER BY start_ms`);
    this.#startingIn = prepare(`${select} AND start_ms >= ? AND start_ms < ? ORDER BY start_ms`);
    this.#body = prepare('SELECT body FROM block WHERE id = ?');
  }

  /** The times to live of the blocks of a series, ascending. */
  timesToLive(seriesId: number): number[] {
    const found: number[] = [];
    for (let ttlMs = -1; ;) {
      const next = rowOf(this.#timeToLive.get(seriesId, ttlMs))?.[0] as number | null;
      if (next === null) return found;
      found.push((ttlMs = next));
    }
  }

  /** The last blocks of a series, newest first. */
  newest(seriesId: number, ttlMs: number, max: number): FoundBlock[] {
    return (this.#newest.all(seriesId, ttlMs, max + this.damaged.size) as unknown as Row[])
      .map(blockOf)
      .filter(({ id }) => !this.damaged.has(id))
      .slice(0, max);
  }

  /** The last block that begins at or before a time. */
  lastFrom(seriesId: number, ttlMs: number, tsMs: number): FoundBlock | undefined {
    return this.#firstSound(this.#lastFrom.iterate(seriesId, ttlMs, tsMs));
  }

  /** The first block that begins after a time. */
  firstAfter(seriesId: number, ttlMs: number, tsMs: number): FoundBlock | undefined {
    return this.#firstSound(this.#firstAfter.iterate(seriesId, ttlMs, tsMs));
  }

  /** Every block that holds, or may hold, times of a span. */
  overlapping(seriesId: number, ttlMs: number, { startMs, endMs }: TimeSpan): FoundBlock[] {
    const found = (this.#startingIn.all(seriesId, ttlMs, startMs, endMs) as unknown as Row[]).map(blockOf);
    const before = this.lastFrom(seriesId, ttlMs, startMs);
    return before === undefined || before.startMs === startMs || before.endMs < startMs ? found : [before, ...found];
  }

  /** The bytes of a block; none where only the index knows it. */
  body(id: number): Uint8Array {
    return (rowOf(this.#body.get(id))?.[0] ?? new Uint8Array(0)) as Uint8Array;
  }

  #firstSound(rows: Iterable<unknown>): FoundBlock | undefined {
    for (const row of rows) {
      const block = blockOf(row as Row);
      if (!this.damaged.has(block.id)) return block;
    }
    return undefined;
  }
}

type Row = readonly [id: number, ttlMs: number, startMs: number, endMs: number, count: number];

const select = 'SELECT id, ttl_ms, start_ms, end_ms, count FROM block WHERE series_id = ? AND ttl_ms = ?';
const blockOf = ([id, ttlMs, startMs, endMs, count]: Row): FoundBlock => ({ id, ttlMs, startMs, endMs, count });
const rowOf = (row: unknown): readonly unknown[] | undefined => row as readonly unknown[] | undefined;
