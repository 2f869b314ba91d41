import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 64;

/**
 * The key that signs tokens: made at the first start and kept in the data folder, readable by its owner only.
 * Removing the file signs everybody out.
 */
export function signingKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'token-signing.key');
  const known = readKey(path);
  if (known !== undefined) return known;
  // Written under another name first, so that a crash leaves a whole key or none; a link never replaces one that
  // another process made meanwhile.
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(path) ?? signingKey(dataDir);
}

function readKey(path: string): Uint8Array | undefined {
  try {
    const key = readFileSync(path);
    return key.length >= KEY_BYTES ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
