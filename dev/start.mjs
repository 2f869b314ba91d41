// `npm start`: installs and builds what is missing, then becomes the server. Arguments go to the server.
// Runs on Node 20 as well, because on a fresh clone nothing newer need be there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './workspace/install.mjs';
import { nodeBinary, root } from './workspace/paths.mjs';
import { ensureBuilt } from './workspace/run.mjs';

ensureInstalled();
ensureBuilt();
become(nodeBinary, ['--enable-source-maps', join(root, 'apps', 'server', 'dist', 'main.js'), ...process.argv.slice(2)]);

/** Replaces this process by the command; where Node.js is too old for that, stays as its parent and passes signals and exit code on. */
function become(command, args) {
  if (typeof process.execve === 'function') process.execve(command, [command, ...args], process.env);
  const child = spawn(command, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C in a terminal reaches the whole process group, so the server has already had it.
    process.on(signal, () => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
