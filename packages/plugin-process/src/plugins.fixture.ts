import { epochMs, type Clock } from '@fieldline/kernel';
import { buildSync } from 'esbuild';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plugins for tests, as npm would install them: a folder, a package.json and one file that holds the SDK as well.

/** The clock of the machine: real processes keep no other time. */
export const realClock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

const here = dirname(fileURLToPath(import.meta.url));
const bundle = { bundle: true, format: 'esm', platform: 'node', target: 'node24', conditions: ['source'], logLevel: 'error' } as const;

export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'fieldline-plugins-')));
}

/** Builds the program of a plugin's process into one file, as dev/build.mjs does for the server. */
export function builtHost(): string {
  const folder = temporaryFolder();
  const outfile = join(folder, 'plugin-process.js');
  const contents = `import { runPlugin } from './host/index.js'; await runPlugin(new URL(import.meta.url));`;
  buildSync({ ...bundle, stdin: { contents, resolveDir: here, loader: 'ts' }, outfile });
  return outfile;
}

/**
 * Writes a plugin package below `folder`.
 *
 * @param nodes the source of the list of its nodes; `defineRuleNode`, `route`, `z` and all else of the SDK are in scope, and
 *   `about` holds what a node must say of itself
 */
export function installPlugin(folder: string, name: string, nodes: string, manifest: object = {}): string {
  const place = join(folder, ...name.split('/'));
  mkdirSync(join(place, 'dist'), { recursive: true });
  const exports = { '.': './dist/index.js' };
  const known = { name, version: '1.2.3', type: 'module', keywords: ['fieldline-plugin'], fieldline: { plugin: '1' }, exports };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...known, ...manifest }));
  const contents = `
    import { defineRuleNode, emit, end, fail, hold, route, z } from '@fieldline/plugin-sdk';
    void [emit, end, fail, hold, route, z];
    const about = { version: 1, category: 'action', title: 'Test', summary: 'For tests.', config: z.strictObject({}), defaults: {}, relationTypes: ['Success'] };
    export const plugin = { name: ${JSON.stringify(name)}, nodes: [${nodes}] };`;
  buildSync({ ...bundle, stdin: { contents, resolveDir: here, loader: 'js' }, outfile: join(place, 'dist', 'index.js') });
  return place;
}
