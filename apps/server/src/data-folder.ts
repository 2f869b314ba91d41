import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configErrors } from './errors.js';

const SECRET_BYTES = 64;

/** Makes the data folder where it is missing. @throws CONFIG_DATA_DIR_UNUSABLE */
export function prepareDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw configErrors.DATA_DIR_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
}

/** The key that signs tokens: made at the first start, kept in a file that only this user may read. */
export function signingKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'signing-key');
  try {
    const key = readFileSync(path);
    if (key.length >= SECRET_BYTES) return key;
    throw configErrors.DATA_DIR_UNUSABLE({ path, reason: `the file is shorter than ${SECRET_BYTES} bytes` });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(SECRET_BYTES);
  try {
    writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw configErrors.DATA_DIR_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  return key;
}
