import { isProblem } from '@fieldline/kernel';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import { lockFolder } from '../writer/folder-lock.js';
import { checkFolder } from './check-folder.js';
import { openUpgradableFormat } from './open-known-format.js';
import { draftsOf, finishRestore, KEY_FILE, putInPlace, putOnDisk } from './restore-steps.js';

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
    copyKey(from, join(to, KEY_FILE));
    renameSync(draft, databaseFile(to));
    putOnDisk(to);
    return statSync(databaseFile(to)).size;
  } catch (error) {
    // Nothing is left that another try would stumble over.
    for (const path of [draft, join(to, KEY_FILE)]) rmSync(path, { force: true });
    throw storageProblem(error, to);
  }
}

interface RestoreOptions {
  readonly from: string;
  readonly to: string;
  readonly setAside: string;
  readonly onStep?: () => void;
}

/**
 * Puts a backup in the place of a data folder that no server uses. What was there is kept beside it, under a name of its own. A backup of an
 * earlier format is put there as it is: the next server that opens the folder upgrades it. One that is killed leaves what was there, or a
 * folder that the next restore or server finishes; tools refuse it until then.
 *
 * @param setAside for the name of what was there, such as a time
 * @param onStep called after each change of the folder, for tests that end there
 * @returns where what was there is now; undefined where nothing was
 * @throws SQLITE_NO_DATA, SQLITE_FOLDER_IN_USE, SQLITE_BACKUP_DAMAGED, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_FULL
 */
export function restoreFolder({ from, to, setAside, onStep }: RestoreOptions): string | undefined {
  assertWhole(from);
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    const lock = lockFolder(to);
    try {
      finishRestore(to);
      const drafts = draftsOf(to);
      for (const draft of [drafts.database, drafts.key]) rmSync(draft, { force: true });
      copyDatabase(from, drafts.database);
      copyKey(from, drafts.key);
      onStep?.();
      return putInPlace(to, `before-restore-${setAside}`, onStep);
    } finally {
      lock.close();
    }
  } catch (error) {
    throw storageProblem(error, to);
  }
}

/** Nothing takes the place of a folder but what is found whole. */
function assertWhole(backup: string): void {
  let finding: string | undefined;
  try {
    [finding] = checkFolder(backup);
  } catch (error) {
    // So far gone that nothing in it can be checked. The advice to restore a backup would be none here.
    if (!isProblem(error) || error.code !== 'STORAGE_CORRUPT') throw error;
    throw sqliteErrors.BACKUP_DAMAGED({ path: backup, reason: error.message }, { cause: error });
  }
  if (finding !== undefined) throw sqliteErrors.BACKUP_DAMAGED({ path: backup, reason: finding });
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

function copyKey(from: string, file: string): void {
  if (!existsSync(join(from, KEY_FILE))) return;
  copyFileSync(join(from, KEY_FILE), file);
  putOnDisk(file);
}

function prepareEmpty(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw sqliteErrors.FOLDER_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  if (readdirSync(path).length > 0) throw sqliteErrors.FOLDER_NOT_EMPTY({ path });
}
