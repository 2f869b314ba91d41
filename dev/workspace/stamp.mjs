import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const ownCode = ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json', 'dev/build.mjs', 'dev/workspace/stamp.mjs'];
const packageFolders = ['packages', 'plugins'].flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`));
const webPackages = ['kernel', 'model', 'api-contract', 'api-client'].map((name) => `packages/${name}`);

/**
 * What the build makes: `inputs` are files and folders whose change makes the target stale, `present` tells whether
 * there is anything to build, `output` is a file that must exist afterwards.
 */
export const targets = [
  { name: 'server', inputs: ['apps/server', ...packageFolders], present: 'apps/server/src/main.ts', output: 'apps/server/dist/main.js' },
  { name: 'cli', inputs: ['apps/cli', ...packageFolders], present: 'apps/cli/src/main.ts', output: 'apps/cli/dist/main.js' },
  { name: 'web', inputs: ['apps/web', ...webPackages], present: 'apps/web/src/main.tsx', output: 'apps/web/dist/index.html' },
];

/** @returns {typeof targets} those of the named targets (all without names) whose output is missing or older than its sources */
export function staleTargets(names) {
  return targets.filter((target) => {
    if (names !== undefined && !names.includes(target.name)) return false;
    if (!existsSync(join(root, target.present))) return false;
    if (!existsSync(join(root, target.output))) return true;
    const path = stampPath(target);
    return !existsSync(path) || readFileSync(path, 'utf8') !== fingerprint(target);
  });
}

/** Size and time of change of every input; content is not read, so that a start without work costs some milliseconds. */
export function fingerprint(target) {
  const hash = createHash('sha256');
  for (const input of [...ownCode, ...target.inputs]) addTo(hash, join(root, input));
  return hash.digest('hex');
}

/** Says that `target` was built from sources that had `print` before the build began. */
export function setStamp(target, print) {
  mkdirSync(dirname(stampPath(target)), { recursive: true });
  writeFileSync(stampPath(target), print);
}

/** A build that fails half-way must not pass for one that is up to date. */
export function removeStamp(target) {
  rmSync(stampPath(target), { force: true });
}

/** Where it says of which sources a target was built. */
export function stampPath(target) {
  return join(root, '.cache', 'build', target.name);
}

function addTo(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name === 'node_modules' || name === 'dist' || /\.test\.tsx?$/.test(name)) continue;
    addTo(hash, join(path, name));
  }
}
