import type { NewHash } from '@fieldline/directory';
import { createHash } from 'node:crypto';

/** Hashes of `node:crypto` over bytes that come in pieces. */
export const runningHash: NewHash = (algorithm) => {
  const hash = createHash(algorithm);
  return { update: (piece) => void hash.update(piece), digest: () => hash.digest('hex') };
};
