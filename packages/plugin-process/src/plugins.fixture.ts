import { type BuildOptions, buildSync } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plugins for tests, as npm would install them: a folder with a package.json, a file of its own and the SDK.

const here = dirname(fileURLToPath(import.meta.url));
const bundle = { bundle: true, format: 'esm', platform: 'node', target: 'node24', conditions: ['source'], logLevel: 'error' } satisfies BuildOptions;

export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'fieldline-plugins-')));
}

let sdk: string | undefined;

/** Builds TypeScript of this package into one file. */
export function built(contents: string, outfile: string): string {
  buildSync({ ...bundle, stdin: { contents, resolveDir: here, loader: 'ts' }, outfile });
  return outfile;
}

/** The program of a plugin's process in one file, as dev/build.mjs makes it for the server. */
export function builtHost(): string {
  return built(
    `import { runPlugin } from './host/index.js'; await runPlugin(new URL(import.meta.url));`,
    join(temporaryFolder(), 'plugin-process.js'),
  );
}

/** The SDK in one file, built once: a plugin of a test has it beside its own file. */
function builtSdk(): string {
  sdk ??= readFileSync(built(`export * from '@fieldline/plugin-sdk';`, join(temporaryFolder(), 'sdk.js')), 'utf8');
  return sdk;
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
    import { defineRuleNode, emit, end, fail, hold, route, z } from './sdk.js';
    const about = { version: 1, category: 'action', title: 'Test', summary: 'For tests.', config: z.strictObject({}), defaults: {}, relationTypes: ['Success'] };
    export const plugin = { name: ${JSON.stringify(name)}, nodes: [${nodes}] };`;
  writeFileSync(join(place, 'dist', 'sdk.js'), builtSdk());
  writeFileSync(join(place, 'dist', 'index.js'), contents);
  return place;
}
