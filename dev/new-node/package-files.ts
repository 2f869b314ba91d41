import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../tidy/source-files.js';
import { type Files, nodeFiles, pluginName, templateFolder, withNodes } from './node-files.js';
import type { NodeWish } from './read-wish.js';

/** Tools of a plugin package, in the versions that this repository is tested with. */
const tools = ['@types/node', 'esbuild', 'node', 'typescript', 'vitest'] as const;

/** Where the SDK lies inside a package that brings it along. */
export const sdkInPackage = (tarball: string): string => `sdk/${basename(tarball)}`;

/** Every text of a new package. `sdk` is what npm installs as @fieldline/plugin-sdk. */
export async function packageFiles(packageName: string, nodes: readonly NodeWish[], sdk: string): Promise<Files> {
  const index = await withNodes(template('index.ts').replaceAll('plugin-name', pluginName(packageName)), 'index.ts', nodes);
  const made = await Promise.all(nodes.map((node) => nodeFiles(packageName, node)));
  return new Map([
    ['package.json', manifest(packageName, sdk)],
    ['tsconfig.json', template('_tsconfig.json')],
    ['build.mjs', template('build.mjs')],
    ['.gitignore', template('_gitignore')],
    ['README.md', template('_README.md').replaceAll('plugin-package', packageName)],
    ['src/index.ts', index],
    ['src/index.test.ts', template('index-test.ts')],
    ...made.flatMap((files) => [...files]),
  ]);
}

function manifest(packageName: string, sdk: string): string {
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Readonly<Record<string, string>> };
  const { devDependencies: _none, ...rest } = JSON.parse(template('_package.json').replaceAll('plugin-package', packageName)) as Record<
    string,
    unknown
  >;
  const versions = Object.fromEntries(tools.map((name) => [name, ours.devDependencies[name]]));
  return `${JSON.stringify({ ...rest, devDependencies: { '@fieldline/plugin-sdk': sdk, ...versions } }, null, 2)}\n`;
}

function template(file: string): string {
  return readFileSync(join(templateFolder, file), 'utf8');
}
