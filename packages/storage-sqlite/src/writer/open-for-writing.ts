import { storageErrors } from '@fieldline/ports';
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile, storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import { finishRestore } from '../folder/restore-steps.js';
import { CHECKPOINT_PAGES, WRITER_CACHE_BYTES } from '../limits.js';
import { upgrade } from '../migrations.js';
import { APPLICATION_ID, FORMAT_VERSION, schemaSql } from '../schema.js';
import { lockFolder } from './folder-lock.js';

/** `FULL` waits for the disk with every commit. `OFF` does not: for tests that must see what that costs, never for data. */
export type Synchronous = 'FULL' | 'OFF';

/** The write connection of a data folder, and the lock that keeps other servers out. */
export interface OpenedForWriting {
  readonly database: DatabaseSync;
  readonly lock: DatabaseSync;
}

/**
 * Opens the data folder for its only writer: makes the folder and the tables where they are missing, upgrades a
 * folder of an earlier version, checks what is there. A restore that was interrupted is finished first.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_IN_USE, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT, STORAGE_FULL
 */
export function openForWriting(path: string, synchronous: Synchronous = 'FULL'): OpenedForWriting {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw sqliteErrors.FOLDER_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  const opened: DatabaseSync[] = [];
  try {
    const lock = lockFolder(path);
    opened.push(lock);
    finishRestore(path);
    const database = new DatabaseSync(databaseFile(path), { timeout: 5_000 });
    opened.push(database);
    checkFormat(database, path);
    // FULL syncs the write-ahead log with every commit: without it a power cut could take back what was acknowledged.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec(`PRAGMA cache_size = -${WRITER_CACHE_BYTES / 1024}`);
    // The checks are named by table because log rows and blocks carry checksums of their own, which are looked at when they are read:
    // a start must not take longer the more points there are.
    checkTables(database, path);
    // Nobody uploads yet: pieces that no blob points to were left by a crash.
    database.exec('DELETE FROM blob_piece WHERE upload NOT IN (SELECT upload FROM blob)');
    database.exec(markRemoved);
    return { database, lock };
  } catch (error) {
    for (const connection of opened) connection.close();
    throw storageProblem(error, path);
  }
}

function checkFormat(database: DatabaseSync, path: string): void {
  const numberOf = (pragma: string): number => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined;
  if (!hasTables) {
    database.exec(`BEGIN IMMEDIATE; ${schemaSql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`);
    return;
  }
  if (numberOf('application_id') !== APPLICATION_ID) {
    throw storageErrors.CORRUPT({ path: databaseFile(path), reason: 'it is a database of another program' });
  }
  const found = numberOf('user_version');
  if (found > FORMAT_VERSION) throw sqliteErrors.FORMAT_NEWER({ path: databaseFile(path), found, known: FORMAT_VERSION });
  if (found < FORMAT_VERSION) upgrade(database, found);
}

function checkTables(database: DatabaseSync, path: string): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('batch_log', 'block')").all();
  for (const { name } of tables) {
    for (const row of database.prepare(`PRAGMA quick_check("${String(name)}")`).all()) {
      const [reason] = Object.values(row);
      if (reason !== 'ok') throw storageErrors.CORRUPT({ path: databaseFile(path), reason: String(reason) });
    }
  }
}

/** Whoever opens the folder from now on names nothing any more that was removed by now: its numbers can go when the log has. */
const markRemoved = `
BEGIN IMMEDIATE;
UPDATE entity SET is_swept = 1 WHERE is_removed = 1 AND is_swept < 2 AND is_swept = 0;
UPDATE packing SET opened_seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'batch_log'), 0);
COMMIT;
`;
