import { storageErrors } from '@fieldline/ports';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFile, isReadOnly, openForReading, storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import { APPLICATION_ID, FORMAT_OLDEST, FORMAT_VERSION } from '../schema.js';
import { isRestoreUnfinished } from './restore-steps.js';

/**
 * Opens the database of a data folder for a tool that only reads, beside a server or without one.
 *
 * @throws SQLITE_NO_DATA, SQLITE_RESTORE_UNFINISHED, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export function openKnownFormat(path: string): DatabaseSync {
  return openFormat(path, FORMAT_VERSION).database;
}

/**
 * As `openKnownFormat`, also where a server would have to upgrade the file first: for tools that take it as it is.
 *
 * @throws as `openKnownFormat`
 */
export function openUpgradableFormat(path: string): { readonly database: DatabaseSync; readonly format: number } {
  return openFormat(path, FORMAT_OLDEST);
}

/** Whoever reads a database that a server has opened tells others of it, in a file beside it. */
const mayNotWrite = 'this user may not write there, which is needed for reading too; a folder that fieldline backup wrote can be read without';

function openFormat(path: string, oldest: number): { readonly database: DatabaseSync; readonly format: number } {
  if (isRestoreUnfinished(path)) throw sqliteErrors.RESTORE_UNFINISHED({ path });
  if (!existsSync(databaseFile(path))) throw sqliteErrors.NO_DATA({ path });
  const database = openForReading(path);
  try {
    const numberOf = (pragma: string): number => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
    const file = databaseFile(path);
    if (numberOf('application_id') !== APPLICATION_ID) throw storageErrors.CORRUPT({ path: file, reason: 'it is a database of another program' });
    const found = numberOf('user_version');
    if (found > FORMAT_VERSION) throw sqliteErrors.FORMAT_NEWER({ path: file, found, known: FORMAT_VERSION });
    if (found < oldest) throw sqliteErrors.FORMAT_OLDER({ path: file, found, known: FORMAT_VERSION });
    return { database, format: found };
  } catch (error) {
    database.close();
    throw isReadOnly(error) ? sqliteErrors.FOLDER_UNUSABLE({ path, reason: mayNotWrite }, { cause: error }) : storageProblem(error, path);
  }
}
