import { readFileSync } from 'node:fs';
import { runCommand } from './run-command.js';

// The package of the product, three folders up in the repository and in the packed product alike.
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };

// Who reads may have enough at any time, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  version: manifest.version,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  monotonicMs: () => performance.now(),
  environment: process.env,
});
