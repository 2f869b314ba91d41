import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { cliErrors } from '../errors.js';
import { PLUGIN_FILES_SEEN_MAX } from '../limits.js';
import type { PackageSource } from './package-source.js';

/** The package in a folder as its author has it: dependencies and hidden folders are not looked at. */
export function openFolder(given: string): PackageSource {
  const root = realpathSync(given);
  const files: { path: string; bytes: number }[] = [];
  const links = new Set<string>();
  const walk = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(path);
        continue;
      }
      if (files.length === PLUGIN_FILES_SEEN_MAX) throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_FILES_SEEN_MAX} files`, path: given });
      const isLink = entry.isSymbolicLink();
      if (isLink) links.add(path);
      if (isLink || entry.isFile()) files.push({ path, bytes: lstatSync(join(root, path)).size });
    }
  };
  walk('');
  return {
    files,
    read(path) {
      // A link could bring in any file that this user may read.
      if (links.has(path)) throw cliErrors.PLUGIN_LINK_REFUSED({ path });
      return readFileSync(join(root, path));
    },
  };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw cliErrors.FILE_UNUSABLE({ path: folder, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
