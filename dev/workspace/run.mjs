import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { nodeBinary, root } from './paths.mjs';
import { staleTargets } from './stamp.mjs';

/** Builds what is stale of the named targets (all without names); ends the process with the exit code of a build that failed. */
export function ensureBuilt(names) {
  if (staleTargets(names).length === 0) return;
  const { status } = spawnSync(nodeBinary, [join(root, 'dev', 'build.mjs'), ...(names ?? [])], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Runs a TypeScript file of this repository on the pinned Node.js, with npm packages installed and the targets in
 * `needs` built. Its exit code becomes ours.
 */
export function runScript(path, args, needs) {
  ensureInstalled();
  if (needs.length > 0) ensureBuilt(needs);
  const loader = new URL('./typescript.mjs', import.meta.url).href;
  const { status } = spawnSync(nodeBinary, ['--import', loader, '--conditions=source', '--enable-source-maps', join(root, path), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
