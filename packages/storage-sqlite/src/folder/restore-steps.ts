import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { databaseFile } from '../database.js';

// A restore changes several files, and may be killed between any two of them. So it first has all that is new on the disk, under other
// names, and then a note of what it is about to do: whoever finds the note does the rest of it, from wherever it ended.

/** The key that signs tokens: with it people stay signed in, and who has it can sign in as anybody. */
export const KEY_FILE = 'token-signing.key';

/** Names the folder for what was there. */
const noteOf = (folder: string): string => join(folder, 'fieldline.restoring');

/** Where the new files are made ready. */
export function draftsOf(folder: string): { readonly database: string; readonly key: string } {
  return { database: `${databaseFile(folder)}.restored`, key: join(folder, `${KEY_FILE}.restored`) };
}

/** Whether a restore is under way or was interrupted, so that the files of the folder may not belong together. */
export function isRestoreUnfinished(folder: string): boolean {
  return existsSync(noteOf(folder));
}

/**
 * Puts the drafts, which are on the disk, into their places, and what is there into a folder beside them.
 *
 * @param name of that folder
 * @param onStep called after each change, for tests that end there
 * @returns that folder; undefined where nothing was there
 */
export function putInPlace(folder: string, name: string, onStep?: () => void): string | undefined {
  const aside = join(folder, name);
  const hadFiles = presentIn(folder).length > 0;
  // Where the name is taken nothing may have been promised yet.
  if (hadFiles) mkdirSync(aside, { mode: 0o700 });
  const note = noteOf(folder);
  writeFileSync(`${note}.part`, name);
  putOnDisk(`${note}.part`);
  renameSync(`${note}.part`, note);
  putOnDisk(folder);
  onStep?.();
  finishRestore(folder, onStep);
  return hadFiles ? aside : undefined;
}

/** Does what is left of a restore that was interrupted, if there was one. Nobody else may use the folder. */
export function finishRestore(folder: string, onStep?: () => void): void {
  const note = noteOf(folder);
  if (!existsSync(note)) return;
  const drafts = draftsOf(folder);
  // Until this one is moved, all others are those that were there before.
  if (existsSync(drafts.database)) {
    setAside(folder, basename(readFileSync(note, 'utf8')), onStep);
    renameSync(drafts.database, databaseFile(folder));
    onStep?.();
  }
  if (existsSync(drafts.key)) {
    renameSync(drafts.key, join(folder, KEY_FILE));
    onStep?.();
  }
  putOnDisk(folder);
  rmSync(note);
  putOnDisk(folder);
  onStep?.();
}

/** Waits until a file, or the names in a folder, would outlive a power cut. */
export function putOnDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function setAside(folder: string, name: string, onStep?: () => void): void {
  const present = presentIn(folder);
  if (present.length === 0) return;
  const aside = join(folder, name);
  for (const path of present) {
    renameSync(path, join(aside, basename(path)));
    onStep?.();
  }
  // The old log must not come back beside the new database.
  for (const changed of [aside, folder]) putOnDisk(changed);
}

/**
 * The database and its write-ahead log, which belong together, and the key. A log that was left alone counts too: SQLite would take it
 * for that of the next database in its place.
 */
function presentIn(folder: string): readonly string[] {
  const file = databaseFile(folder);
  return [`${file}-wal`, `${file}-shm`, file, join(folder, KEY_FILE)].filter((path) => existsSync(path));
}
