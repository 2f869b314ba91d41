import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cliErrors } from './errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The data folder of a server started here: its settings are read the same way. @throws CLI_FILE_UNUSABLE */
export function dataFolder(environment: Environment): string {
  return resolve(setting(environment, 'FIELDLINE_DATA_DIR') ?? 'data');
}

/** The folder of plugins of a server started here. @throws CLI_FILE_UNUSABLE */
export function pluginsFolder(environment: Environment): string {
  return resolve(setting(environment, 'FIELDLINE_PLUGINS_DIR') ?? resolve(dataFolder(environment), 'plugins'));
}

function setting(environment: Environment, name: string): string | undefined {
  const file = configFile('fieldline.config.json');
  return [environment[name], file[name]].find((value) => typeof value === 'string' && value !== '') as string | undefined;
}

function configFile(path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw cliErrors.FILE_UNUSABLE({ path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
