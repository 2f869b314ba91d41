import { problemOf, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFile, openForReading, storageProblem } from '../database.js';
import { BLOCK_POINTS, DAMAGED_BLOCKS_KNOWN, LOG_BYTES_A_DELETION, PACKED_POINTS_MAX, SERIES_JOINED_AT_ONCE } from '../limits.js';
import type { WriterLink, WriteStatement } from '../writer/writer-link.js';
import { BlockFinder, type FoundBlock } from './block-finder.js';
import { LatestValues } from './latest-values.js';
import { readLog, type LogRecords } from './log-records.js';
import { PackWrites } from './pack-writes.js';
import type { Packed, PackerLink } from './packer-link.js';
import { PublishCollection } from './publish-collection.js';
import { RemovedSeries } from './removed-series.js';
import { changesOf } from './series-changes.js';
import { joinedSeries, mergedSeries } from './series-merge.js';
import { sweepSteps } from './sweep-steps.js';

export interface PackerOptions {
  /** The data folder, which the writer must have opened. */
  readonly path: string;
  /** Everything is written through it; it is not closed. */
  readonly writer: WriterLink;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
  /** Bounds of limits.ts, for tests that reach them. */
  readonly limits?: { readonly pointsMax?: number; readonly rowsAWrite?: number } | undefined;
}

/**
 * Packs in the thread it runs in. It only reads the database; what it makes goes to the writer in small requests, and the log rows
 * count as packed when all of it is on the disk. Ended before that, it does the same again.
 */
export class Packer implements PackerLink {
  readonly #options: PackerOptions;
  readonly #writes: PackWrites;
  #opened: Opened | undefined = undefined;
  /** Settles when whoever came before is done: packing and each step of a sweep have the tables for themselves. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: PackerOptions) {
    this.#options = options;
    this.#writes = new PackWrites(options.writer, options.limits?.rowsAWrite);
  }

  pack(throughSeq: number): Promise<Packed> {
    return this.#alone(async (opened) => {
      let packed: Packed = { throughSeq: packedThrough(opened.database), points: 0, logBytes: 0 };
      // Rows that are still to come are not packed, whoever asks for them.
      const lastSeq = Math.min(throughSeq, lastLogged(opened.database));
      while (packed.throughSeq < lastSeq) {
        const { points, logBytes, ...round } = await this.#packRound(opened, packed.throughSeq, lastSeq);
        packed = { throughSeq: round.throughSeq, points: packed.points + points, logBytes: packed.logBytes + logBytes };
      }
      await this.#deletePacked(opened.database, packed.throughSeq);
      return packed;
    });
  }

  async sweep(): Promise<void> {
    const { clock } = this.#options;
    let steps: Iterator<readonly WriteStatement[]> | undefined;
    for (let isDone = false; !isDone;) {
      await this.#alone(async ({ database, finder }) => {
        steps ??= sweepSteps(database, clock.nowMs());
        const step = steps.next();
        isDone = step.done === true;
        // Another block may have the number of one that goes.
        if (!isDone) finder.damaged.clear();
        if (step.done !== true) await this.#writes.write({ statements: step.value });
        await this.#writes.flush();
      });
    }
  }

  async join(): Promise<void> {
    for (let afterId: number | undefined = -1; afterId !== undefined;) {
      const from: number = afterId;
      afterId = await this.#alone((opened) => this.#joinSome(opened, from));
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#writes.end();
    await this.#last;
    this.#opened?.database.close();
  }

  /** Does something when everybody before is done with the tables; what it throws becomes a coded error. */
  #alone<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const { path } = this.#options;
    const done = this.#last.then(async () => {
      if (this.#isClosed) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
      try {
        this.#opened ??= open(path);
        return await work(this.#opened);
      } catch (error) {
        if (this.#opened?.database.isTransaction === true) this.#opened.database.exec('ROLLBACK');
        await this.#writes.reset();
        throw storageProblem(error, path);
      }
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Packs as much as is done at once. */
  async #packRound({ database, finder, latest }: Opened, afterSeq: number, throughSeq: number): Promise<Packed> {
    // One look at the tables serves many series: nobody else writes what is read here, and looking costs more than finding.
    database.exec('BEGIN');
    // What is forgotten here is met again, and told of again.
    if (finder.damaged.size > DAMAGED_BLOCKS_KNOWN) finder.damaged.clear();
    const removed = new RemovedSeries(database);
    const { path, limits } = this.#options;
    const records = readLog(database, { path, afterSeq, throughSeq, removed, pointsMax: limits?.pointsMax ?? PACKED_POINTS_MAX });
    const { seriesIds, starts } = records;
    // Rows that are not there hold nothing.
    const reachedSeq = records.throughSeq === 0 ? throughSeq : records.throughSeq;
    for (let place = 0; place < seriesIds.length; place += 1) {
      const seriesId = seriesIds[place] as number;
      const [from, to] = [starts[place] as number, starts[place + 1] as number];
      const changes = mergedSeries(finder, seriesId, changesOf(records, from, to), (block, reason) =>
        this.#tellDamage(finder, seriesId, block, reason),
      );
      for (const change of changes) this.#writes.add(change);
      const latestRow = latest.rowAfter(records, seriesId, from, to);
      if (latestRow !== undefined) this.#writes.add({ removed: [], added: [], latest: latestRow });
      if (!this.#writes.isFull) continue;
      database.exec('COMMIT');
      await this.#writes.send();
      database.exec('BEGIN');
    }
    database.exec('COMMIT');
    await this.#writes.flush();
    await this.#writes.write({ statements: [...publishStatements(database, records, removed), { sql: setThrough, rows: [[reachedSeq]] }] });
    await this.#writes.flush();
    return { throughSeq: reachedSeq, points: records.points, logBytes: records.logBytes };
  }

  /** Joins the small blocks of some series. @returns the last of them; undefined where there are no more */
  async #joinSome({ database, finder }: Opened, afterId: number): Promise<number | undefined> {
    const rows = database.prepare(seriesOfSmallBlocks).all(BLOCK_POINTS, afterId, SERIES_JOINED_AT_ONCE);
    const seriesIds = rows.map(({ series_id: id }) => Number(id));
    for (const seriesId of seriesIds) {
      const changes = joinedSeries(finder, seriesId, (block, reason) => this.#tellDamage(finder, seriesId, block, reason));
      for (const change of changes) this.#writes.add(change);
      if (this.#writes.isFull) await this.#writes.send();
    }
    await this.#writes.flush();
    return seriesIds.at(-1);
  }

  /** Deletes rows that are packed. They do no harm where that fails: the next call tries again. */
  async #deletePacked(database: DatabaseSync, throughSeq: number): Promise<void> {
    const select = database.prepare('SELECT seq, length(body) AS bytes FROM batch_log WHERE seq <= ? ORDER BY seq');
    const rows = select.all(throughSeq).map(({ seq, bytes }) => ({ seq: Number(seq), bytes: Number(bytes) }));
    try {
      for (let at = 0; at < rows.length;) {
        let bytes = 0;
        while (at < rows.length && bytes < LOG_BYTES_A_DELETION) bytes += (rows[at++] as { bytes: number }).bytes;
        await this.#writes.write({ statements: [{ sql: 'DELETE FROM batch_log WHERE seq <= ?', rows: [[(rows[at - 1] as { seq: number }).seq]] }] });
      }
      await this.#writes.flush();
    } catch (error) {
      await this.#writes.reset();
      this.#options.log.warn('packed-log-kept', { problem: problemOf(storageProblem(error, this.#options.path)) });
    }
  }

  #tellDamage(finder: BlockFinder, seriesId: number, { id, startMs, endMs }: FoundBlock, reason: string): void {
    finder.damaged.add(id);
    const what = `block ${id} of series ${seriesId}, from ${startMs} to ${endMs}, cannot be read: ${reason}`;
    const problem = problemOf(storageErrors.CORRUPT({ path: databaseFile(this.#options.path), reason: what }));
    this.#options.log.error('block-damaged', { code: problem.code, reason: problem.message, remedy: problem.remedy });
  }
}

interface Opened {
  readonly database: DatabaseSync;
  readonly finder: BlockFinder;
  readonly latest: LatestValues;
}

function open(path: string): Opened {
  // Not read as memory: log rows stand between those of others, so most of the file would count as resident, and it is no faster.
  const database = openForReading(path);
  return { database, finder: new BlockFinder(database), latest: new LatestValues(database) };
}

function packedThrough(database: DatabaseSync): number {
  return Number(database.prepare('SELECT through_seq FROM packing').get()?.['through_seq']);
}

function lastLogged(database: DatabaseSync): number {
  return Number(database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'batch_log'").get()?.['seq'] ?? 0);
}

/** Keeps the newest publishes, where there are new ones. */
function publishStatements(database: DatabaseSync, { publishes }: LogRecords, removed: RemovedSeries): WriteStatement[] {
  if (publishes.isEmpty) return [];
  const kept = new PublishCollection();
  const before = database.prepare('SELECT body FROM packed_publish').get()?.['body'];
  if (before instanceof Uint8Array) kept.addBody(before, (number) => removed.hasEntity(number));
  kept.addAll(publishes);
  return [{ sql: 'INSERT OR REPLACE INTO packed_publish (id, body) VALUES (1, ?)', rows: [[kept.body()]] }];
}

const seriesOfSmallBlocks = `
SELECT DISTINCT series_id FROM (
  SELECT series_id FROM block WHERE count < ? AND series_id > ? GROUP BY series_id, ttl_ms HAVING count(*) > 1 ORDER BY series_id
) LIMIT ?`;
const setThrough = 'UPDATE packing SET through_seq = ? WHERE id = 1';
