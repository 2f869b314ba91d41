#!/usr/bin/env node
// The command `fieldline`, in the repository and in the packed product. It runs on any Node.js from 20 on and hands over
// to Node.js 24, which the product needs.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { become } from './become.mjs';

const apps = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [command, ...rest] = process.argv.slice(2);
const serverCommands = { start: rest, 'reset-password': ['reset-password', ...rest] };
const isForServer = command !== undefined && Object.hasOwn(serverCommands, command);

await buildInRepository();
const program = join(apps, isForServer ? 'server' : 'cli', 'dist', 'main.js');
become(nodeBinary(), ['--enable-source-maps', program, ...(isForServer ? serverCommands[command] : process.argv.slice(2))]);

/** In the repository the programs may be missing or old; the packed product has no such folder and brings them built. */
async function buildInRepository() {
  const builder = join(dirname(apps), 'dev', 'workspace', 'run.mjs');
  if (!existsSync(builder)) return;
  const { ensureBuilt } = await import(pathToFileURL(builder).href);
  ensureBuilt(isForServer ? undefined : ['cli']);
}

function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    console.error(`Fieldline needs Node.js 24; this is ${process.versions.node}. Install it, or install Fieldline with its dependencies.`);
    process.exit(1);
  }
}
