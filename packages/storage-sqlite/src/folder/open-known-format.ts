import { storageErrors } from '@fieldline/ports';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFile, openForReading, storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import { APPLICATION_ID, FORMAT_VERSION } from '../schema.js';

/**
 * Opens the database of a data folder for a tool that only reads, beside a server or without one.
 *
 * @throws SQLITE_NO_DATA, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export function openKnownFormat(path: string): DatabaseSync {
  if (!existsSync(databaseFile(path))) throw sqliteErrors.NO_DATA({ path });
  const database = openForReading(path);
  try {
    const numberOf = (pragma: string): number => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
    const file = databaseFile(path);
    if (numberOf('application_id') !== APPLICATION_ID) throw storageErrors.CORRUPT({ path: file, reason: 'it is a database of another program' });
    const found = numberOf('user_version');
    if (found > FORMAT_VERSION) throw sqliteErrors.FORMAT_NEWER({ path: file, found, known: FORMAT_VERSION });
    if (found < FORMAT_VERSION) throw sqliteErrors.FORMAT_OLDER({ path: file, found, known: FORMAT_VERSION });
    return database;
  } catch (error) {
    database.close();
    throw storageProblem(error, path);
  }
}
