import { readFileSync } from 'node:fs';
import { runCommand } from './run-command.js';
import { watchOutput } from './watch-output.js';

// The package of the product, three folders up in the repository and in the packed product alike.
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };

watchOutput(process.stdout, (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
});

process.exitCode = await runCommand(process.argv.slice(2), {
  version: manifest.version,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  monotonicMs: () => performance.now(),
  environment: process.env,
});
