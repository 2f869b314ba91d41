// `npm run bench -- <name> [arguments]` runs dev/bench/<name>.ts.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace/paths.mjs';
import { runScript } from './workspace/run.mjs';

const folder = join(root, 'dev', 'bench');
const isBenchmark = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter(isBenchmark)
      .map((file) => file.slice(0, -'.ts'.length))
  : [];
const [name, ...args] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  runScript(`dev/bench/${name}.ts`, args, ['server']);
} else {
  console.error(`${name === undefined ? 'Say which benchmark to run' : `There is no benchmark "${name}"`}: npm run bench -- <name>`);
  console.error(`Benchmarks: ${names.length === 0 ? 'none yet' : names.join(', ')}.`);
  process.exitCode = 2;
}
