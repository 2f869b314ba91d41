// `npm run pack:sdk-check` proves the packed SDK: a plugin package with a node of every kind is made from it in an empty folder, and
// there installed, type-checked (the declarations of the SDK too), tested and built. Times are printed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { newNode } from './new-node/new-node.js';
import { readWish } from './new-node/read-wish.js';
import { packSdk } from './sdk/pack-sdk.js';

const COMMAND_MS_MAX = 300_000;
const extraNodes = [
  ['--node', 'above', '--category', 'filter'],
  ['--node', 'moved', '--category', 'filter', '--state'],
  ['--node', 'change', '--category', 'enrichment', '--state'],
  ['--node', 'post', '--category', 'external'],
];

/** What an author has: no programs of this repository on the path. */
const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|FIELDLINE_|NODE_OPTIONS$|INIT_CWD$)/i.test(name));
const env = { ...Object.fromEntries(kept), PATH: path.join(delimiter) };

function run(folder: string, ...args: readonly string[]): void {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8', timeout: COMMAND_MS_MAX });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  console.log(`npm ${args.join(' ')}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** The built file exports the nodes, and asks for nothing that is not in it or in Node.js. */
async function checkBuilt(file: string): Promise<void> {
  const { plugin } = (await import(pathToFileURL(file).href)) as { plugin: { readonly nodes: readonly { readonly type: string }[] } };
  const types = plugin.nodes.map(({ type }) => type).join(', ');
  const wanted = ['example', 'above', 'moved', 'change', 'post'].map((name) => `acme-check.${name}`).join(', ');
  if (types !== wanted) throw new Error(`The plugin has ${types} instead of ${wanted}.`);
  const { metafile } = await build({ entryPoints: [file], bundle: true, write: false, metafile: true, format: 'esm', platform: 'node' });
  const outside = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter((each) => !isBuiltin(each.path)));
  if (outside.length > 0) throw new Error(`The plugin loads ${outside.map((each) => each.path).join(', ')} at run time.`);
  console.log(`dist/index.js: ${Math.round(statSync(file).size / 1000)} kB with ${types}.`);
}

const parent = mkdtempSync(join(tmpdir(), 'fieldline-sdk-check-'));
try {
  await packSdk();
  const folder = join(parent, 'acme-check');
  await newNode(readWish([folder], parent));
  for (const node of extraNodes) await newNode(readWish([folder, ...node], parent));
  run(folder, 'install', '--no-audit', '--no-fund');
  run(folder, 'run', 'check', '--', '--skipLibCheck', 'false');
  run(folder, 'test');
  run(folder, 'run', 'build');
  await checkBuilt(join(folder, 'dist', 'index.js'));
} finally {
  rmSync(parent, { recursive: true, force: true });
}
