import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newNodeErrors } from './errors.js';
import type { Files } from './node-files.js';

/**
 * Writes files into a folder. Those in `replaced` are there already; any other that is there stops the whole of it before
 * anything is written.
 *
 * @throws NEW_NODE_FILE_EXISTS
 */
export function writeFiles(folder: string, files: Files, replaced: readonly string[] = []): void {
  const taken = [...files.keys()].filter((path) => !replaced.includes(path) && existsSync(join(folder, path)));
  if (taken.length > 0) throw newNodeErrors.FILE_EXISTS({ paths: taken.map((path) => join(folder, path)) });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // `wx`: a file that somebody makes meanwhile is not overwritten either.
    writeFileSync(join(folder, path), text, { flag: replaced.includes(path) ? 'w' : 'wx' });
  }
}
