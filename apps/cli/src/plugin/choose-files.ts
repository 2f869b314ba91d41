import { matchesGlob } from 'node:path/posix';
import { cliErrors } from '../errors.js';
import { PLUGIN_BYTES_MAX, PLUGIN_FILES_MAX } from '../limits.js';
import type { PackageSource } from './package-source.js';

/** What the copy of a package is chosen by. */
export interface Wanted {
  /** The file that `exports["."]` names, such as `./dist/index.js`. */
  readonly entry: string;
  /** `files` of the package.json. */
  readonly files: readonly string[];
}

const always = /^(package\.json|(readme|licen[cs]e|notice)(\.[^/]*)?)$/i;

/**
 * The files that a plugin needs where it is installed: its package.json, readme and licence, the file it exports with its source map,
 * and what `files` names, as for npm. Entries that start with `!` only make npm's archive smaller; they are passed over.
 *
 * @throws CLI_PLUGIN_TOO_LARGE
 */
export function chooseFiles({ files }: PackageSource, { entry, files: named }: Wanted, path: string): readonly string[] {
  const main = entry.replace(/^\.\//, '');
  const patterns = named.map((name) => name.replace(/^\.?\/+/, '').replace(/\/+$/, '')).filter((name) => name !== '' && !name.startsWith('!'));
  const isNamed = (file: string): boolean =>
    patterns.some((name) => file === name || file.startsWith(`${name}/`) || matchesGlob(file, name) || matchesGlob(file, `${name}/**`));
  const chosen = files.filter((file) => always.test(file.path) || file.path === main || file.path === `${main}.map` || isNamed(file.path));
  if (chosen.length > PLUGIN_FILES_MAX) throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_FILES_MAX} files`, path });
  const bytes = chosen.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > PLUGIN_BYTES_MAX) throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_BYTES_MAX} bytes`, path });
  return chosen.map((file) => file.path);
}
