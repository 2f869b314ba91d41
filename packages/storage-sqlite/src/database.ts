import { isProblem, type ProblemError } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteErrors } from './errors.js';

/** The one database file of a data folder. */
export function databaseFile(path: string): string {
  return join(path, 'fieldline.db');
}

/** Opens the database of a data folder for reading, beside the writer. The writer must have opened it before. */
export function openForReading(path: string): DatabaseSync {
  const file = databaseFile(path);
  if (!existsSync(file)) throw sqliteErrors.FOLDER_UNUSABLE({ path, reason: 'it holds no data file yet' });
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  } catch (error) {
    throw storageProblem(error, path);
  }
}

// Primary result codes, https://www.sqlite.org/rescode.html.
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;
// Extended codes of the constraints that mean "this is taken".
const taken: readonly number[] = [2067, 1555, 2579];

interface SqliteError extends Error {
  readonly code: 'ERR_SQLITE_ERROR';
  /** Extended result code. */
  readonly errcode: number;
  readonly errstr: string;
}

/** An error of SQLite itself, as node:sqlite throws it. */
export function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && (error as Partial<SqliteError>).code === 'ERR_SQLITE_ERROR';
}

/** True where SQLite would have had to write, and may not. */
export function isReadOnly(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === SQLITE_READONLY;
}

/** The columns of a broken UNIQUE or PRIMARY KEY rule, such as `device.tenant_id, device.name`; undefined for any other error. */
export function takenColumns(error: unknown): string | undefined {
  if (!isSqliteError(error) || !taken.includes(error.errcode)) return undefined;
  return error.message.replace(/^.*constraint failed: /, '');
}

/** True where only the statement is at fault, so that its neighbours in the transaction can go on. */
export function isOfStatement(error: unknown): boolean {
  // What SQLite did not raise itself was wrong with a value, before it got there.
  if (!isSqliteError(error)) return true;
  // SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH, RANGE: all other codes speak of the file, the disk or the memory.
  return [1, 18, SQLITE_CONSTRAINT, 20, 25].includes(error.errcode & 0xff);
}

/** What a read of the database gives; what it throws becomes a coded error. */
export function readCoded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw storageProblem(error, path);
  }
}

/** The coded form of whatever went wrong with the database of a data folder. */
export function storageProblem(error: unknown, path: string): ProblemError {
  if (isProblem(error)) return error;
  const cause = { cause: error };
  // A whole number beyond 2^53 where none is ever written.
  if (error instanceof RangeError && (error as { readonly code?: unknown }).code === 'ERR_OUT_OF_RANGE') {
    return storageErrors.CORRUPT({ path: databaseFile(path), reason: error.message }, cause);
  }
  if (!isSqliteError(error)) {
    return storageErrors.UNAVAILABLE({ reason: error instanceof Error ? error.message : 'it failed without saying why' }, cause);
  }
  const reason = error.message;
  const code = error.errcode & 0xff;
  if (code === SQLITE_FULL) return storageErrors.FULL({ reason }, cause);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return storageErrors.CORRUPT({ path: databaseFile(path), reason }, cause);
  if (code === SQLITE_CANTOPEN) return sqliteErrors.FOLDER_UNUSABLE({ path, reason }, cause);
  if (code === SQLITE_IOERR) return storageErrors.UNAVAILABLE({ reason: `the disk reported an error (${reason})` }, cause);
  return storageErrors.UNAVAILABLE({ reason }, cause);
}
