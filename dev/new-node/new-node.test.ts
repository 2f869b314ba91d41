// Goal: a new plugin package, and a node added to one, come out as asked, and nothing that exists is overwritten. Method: packages in
// a temporary folder, of which the SDK is only named; dev/sdk-check.ts installs, tests and builds one for real.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newNode } from './new-node.js';
import { readWish } from './read-wish.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fieldline-new-node-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const make = (...args: string[]) => newNode(readWish([...args], folder));
const add = (place: string, ...args: string[]) => make(place, ...args);
const create = (place: string, ...args: string[]) => make(place, '--sdk', '^0.1.0', ...args);
const text = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

test('a package has a manifest that Fieldline knows it by, and a file and a test for each node', async () => {
  await create('acme-weather', '--nodes', 'heat-index,wind-chill');
  expect(readdirSync(join(folder, 'acme-weather')).sort()).toEqual(['.gitignore', 'README.md', 'build.mjs', 'package.json', 'src', 'tsconfig.json']);
  expect(readdirSync(join(folder, 'acme-weather', 'src')).sort()).toEqual([
    'heat-index-node.test.ts',
    'heat-index-node.ts',
    'index.test.ts',
    'index.ts',
    'wind-chill-node.test.ts',
    'wind-chill-node.ts',
  ]);
  expect(JSON.parse(text('acme-weather', 'package.json'))).toMatchObject({
    name: 'acme-weather',
    keywords: ['fieldline-plugin'],
    fieldline: { plugin: '1' },
    exports: { '.': './dist/index.js' },
    devDependencies: { '@fieldline/plugin-sdk': '^0.1.0', vitest: expect.stringMatching(/^\d/) as string },
  });
  expect(text('acme-weather', 'src', 'index.ts')).toContain("name: 'acme-weather',\n  nodes: [heatIndexNode, windChillNode],");
  const node = text('acme-weather', 'src', 'heat-index-node.ts');
  for (const part of ["type: 'acme-weather.heat-index'", "title: 'Heat index'", "defineErrors('ACME_WEATHER_HEAT_INDEX'", 'heatIndexNode = ']) {
    expect(node).toContain(part);
  }
});

test.each([
  { args: ['--category', 'filter'], says: ["category: 'filter'", "relationTypes: ['True', 'False']"] },
  { args: ['--category', 'filter', '--state'], says: ["category: 'filter'", 'state: {', 'deadband'] },
  { args: ['--category', 'enrichment'], says: ["category: 'enrichment'", "relationTypes: ['Success']"] },
  { args: ['--category', 'flow', '--state'], says: ["category: 'flow'", 'state: {'] },
  { args: ['--category', 'external'], says: ["category: 'external'", 'isExternal: true'] },
])('$args gives a node of that kind', async ({ args, says }) => {
  await create('acme', ...args);
  for (const part of says) expect(text('acme', 'src', 'example-node.ts')).toContain(part);
});

test('no word of a template is left over', async () => {
  await create('package', '--name', '@acme/weather', '--nodes', 'a');
  for (const category of ['filter', 'external']) await add('package', '--node', `b-${category}`, '--category', category);
  for (const state of ['filter', 'action']) await add('package', '--node', `c-${state}`, '--category', state, '--state');
  const files = readdirSync(join(folder, 'package'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBe(17);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), 'utf8')).not.toMatch(/template|plugin-name|PLUGIN_NAME|plugin-package/i);
  expect(text('package', 'src', 'index.ts')).toContain(
    "name: 'acme-weather',\n  nodes: [aNode, bFilterNode, bExternalNode, cFilterNode, cActionNode],",
  );
});

test('files that exist stop the command before it writes any', async () => {
  await create('acme');
  writeFileSync(join(folder, 'acme', 'src', 'example-node.ts'), 'mine');
  const index = text('acme', 'src', 'index.ts');
  await expect(create('acme')).rejects.toMatchObject({ code: 'NEW_NODE_FILE_EXISTS' });
  await expect(add('acme', '--node', 'fresh,example')).rejects.toMatchObject({ code: 'NEW_NODE_FILE_EXISTS' });
  expect(text('acme', 'src', 'example-node.ts')).toBe('mine');
  expect(text('acme', 'src', 'index.ts')).toBe(index);
  expect(readdirSync(join(folder, 'acme', 'src')).some((name) => name.startsWith('fresh'))).toBe(false);
});

test.each([
  { manifest: undefined, code: 'NEW_NODE_NO_PACKAGE' },
  { manifest: '{', code: 'NEW_NODE_NO_PACKAGE' },
  { manifest: '{"name":"x"}', code: 'NEW_NODE_NO_PACKAGE' },
  { manifest: '{"name":"x","fieldline":{}}', code: 'NEW_NODE_NO_PACKAGE' },
  { manifest: '{"name":"x","fieldline":{}}', index: 'export const plugin = make();', code: 'NEW_NODE_INDEX_UNREADABLE' },
])('a node is not added to $manifest with the index $index', async ({ manifest, index, code }) => {
  mkdirSync(join(folder, 'x', 'src'), { recursive: true });
  if (manifest !== undefined) writeFileSync(join(folder, 'x', 'package.json'), manifest);
  if (index !== undefined) writeFileSync(join(folder, 'x', 'src', 'index.ts'), index);
  await expect(add('x', '--node', 'y')).rejects.toMatchObject({ code });
});

test.each([
  { args: [], says: 'Name the folder' },
  { args: ['a', 'b'], says: 'too much' },
  { args: ['a', '--category', 'fliter'], says: 'no category "fliter"' },
  { args: ['a', '--category', 'external', '--state'], says: '--state' },
  { args: ['a', '--nodes', 'Heat'], says: '"Heat" is no name' },
  { args: ['a', '--nodes', 'a--b'], says: '"a--b" is no name' },
  { args: ['a', '--nodes', 'a,a'], says: 'same name' },
  { args: ['a', '--nodes', '../x'], says: 'no name of a node' },
  { args: ['a', '--nodes', Array.from({ length: 21 }, (_, n) => `n${n}`).join(',')], says: 'too many' },
  { args: ['a', '--nodes', 'x'.repeat(41)], says: 'no name of a node' },
  { args: ['a', '--nodes', 'x', '--node', 'y'], says: '--nodes goes with' },
  { args: ['a', '--node', 'y', '--name', 'z'], says: '--name and --sdk' },
  { args: ['a', '--sdk', 'x'.repeat(1_001)], says: '--sdk' },
  { args: ['a', '--nmae', 'z'], says: '--nmae' },
  { args: ['Acme Weather'], says: '"Acme Weather" is no name of a package' },
  { args: ['a', '--name', '@a'], says: 'no name of a package' },
  { args: ['a', '--name', '@a/b/c'], says: 'no name of a package' },
  { args: ['a', '--name', '../../etc'], says: 'no name of a package' },
  { args: ['a', '--name', 'x'.repeat(65)], says: 'no name of a package' },
])('$args is refused: $says', async ({ args, says }) => {
  expect(() => readWish(args, folder)).toThrow(expect.objectContaining({ code: 'NEW_NODE_USAGE', message: expect.stringContaining(says) as string }));
});
