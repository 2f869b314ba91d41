import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pluginErrors } from '../errors.js';
import { ENTRY_BYTES_MAX, FOLDERS_READ_MAX, MANIFEST_BYTES_MAX } from '../limits.js';
import { type Manifest, PLUGIN_API, readManifest, saysItIsPlugin } from './manifest.js';

/** A package of the plugins folder: one that can be asked what it has, or one that cannot be used. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Where it really is; links are followed. */
  readonly folder: string;
  /** True where it is outside the plugins folder, reached over a link. */
  readonly isLinked: boolean;
  /** Its one file. Empty where there is a problem. */
  readonly entry: string;
  readonly problem?: Problem | undefined;
}

/**
 * Looks for plugins in `<dir>/<name>`, `<dir>/@scope/<name>` and, as npm puts them there, `<dir>/node_modules/…`. Reads their
 * package.json and nothing else; runs nothing.
 *
 * @throws PLUGIN_FOLDER_UNREADABLE
 */
export function findPackages(dir: string): readonly FoundPackage[] {
  if (!existsSync(dir)) return [];
  const root = realpathSync(dir);
  const own = packageFolders(root).map((folder) => inspect(root, folder, true));
  const npm = packageFolders(join(root, 'node_modules')).map((folder) => inspect(root, folder, false));
  return [...own, ...npm].filter((found) => found !== undefined);
}

/** Folders one level down, and two where the first is a scope. Hidden ones and `node_modules` are no packages. */
function packageFolders(folder: string): readonly string[] {
  const inScopes = (name: string): readonly string[] =>
    name.startsWith('@') ? childFolders(join(folder, name)).map((inner) => join(folder, name, inner)) : [join(folder, name)];
  return childFolders(folder).flatMap(inScopes).slice(0, FOLDERS_READ_MAX);
}

function childFolders(folder: string): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw pluginErrors.FOLDER_UNREADABLE({ folder, reason: (error as Error).message }, { cause: error });
  }
  const isPlace = (entry: Dirent): boolean => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, entry.name)));
  return entries
    .filter((entry) => !/^(\.|node_modules$)/.test(entry.name) && isPlace(entry))
    .map(({ name }) => name)
    .sort();
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @param isDeliberate true where somebody put the folder there as a plugin, so that silence about a fault would puzzle him */
function inspect(root: string, path: string, isDeliberate: boolean): FoundPackage | undefined {
  const folder = realpathSync(path);
  const isLinked = !isInside(root, folder);
  const place = { name: basename(path), version: '', description: '', folder, isLinked, entry: '' };
  const found = readJson(join(folder, 'package.json'));
  if (!isDeliberate && !saysItIsPlugin(found.value)) return undefined;
  const refused = (faults: string): FoundPackage => ({ ...place, problem: problemOf(pluginErrors.MANIFEST_INVALID({ folder, faults })) });
  if (found.fault !== undefined) return refused(found.fault);
  const manifest = readManifest(found.value);
  if ('faults' in manifest) return refused(manifest.faults);
  return { ...place, ...entryOf(folder, manifest) };
}

function entryOf(folder: string, { name, version, description, api, entry }: Manifest): Omit<FoundPackage, 'folder' | 'isLinked'> {
  const known = { name, version, description };
  if (api !== PLUGIN_API) {
    return { ...known, entry: '', problem: problemOf(pluginErrors.API_UNSUPPORTED({ plugin: name, found: api, known: PLUGIN_API })) };
  }
  const path = join(folder, entry);
  const reason = faultOfEntry(folder, path);
  if (reason === undefined) return { ...known, entry: realpathSync(path) };
  return { ...known, entry: '', problem: problemOf(pluginErrors.ENTRY_MISSING({ plugin: name, entry, reason })) };
}

function faultOfEntry(folder: string, path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'it does not exist';
  if (!stats.isFile()) return 'it is not a file';
  if (stats.size > ENTRY_BYTES_MAX) return `it is larger than ${ENTRY_BYTES_MAX} bytes`;
  // Its process may read the folder of the package alone.
  return isInside(folder, realpathSync(path)) ? undefined : 'it is outside its package';
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && dirname(path) !== path;
}

function readJson(path: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    if (statSync(path).size > MANIFEST_BYTES_MAX) return { fault: `its package.json is larger than ${MANIFEST_BYTES_MAX} bytes` };
    return { value: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { fault: code === 'ENOENT' ? 'it has no package.json' : `its package.json cannot be read: ${message.slice(0, 200)}` };
  }
}
