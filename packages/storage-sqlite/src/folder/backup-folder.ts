import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { databaseFile, storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import { lockFolder } from '../writer/folder-lock.js';
import { checkFolder } from './check-folder.js';
import { openUpgradableFormat } from './open-known-format.js';

/** The key that signs tokens: with it people stay signed in, and who has it can sign in as anybody. */
const KEY_FILE = 'token-signing.key';

/**
 * Copies a data folder as it is at one moment, while a server works on it or not, into a new or empty folder: the database, compacted, and
 * the key that signs tokens. Plugins are not copied. A folder of an earlier format is copied as it is.
 *
 * @returns bytes of the copy
 * @throws SQLITE_NO_DATA, SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_NOT_EMPTY, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT, STORAGE_FULL
 */
export function backupFolder({ from, to }: { readonly from: string; readonly to: string }): number {
  // Under another name until it is whole, so that what was interrupted is not taken for a backup.
  const draft = `${databaseFile(to)}.part`;
  openUpgradableFormat(from).database.close();
  prepareEmpty(to);
  try {
    copyDatabase(from, draft);
    copyKey(from, to);
    renameSync(draft, databaseFile(to));
    putOnDisk(to);
    return statSync(databaseFile(to)).size;
  } catch (error) {
    // Nothing is left that another try would stumble over.
    for (const path of [draft, join(to, KEY_FILE)]) rmSync(path, { force: true });
    throw storageProblem(error, to);
  }
}

/**
 * Puts a backup in the place of a data folder that no server uses. What was there is kept beside it, under a name of its own. A backup of an
 * earlier format is put there as it is: the next server that opens the folder upgrades it.
 *
 * @param setAside for the name of what was there, such as a time
 * @returns where what was there is now; undefined where nothing was
 * @throws SQLITE_NO_DATA, SQLITE_FOLDER_IN_USE, SQLITE_BACKUP_DAMAGED, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_FULL
 */
export function restoreFolder({ from, to, setAside }: { readonly from: string; readonly to: string; readonly setAside: string }): string | undefined {
  const [finding] = checkFolder(from);
  if (finding !== undefined) throw sqliteErrors.BACKUP_DAMAGED({ path: from, reason: finding });
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    const lock = lockFolder(to);
    try {
      const draft = `${databaseFile(to)}.restored`;
      rmSync(draft, { force: true });
      copyDatabase(from, draft);
      const kept = keepAside(to, `before-restore-${setAside}`);
      renameSync(draft, databaseFile(to));
      copyKey(from, to);
      putOnDisk(to);
      return kept;
    } finally {
      lock.close();
    }
  } catch (error) {
    throw storageProblem(error, to);
  }
}

/** Copies the database as it is at one moment, with what is in its write-ahead log only, compacted. */
function copyDatabase(from: string, file: string): void {
  const { database } = openUpgradableFormat(from);
  try {
    database.prepare('VACUUM INTO ?').run(file);
  } finally {
    database.close();
  }
  putOnDisk(file);
}

function copyKey(from: string, to: string): void {
  if (!existsSync(join(from, KEY_FILE))) return;
  copyFileSync(join(from, KEY_FILE), join(to, KEY_FILE));
  putOnDisk(join(to, KEY_FILE));
}

/** Waits until a file, or the names in a folder, would outlive a power cut. */
function putOnDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Moves the database and its write-ahead log, which belong together, and the key out of the way. A log that was left alone goes too:
 * SQLite would take it for that of the next database in its place.
 */
function keepAside(folder: string, name: string): string | undefined {
  const file = databaseFile(folder);
  const present = [`${file}-wal`, `${file}-shm`, file, join(folder, KEY_FILE)].filter((path) => existsSync(path));
  if (present.length === 0) return undefined;
  const aside = join(folder, name);
  mkdirSync(aside, { mode: 0o700 });
  for (const path of present) renameSync(path, join(aside, basename(path)));
  return aside;
}

function prepareEmpty(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw sqliteErrors.FOLDER_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  if (readdirSync(path).length > 0) throw sqliteErrors.FOLDER_NOT_EMPTY({ path });
}
