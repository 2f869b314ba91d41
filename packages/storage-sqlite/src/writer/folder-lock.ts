import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isSqliteError } from '../database.js';
import { sqliteErrors } from '../errors.js';

const SQLITE_BUSY = 5;

/**
 * Claims a data folder for this process until the lock is closed or the process ends, however it ends.
 *
 * The lock is SQLite's own on an empty file beside the database: the operating system lets go of it when the
 * process dies, so nothing stale is ever left. (On the database itself it would shut out our own readers.)
 *
 * @throws SQLITE_FOLDER_IN_USE  another server has it
 */
export function lockFolder(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, 'fieldline.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isSqliteError(error) && (error.errcode & 0xff) === SQLITE_BUSY) throw sqliteErrors.FOLDER_IN_USE({ path });
    throw error;
  }
}
