// `node dev/run.mjs [--needs=server,web] dev/crash-test.ts --kills 3` runs one TypeScript file of the repository, after
// building what it needs; see workspace/run.mjs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace/paths.mjs';
import { runScript } from './workspace/run.mjs';

const given = process.argv.slice(2);
const needs = given[0]?.startsWith('--needs=') ? given.shift().slice('--needs='.length).split(',') : [];
const [path, ...args] = given;
if (path !== undefined && existsSync(join(root, path))) {
  runScript(path, args, needs);
} else {
  console.error(`There is no file ${path ?? '(none given)'} in this repository.`);
  process.exitCode = 2;
}
