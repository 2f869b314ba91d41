#!/usr/bin/env node
// The command `fieldline`, in the repository and in the packed product. It runs on any Node.js from 20 on and hands over
// to Node.js 24, which the product needs.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { become } from './become.mjs';
import { serverEnvironment, serverFlags } from './server-process.mjs';

const apps = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [command, ...rest] = process.argv.slice(2);
const serverCommands = { start: rest, 'reset-password': ['reset-password', ...rest] };
const isForServer = command !== undefined && Object.hasOwn(serverCommands, command);

await buildInRepository();
const program = (app) => join(apps, app, 'dist', 'main.js');
if (isForServer) become(nodeBinary(), [...serverFlags, program('server'), ...serverCommands[command]], serverEnvironment(process.env));
else become(nodeBinary(), ['--enable-source-maps', program('cli'), ...process.argv.slice(2)]);

/** In the repository the programs may be missing or old; the packed product has no such folder and brings them built. */
async function buildInRepository() {
  const builder = join(dirname(apps), 'dev', 'workspace', 'run.mjs');
  if (!existsSync(builder)) return;
  const { ensureBuilt } = await import(pathToFileURL(builder).href);
  ensureBuilt(isForServer ? undefined : ['cli']);
}

/** This Node.js if it is new enough, else the one that came as a package: `node` in the repository, one for the platform in the product. */
function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const require = createRequire(import.meta.url);
  const file = join('bin', process.platform === 'win32' ? 'node.exe' : 'node');
  for (const name of ['node', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`]) {
    try {
      const binary = join(dirname(require.resolve(`${name}/package.json`)), file);
      if (existsSync(binary)) return binary;
    } catch {
      // Not installed under this name; the loop ends with the message below when it is under none.
    }
  }
  console.error(`Fieldline needs Node.js 24; this is ${process.versions.node}. Install Node.js 24 and run the command again.`);
  process.exit(1);
}
