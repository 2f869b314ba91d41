import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, root } from './paths.mjs';

/**
 * Installs the npm packages unless exactly those of the lock file are there.
 *
 * @returns {void} ends the process with npm's exit code when npm fails
 */
export function ensureInstalled() {
  const reason = whatIsMissing();
  if (reason === undefined) return;
  const startedAt = performance.now();
  console.log(`Installing npm packages: ${reason}. This takes a minute once.`);
  const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`npm ci failed${error === undefined ? '' : ` (${error.message})`}. Fix what it says above, or run it by hand in ${root}.`);
    process.exit(status ?? 1);
  }
  console.log(`Installed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** @returns {string | undefined} why an install is needed, or nothing */
function whatIsMissing() {
  // npm writes this copy of the lock file last, so it says what a completed install left behind.
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return 'this is the first start';
  if (!existsSync(nodeBinary)) return 'Node.js 24 is not among them';
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(installedPath);
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages are those of other platforms; links are our own packages.
    if (!path.startsWith('node_modules/') || entry.optional === true) continue;
    const found = installed[path];
    if (entry.link === true ? found === undefined : found?.version !== entry.version) {
      return `${path.slice('node_modules/'.length)} is ${found === undefined ? 'missing' : 'of another version'}`;
    }
  }
  return undefined;
}

/** @returns {Record<string, { version?: string, link?: boolean, optional?: boolean }>} */
function packagesIn(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
