// `npm run bench -- <name> [arguments]` runs dev/bench/<name>.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace/paths.mjs';
import { runScript } from './workspace/run.mjs';

const folder = join(root, 'dev', 'bench');
// A benchmark says so in its first line; the other files are its parts.
const isBenchmark = (name) => readFileSync(join(folder, `${name}.ts`), 'utf8').startsWith(`// npm run bench -- ${name}`);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ts')) : [];
const names = files.map((file) => file.slice(0, -'.ts'.length)).filter(isBenchmark);
const [name, ...args] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  runScript(`dev/bench/${name}.ts`, args, ['server']);
} else {
  console.error(`${name === undefined ? 'Say which benchmark to run' : `There is no benchmark "${name}"`}: npm run bench -- <name>`);
  console.error(`Benchmarks: ${names.length === 0 ? 'none yet' : names.join(', ')}.`);
  process.exitCode = 2;
}
