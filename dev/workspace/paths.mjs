import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Everything in this folder, and start.mjs, runs on Node 20 too: it is what installs Node 24 on a fresh clone.

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node.js that the repository pins as an npm package. */
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
