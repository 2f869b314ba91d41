import { statSync } from 'node:fs';
import { cliErrors } from '../errors.js';
import { openArchive } from './archive-source.js';
import { openFolder } from './folder-source.js';

/** The files of a package, wherever they are. */
export interface PackageSource {
  /** Paths within the package, with forward slashes, in no order. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  read(path: string): Uint8Array;
}

/**
 * Opens the folder of a package, or the archive that `npm pack` made of it. Nothing of the package is run.
 *
 * @throws CLI_FILE_UNUSABLE, CLI_PLUGIN_TOO_LARGE, CLI_PLUGIN_ARCHIVE_WRONG, CLI_PLUGIN_LINK_REFUSED
 */
export function openPackage(path: string): PackageSource {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw cliErrors.FILE_UNUSABLE({ path, reason: 'it does not exist' });
  return stats.isDirectory() ? openFolder(path) : openArchive(path, stats.size);
}
