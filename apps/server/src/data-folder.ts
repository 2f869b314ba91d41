import { accessSync, constants, mkdirSync } from 'node:fs';
import { configErrors } from './errors.js';

/** Makes the data folder where it is missing. @throws CONFIG_DATA_DIR_UNUSABLE */
export function prepareDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw configErrors.DATA_DIR_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
}
