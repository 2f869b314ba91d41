// Goal: a plugin comes from a folder or a packed file into the plugins folder whole or not at all, and nothing gets in that the
// server would not take, or that leads out of the package. Method: packages and plugins folders in a temporary folder.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';
import { packed } from './tar.fixture.js';

const base = { version: '1.0.0', keywords: ['fieldline-plugin'], fieldline: { plugin: '1' }, exports: { '.': './dist/index.js' } };
const manifest = (more: object = {}): string => JSON.stringify({ name: 'acme-weather', ...base, ...more });
const entryFile = 'export const plugin = {};';

let folder: string;
let plugins: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldline-plugin-'));
  plugins = join(folder, 'plugins');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>, into = 'source'): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, into, path)), { recursive: true });
    writeFileSync(join(folder, into, path), text);
  }
  return join(folder, into);
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const lines: { out: string[]; err: string[] } = { out: [], err: [] };
  const surroundings = {
    version: '0',
    out: (line: string) => void lines.out.push(line),
    err: (line: string) => void lines.err.push(line),
    monotonicMs: () => 0,
  };
  const code = await runCommand(['plugin', ...args], { ...surroundings, environment: { FIELDLINE_PLUGINS_DIR: plugins } });
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

const installed = (...path: readonly string[]): readonly string[] =>
  readdirSync(join(plugins, ...path), { recursive: true, withFileTypes: true })
    .filter((found) => !found.isDirectory())
    .map((found) => join(found.parentPath, found.name).slice(join(plugins, ...path).length + 1))
    .sort();

test('a folder comes with what it exports and names, and nothing else of it', async () => {
  const source = write({
    'package.json': manifest({ files: ['dist', './icons/*.svg', '!dist/x'] }),
    ...{ 'README.md': 'r', LICENSE: 'l', 'src/index.ts': 's', 'notes.md': 'n', 'icons/a.svg': 'i', 'icons/a.png': 'p' },
    ...{ 'dist/index.js': entryFile, 'dist/index.js.map': '{}', 'node_modules/x/index.js': 'x', '.git/config': 'c' },
  });
  expect(await run('add', source)).toEqual({
    code: 0,
    out: 'acme-weather 1.0.0 added: 6 files. Restart the server to see its nodes in the palette.',
    err: '',
  });
  expect(installed('acme-weather')).toEqual(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.js.map', 'icons/a.svg', 'package.json']);
  expect(installed()).toHaveLength(6);
});

test('a packed file gives the same', async () => {
  const archive = join(folder, 'acme.tgz');
  const files = { 'package.json': manifest({ name: '@acme/weather' }), 'dist/index.js': entryFile, 'src/x.ts': 'x' };
  writeFileSync(archive, packed(...Object.entries(files).map(([path, text]) => ({ path: `package/${path}`, text }))));
  expect(await run('add', archive)).toMatchObject({ code: 0, out: expect.stringContaining('@acme/weather 1.0.0 added: 2 files') as string });
  expect(installed('@acme', 'weather')).toEqual(['dist/index.js', 'package.json']);
  expect(await run('remove', '@acme/weather')).toMatchObject({ code: 0, out: expect.stringContaining('@acme/weather 1.0.0 removed') as string });
  expect(installed()).toEqual([]);
});

test('a newer version takes the place of the older one, and one that is no plugin does not', async () => {
  await run('add', write({ 'package.json': manifest(), 'dist/index.js': 'old', 'dist/gone.js': 'x' }));
  const newer = write({ 'package.json': manifest({ version: '2.0.0', dependencies: { x: '1' } }), 'dist/index.js': 'new' }, 'newer');
  const { out } = await run('add', newer);
  expect(out).toContain('acme-weather 2.0.0 added, in place of 1.0.0: 2 files.');
  expect(out).toContain('names dependencies. They were not installed');
  const unbuilt = write({ 'package.json': manifest({ version: '3.0.0' }) }, 'unbuilt');
  expect(await run('add', unbuilt)).toMatchObject({ code: 1, err: expect.stringContaining('[PLUGIN_ENTRY_MISSING]') as string });
  expect(installed()).toEqual(['acme-weather/dist/index.js', 'acme-weather/package.json']);
  expect(readFileSync(join(plugins, 'acme-weather', 'dist', 'index.js'), 'utf8')).toBe('new');
});

test('the list shows what the server finds, also what it does not use', async () => {
  expect(await run('list')).toMatchObject({ code: 0, out: `No plugins in ${plugins}.` });
  await run('add', write({ 'package.json': manifest({ description: 'Weather.' }), 'dist/index.js': entryFile }));
  write({ 'package.json': '{' }, 'plugins/broken');
  const { out } = await run('list');
  expect(out).toContain('acme-weather 1.0.0 — Weather.');
  expect(out).toMatch(/broken\n {2}is not used: .* \[PLUGIN_MANIFEST_INVALID\]/);
  expect(await run('remove', 'broken')).toMatchObject({ code: 0 });
  expect((await run('list')).out).toBe('acme-weather 1.0.0 — Weather.');
});

test('of a linked plugin the link is removed, not what it leads to', async () => {
  const source = write({ 'package.json': manifest(), 'dist/index.js': entryFile });
  mkdirSync(plugins);
  symlinkSync(source, join(plugins, 'acme-weather'));
  expect((await run('list')).out).toContain(`link to ${source}`);
  expect(await run('remove', 'acme-weather')).toMatchObject({ code: 0 });
  expect(readdirSync(plugins)).toEqual([]);
  expect(readdirSync(source).sort()).toEqual(['dist', 'package.json']);
});

test('what is added takes the place of a link, also of one that leads nowhere any more', async () => {
  const source = write({ 'package.json': manifest(), 'dist/index.js': entryFile });
  mkdirSync(plugins);
  symlinkSync(join(folder, 'gone'), join(plugins, 'acme-weather'));
  expect(await run('add', source)).toMatchObject({ code: 0, err: '' });
  expect(installed()).toEqual(['acme-weather/dist/index.js', 'acme-weather/package.json']);
});

test.each(['plugins/my-weather', 'plugins/node_modules/acme-weather'])('a plugin that is in %s already is not added beside it', async (place) => {
  write({ 'package.json': manifest(), 'dist/index.js': 'old' }, place);
  const source = write({ 'package.json': manifest({ version: '2.0.0' }), 'dist/index.js': 'new' });
  expect(await run('add', source)).toMatchObject({ code: 1, err: expect.stringContaining('[CLI_PLUGIN_ELSEWHERE]') as string });
  expect((await run('list')).out).toBe('acme-weather 1.0.0');
});

test('what is added takes the place of its own link, and is not added beside one of another name', async () => {
  const source = write({ 'package.json': manifest(), 'dist/index.js': entryFile });
  mkdirSync(plugins);
  symlinkSync(source, join(plugins, 'acme-weather'));
  expect(await run('add', source)).toMatchObject({ code: 0, err: '' });
  expect((await run('list')).out).toBe('acme-weather 1.0.0');
  await run('remove', 'acme-weather');
  symlinkSync(source, join(plugins, 'wx'));
  expect(await run('add', source)).toMatchObject({ code: 1, err: expect.stringContaining('[CLI_PLUGIN_ELSEWHERE]') as string });
});

test('what a package says of itself reaches no terminal as commands', async () => {
  const said = { description: 'Weather.\u001b[2J\u0007 Nice.' };
  await run('add', write({ 'package.json': manifest(said), 'dist/index.js': entryFile }));
  expect((await run('list')).out).toBe('acme-weather 1.0.0 — Weather. [2J  Nice.');
  const version = write({ 'package.json': manifest({ version: '1\u001b[2J' }), 'dist/index.js': entryFile }, 'other');
  expect(await run('add', version)).toMatchObject({ code: 1, err: expect.stringContaining('[CLI_PLUGIN_WRONG]') as string });
});

test('what npm installed is removed by npm', async () => {
  write({ 'package.json': manifest(), 'dist/index.js': entryFile }, 'plugins/node_modules/acme-weather');
  expect(await run('remove', 'acme-weather')).toMatchObject({
    code: 1,
    err: expect.stringContaining(`npm uninstall --prefix ${plugins} acme-weather`) as string,
  });
});

test.each([
  { name: 'a folder that is no package', files: { 'a.js': '' }, code: 'CLI_PLUGIN_WRONG' },
  { name: 'a package.json that is no JSON', files: { 'package.json': '{' }, code: 'CLI_PLUGIN_WRONG' },
  { name: 'a package that is no plugin', files: { 'package.json': '{"name":"x","version":"1.0.0"}' }, code: 'CLI_PLUGIN_WRONG' },
  { name: 'a name that leads elsewhere', files: { 'package.json': manifest({ name: '../x' }) }, code: 'CLI_PLUGIN_WRONG' },
  {
    name: 'the name of a folder of npm',
    files: { 'package.json': manifest({ name: 'node_modules' }), 'dist/index.js': '' },
    code: 'CLI_PLUGIN_WRONG',
  },
  {
    name: 'a later interface',
    files: { 'package.json': manifest({ fieldline: { plugin: '2' } }), 'dist/index.js': '' },
    code: 'PLUGIN_API_UNSUPPORTED',
  },
  {
    name: 'a file outside its package',
    files: { 'package.json': manifest({ exports: { '.': './../a.js' } }), '../a.js': '' },
    code: 'PLUGIN_ENTRY_MISSING',
  },
])('$name is refused', async ({ files, code }) => {
  expect(await run('add', write(files))).toMatchObject({ code: 1, err: expect.stringContaining(`[${code}]`) as string });
  expect(await run('list')).toMatchObject({ out: `No plugins in ${plugins}.` });
});

test('a link in what would be copied is refused, and one elsewhere does not matter', async () => {
  const source = write({ 'package.json': manifest({ files: ['dist'] }), 'dist/index.js': entryFile });
  symlinkSync('/etc/hostname', join(source, 'elsewhere'));
  expect(await run('add', source)).toMatchObject({ code: 0 });
  symlinkSync('/etc/hostname', join(source, 'dist', 'secret'));
  expect(await run('add', source)).toMatchObject({ code: 1, err: expect.stringContaining('[CLI_PLUGIN_LINK_REFUSED]') as string });
});

test.each([
  { name: 'no archive', bytes: () => Buffer.from('hello'), code: 'CLI_PLUGIN_ARCHIVE_WRONG' },
  { name: 'a way out', bytes: () => packed({ path: 'package/../../x', text: 'x' }), code: 'CLI_PLUGIN_ARCHIVE_WRONG' },
  { name: 'a way of another system', bytes: () => packed({ path: 'package/..\\x', text: 'x' }), code: 'CLI_PLUGIN_ARCHIVE_WRONG' },
  { name: 'a link', bytes: () => packed({ path: 'package/x', type: '2' }), code: 'CLI_PLUGIN_LINK_REFUSED' },
  { name: 'nothing of a plugin', bytes: () => packed({ path: 'package/x', text: 'x' }), code: 'CLI_PLUGIN_WRONG' },
])('a file with $name is refused', async ({ bytes, code }) => {
  writeFileSync(join(folder, 'x.tgz'), bytes());
  expect(await run('add', join(folder, 'x.tgz'))).toMatchObject({ code: 1, err: expect.stringContaining(`[${code}]`) as string });
});

test('too many files to copy are refused, and so are too many to look at', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ path: `package/dist/${n}.js` }));
  const archive = join(folder, 'many.tgz');
  writeFileSync(archive, packed({ path: 'package/package.json', text: manifest({ files: ['dist'] }) }, ...many(1_001)));
  expect(await run('add', archive)).toMatchObject({ code: 1, err: expect.stringContaining('more than 1000 files') as string });
  writeFileSync(archive, packed(...many(10_001)));
  expect(await run('add', archive)).toMatchObject({ code: 1, err: expect.stringContaining('more than 10000 files') as string });
});

test('an archive that unpacks to far more than it is long is refused', async () => {
  const archive = join(folder, 'bomb.tgz');
  const part = { path: 'package/x', text: 'x'.repeat(16 * 1024 * 1024) };
  writeFileSync(archive, packed(...Array.from({ length: 17 }, () => part)));
  expect(await run('add', archive)).toMatchObject({ code: 1, err: expect.stringContaining('[CLI_PLUGIN_TOO_LARGE]') as string });
});

test.each([
  { args: [], code: 2, says: 'Say add, list or remove' },
  { args: ['add'], code: 2, says: 'Name the folder' },
  { args: ['remove'], code: 2, says: 'Name the plugin' },
  { args: ['list', 'x'], code: 2, says: '"x" is too much' },
  { args: ['add', 'x', 'y'], code: 2, says: '"y" is too much' },
  { args: ['add', '/nowhere'], code: 1, says: 'CLI_FILE_UNUSABLE' },
  { args: ['remove', 'x'], code: 1, says: 'CLI_PLUGIN_UNKNOWN' },
])('$args fails with $says', async ({ args, code, says }) => {
  expect(await run(...args)).toMatchObject({ code, err: expect.stringContaining(says) as string });
});

test('--dir comes before the settings', async () => {
  expect((await run('list', '--dir', join(folder, 'others'))).out).toBe(`No plugins in ${join(folder, 'others')}.`);
});
