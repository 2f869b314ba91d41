import { problemOf, type Problem } from '@fieldline/kernel';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isOfStatement, storageProblem, takenColumns } from '../database.js';
import { storageErrors } from '@fieldline/ports';
import { logBodyOf } from '../log/log-body.js';
import { openForWriting, type Synchronous } from './open-for-writing.js';
import { TenantSweep } from './tenant-sweep.js';
import type { WriteFailure, WriteRequest } from './writer-link.js';

/** Where requests of one link come from: remembers after which failure they must not be written (`WriteRequest.epoch`). */
export interface WriteSource {
  failedEpoch: number;
}

export interface WaitingWrite {
  readonly request: WriteRequest;
  readonly source: WriteSource;
}

/** Owns the write connection of a data folder; commits what waits as one transaction, and sweeps removed tenants in between. */
export class SqliteWriter {
  /** Number of the newest log row; 0 where there was never any. */
  lastLogSeq: number;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #lock: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #sweep: TenantSweep;

  /** Opens the data folder. @see openForWriting for what it throws */
  constructor(path: string, synchronous: Synchronous = 'FULL') {
    this.#path = path;
    const { database, lock } = openForWriting(path, synchronous);
    this.#database = database;
    this.#lock = lock;
    // Counts on after its rows were deleted, also over restarts.
    this.lastLogSeq = Number(database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'batch_log'").get()?.['seq'] ?? 0);
    this.#sweep = new TenantSweep(database);
    this.#sweep.wake();
  }

  /**
   * Writes the requests as one transaction, in order, each of them as a whole or not at all. When it returns,
   * everything that did not fail is on the disk.
   *
   * @returns for each request why nothing of it was kept, or undefined
   */
  commit(waiting: readonly WaitingWrite[]): (WriteFailure | undefined)[] {
    const failures: (WriteFailure | undefined)[] = [];
    try {
      this.#run('BEGIN IMMEDIATE');
      const logged: Uint8Array[] = [];
      for (const { request, source } of waiting) {
        const failure = followsFailure(request, source) ?? this.#apply(request);
        failures.push(failure);
        if (failure !== undefined) markFailed(request, source);
        else if (request.points !== undefined) logged.push(request.points);
      }
      const written = logged.length === 0 ? undefined : this.#statement('INSERT INTO batch_log (body) VALUES (?)').run(logBodyOf(logged));
      this.#run('COMMIT');
      if (written !== undefined) this.lastLogSeq = Number(written.lastInsertRowid);
      if (waiting.some(({ request }) => request.removesTenants === true)) this.#sweep.wake();
      return failures;
    } catch (error) {
      // The whole transaction is lost. SQLite ends it itself after some errors and leaves it open after others.
      if (this.#database.isTransaction) this.#run('ROLLBACK');
      const problem = problemOf(storageProblem(error, this.#path));
      for (const { request, source } of waiting) markFailed(request, source);
      return waiting.map((_, n) => failures[n] ?? { kind: 'problem', problem });
    }
  }

  /** Closes the database and lets other servers have the folder. */
  close(): void {
    this.#sweep.stop();
    this.#database.close();
    this.#lock.close();
  }

  #apply(request: WriteRequest): WriteFailure | undefined {
    if (request.statements.length === 0) return undefined;
    this.#run('SAVEPOINT request');
    let failure: WriteFailure | undefined;
    try {
      failure = this.#execute(request);
    } catch (error) {
      failure = failureOfStatement(error, this.#path);
      if (failure === undefined) throw error;
    }
    if (failure !== undefined) this.#run('ROLLBACK TO request');
    this.#run('RELEASE request');
    return failure;
  }

  #execute({ statements }: WriteRequest): WriteFailure | undefined {
    for (const [place, { sql, rows, changes, mustFind }] of statements.entries()) {
      const statement = this.#statement(sql);
      for (const row of rows) {
        const isDone = mustFind === true ? statement.get(...row) !== undefined : isOf(changes, statement.run(...row).changes);
        if (!isDone) return { kind: 'unchanged', statement: place };
      }
    }
    return undefined;
  }

  #run(sql: string): void {
    this.#statement(sql).run();
  }

  // Every statement text is a constant of this package, so the map cannot grow without bound.
  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const isOf = (wanted: number | undefined, changes: number | bigint): boolean => wanted === undefined || Number(changes) === wanted;

function followsFailure(request: WriteRequest, source: WriteSource): WriteFailure | undefined {
  if (request.epoch === undefined || request.epoch > source.failedEpoch) return undefined;
  return { kind: 'problem', problem: predecessorFailed };
}

const predecessorFailed: Problem = problemOf(storageErrors.UNAVAILABLE({ reason: 'a write before this one, on which it builds, failed' }));

function markFailed(request: WriteRequest, source: WriteSource): void {
  if (request.epoch !== undefined) source.failedEpoch = Math.max(source.failedEpoch, request.epoch);
}

/** The failure of one request, or undefined where the error is one of the whole database. */
function failureOfStatement(error: unknown, path: string): WriteFailure | undefined {
  const columns = takenColumns(error);
  if (columns !== undefined) return { kind: 'taken', columns };
  if (isOfStatement(error)) return { kind: 'problem', problem: problemOf(storageProblem(error, path)) };
  return undefined;
}
