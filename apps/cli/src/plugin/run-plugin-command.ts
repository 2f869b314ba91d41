import { readManifest } from '@fieldline/plugin-process';
import { cliErrors } from '../errors.js';
import { chooseFiles } from './choose-files.js';
import { openPackage } from './package-source.js';
import { PluginsFolder } from './plugins-folder.js';
import type { PluginCommand } from './read-plugin-command.js';

const restart = 'Restart the server to';

/** Installs, shows and removes plugins. Nothing of a plugin is run: that is for the server, in a process of its own. */
export function runPluginCommand(command: PluginCommand, out: (line: string) => void): void {
  const plugins = new PluginsFolder(command.dir);
  if (command.action === 'list') list(plugins, command.dir, out);
  else if (command.action === 'add') add(plugins, command.source, out);
  else {
    const version = plugins.remove(command.plugin);
    out(`${command.plugin} ${version} removed. ${restart} take its nodes away; rule chains that have them keep them, and they fail their messages.`);
  }
}

function add(plugins: PluginsFolder, path: string, out: (line: string) => void): void {
  const source = openPackage(path);
  if (!source.files.some((file) => file.path === 'package.json')) throw cliErrors.PLUGIN_WRONG({ path, reason: 'it has no package.json' });
  const stored = manifestOf(source.read('package.json'), path);
  const manifest = readManifest(stored);
  if ('faults' in manifest) throw cliErrors.PLUGIN_WRONG({ path, reason: manifest.faults });
  const chosen = chooseFiles(source, { entry: manifest.entry, files: namedFiles(stored) }, path);
  const { name, version } = manifest;
  const before = plugins.add(name, new Map(chosen.map((file) => [file, source.read(file)])));
  const replaced = before === undefined ? '' : before === version ? ', in place of the same version' : `, in place of ${before}`;
  out(`${name} ${version} added${replaced}: ${chosen.length} files. ${restart} see its nodes in the palette.`);
  if (hasDependencies(stored)) out('Its package.json names dependencies. They were not installed: all it needs has to be in its own file.');
}

function list(plugins: PluginsFolder, dir: string, out: (line: string) => void): void {
  const found = plugins.list();
  if (found.length === 0) out(`No plugins in ${dir}.`);
  for (const { name, version, description, isLinked, folder, problem } of found) {
    out([`${name} ${version}`.trim(), description, isLinked ? `link to ${folder}` : ''].filter((part) => part !== '').join(' — '));
    if (problem !== undefined) out(`  is not used: ${problem.message} ${problem.remedy} [${problem.code}]`);
  }
}

function manifestOf(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw cliErrors.PLUGIN_WRONG({ path, reason: 'its package.json is no JSON' }, { cause: error });
  }
}

function namedFiles(manifest: unknown): readonly string[] {
  const { files } = manifest as { readonly files?: unknown };
  return Array.isArray(files) ? files.filter((name) => typeof name === 'string') : [];
}

function hasDependencies(manifest: unknown): boolean {
  const { dependencies } = manifest as { readonly dependencies?: unknown };
  return typeof dependencies === 'object' && dependencies !== null && Object.keys(dependencies).length > 0;
}
