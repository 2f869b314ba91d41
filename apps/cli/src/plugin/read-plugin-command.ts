import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cliErrors } from '../errors.js';
import { pluginsFolder, type Environment } from '../settings.js';

/** `fieldline plugin …` as it was typed, checked. */
export type PluginCommand = { readonly name: 'plugin'; readonly dir: string } & (
  { readonly action: 'add'; readonly source: string } | { readonly action: 'list' } | { readonly action: 'remove'; readonly plugin: string }
);

/** @throws CLI_USAGE, CLI_FILE_UNUSABLE for settings that cannot be read */
export function readPluginCommand(args: readonly string[], environment: Environment): PluginCommand {
  const { values, positionals } = parsed(args);
  const [action, subject, ...surplus] = positionals;
  if (surplus.length > 0 || (action === 'list' && subject !== undefined))
    throw cliErrors.USAGE({ fault: `"${[...(action === 'list' ? [subject] : []), ...surplus].join(' ')}" is too much, or quotes are missing` });
  const dir = values.dir === undefined ? pluginsFolder(environment) : resolve(values.dir);
  if (action === 'list') return { name: 'plugin', action, dir };
  if (action === 'add') {
    if (subject === undefined) throw cliErrors.USAGE({ fault: 'Name the folder of the plugin, or the .tgz file that npm pack made of it' });
    return { name: 'plugin', action, dir, source: resolve(subject) };
  }
  if (action !== 'remove') throw cliErrors.USAGE({ fault: 'Say add, list or remove after plugin' });
  if (subject === undefined) throw cliErrors.USAGE({ fault: 'Name the plugin, as fieldline plugin list does' });
  return { name: 'plugin', action, dir, plugin: subject };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { dir: { type: 'string' } } });
  } catch (error) {
    throw cliErrors.USAGE({ fault: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }, { cause: error });
  }
}
