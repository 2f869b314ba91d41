// Goal: what lies in the plugins folder is used, or refused with a code, and one bad package stops nothing. Method: packages in a
// temporary folder, asked for their nodes in real processes.
import { silentLog } from '@fieldline/kernel';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { builtHost, installPlugin, temporaryFolder } from '../plugins.fixture.js';
import { realClock } from '../real-clock.fixture.js';
import { declaredDefinition } from '../run/proxy-definition.js';
import { discoverPlugins, type FoundPlugin } from './discover-plugins.js';

let hostFile: string;
beforeAll(() => void (hostFile = builtHost()));
const discover = (folder: string, taken: readonly string[] = []): Promise<readonly FoundPlugin[]> =>
  discoverPlugins({ folder, hostFile, memoryMb: 256, taken: new Set(taken), clock: realClock, log: silentLog });
const pass = (type: string): string => `defineRuleNode({ ...about, type: '${type}', onMessage: (message) => route('Success', message) })`;

test('plugins are found in the folder, under a scope and where npm puts them; dependencies of theirs are none', async () => {
  const folder = temporaryFolder();
  installPlugin(folder, 'one', pass('test.one'));
  installPlugin(folder, '@acme/two', pass('test.two'));
  installPlugin(join(folder, 'node_modules'), 'three', pass('test.three'), { exports: { '.': { import: './dist/index.js' } } });
  installPlugin(join(folder, 'node_modules'), 'a-library', pass('test.library'), { keywords: ['library'] });
  const found = await discover(folder);
  expect(found.map(({ name, version, nodes, problem }) => [name, version, nodes.map(({ type }) => type), problem])).toEqual([
    ['@acme/two', '1.2.3', ['test.two'], undefined],
    ['one', '1.2.3', ['test.one'], undefined],
    ['three', '1.2.3', ['test.three'], undefined],
  ]);
});

test('a folder that is not there holds no plugins', async () => {
  expect(await discover(join(temporaryFolder(), 'none'))).toEqual([]);
});

test('the palette and the form know a node as it was declared', async () => {
  const folder = temporaryFolder();
  const settings = `z.strictObject({ key: z.string().min(1).describe('Key to watch.'), limit: z.number().default(5).describe('Limit.') })`;
  const more = `state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'node', maxEntries: 3 }, relationTypes: ['High', 'Low'], docs: '# Help', icon: 'bolt'`;
  installPlugin(
    folder,
    'one',
    `defineRuleNode({ ...about, type: 'test.one', ${more}, config: ${settings}, defaults: { key: 'temperature', limit: 5 }, onMessage: (m) => route('High', m) })`,
  );
  const [found] = await discover(folder);
  const definition = declaredDefinition(found!.nodes[0]!);
  expect(definition).toMatchObject({ type: 'test.one', title: 'Test', docs: '# Help', icon: 'bolt', relationTypes: ['High', 'Low'] });
  expect(definition.state).toMatchObject({ keyedBy: 'node', maxEntries: 3 });
  const schema = z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' });
  expect(schema).toMatchObject({ properties: { key: { type: 'string', description: 'Key to watch.' }, limit: { default: 5 } }, required: ['key'] });
  expect(definition.config.safeParse({ key: '' }).error?.issues).toMatchObject([{ path: ['key'] }]);
  expect(definition.config.safeParse({ key: 'humidity' }).success).toBe(true);
});

const faults: readonly [what: string, code: string, install: (folder: string) => void][] = [
  ['a folder without package.json', 'PLUGIN_MANIFEST_INVALID', (folder) => mkdirSync(join(folder, 'bad'))],
  [
    'a package.json that is no JSON',
    'PLUGIN_MANIFEST_INVALID',
    (folder) => writeFileSync(join(installPlugin(folder, 'bad', ''), 'package.json'), '{'),
  ],
  ['a package without the keyword', 'PLUGIN_MANIFEST_INVALID', (folder) => void installPlugin(folder, 'bad', '', { keywords: [] })],
  ['a package without exports', 'PLUGIN_MANIFEST_INVALID', (folder) => void installPlugin(folder, 'bad', '', { exports: {} })],
  ['another version of the interface', 'PLUGIN_API_UNSUPPORTED', (folder) => void installPlugin(folder, 'bad', '', { fieldline: { plugin: '2' } })],
  ['an entry that does not exist', 'PLUGIN_ENTRY_MISSING', (folder) => void installPlugin(folder, 'bad', '', { exports: { '.': './none.js' } })],
  [
    'an entry outside the package',
    'PLUGIN_ENTRY_MISSING',
    (folder) => void installPlugin(folder, 'bad', '', { exports: { '.': './../one/dist/index.js' } }),
  ],
  ['a file that throws', 'PLUGIN_NOT_LOADED', (folder) => void installPlugin(folder, 'bad', `(() => { throw new Error('boom'); })()`)],
  [
    'a file without `plugin`',
    'PLUGIN_NOT_LOADED',
    (folder) => writeFileSync(join(installPlugin(folder, 'bad', ''), 'dist/index.js'), 'export const other = 1;'),
  ],
  ['a process that ends at once', 'PLUGIN_NOT_LOADED', (folder) => void installPlugin(folder, 'bad', `process.exit(3)`)],
  ['no nodes', 'PLUGIN_DECLARATION_INVALID', (folder) => void installPlugin(folder, 'bad', '')],
  ['a node type that is no name', 'PLUGIN_DECLARATION_INVALID', (folder) => void installPlugin(folder, 'bad', pass('Bad Name'))],
  ['a node with scripts', 'PLUGIN_NEED_UNSUPPORTED', (folder) => void installPlugin(folder, 'bad', `{ ...${pass('test.bad')}, needs: ['scripts'] }`)],
  [
    'a node with a connection',
    'PLUGIN_NEED_UNSUPPORTED',
    (folder) => void installPlugin(folder, 'bad', `{ ...${pass('test.bad')}, connection: { open() {}, close() {}, whenAway: () => 'wait' } }`),
  ],
  ['a node type of the server', 'PLUGIN_NODE_TYPE_TAKEN', (folder) => void installPlugin(folder, 'bad', pass('filter.script'))],
  ['a node type of a plugin before it', 'PLUGIN_NODE_TYPE_TAKEN', (folder) => void installPlugin(folder, 'two', pass('test.one'))],
  ['a name that is taken', 'PLUGIN_NAME_TAKEN', (folder) => void installPlugin(join(folder, 'node_modules'), 'one', pass('test.two'))],
];

test.each(faults)('%s is refused with %s, and the plugin beside it is used', async (_what, code, install) => {
  const folder = temporaryFolder();
  installPlugin(folder, 'one', pass('test.one'));
  install(folder);
  const found = await discover(folder, ['filter.script']);
  expect(found.find(({ problem }) => problem === undefined)).toMatchObject({ name: 'one', nodes: [{ type: 'test.one' }] });
  expect(found.filter(({ problem }) => problem !== undefined)).toMatchObject([{ nodes: [], problem: { code } }]);
});

test('a link out of the folder is followed, and told', async () => {
  const folder = temporaryFolder();
  const elsewhere = installPlugin(temporaryFolder(), 'one', pass('test.one'));
  symlinkSync(elsewhere, join(folder, 'one'));
  expect(await discover(folder)).toMatchObject([{ name: 'one', folder: elsewhere, isLinked: true, nodes: [{ type: 'test.one' }] }]);
});

test('what a plugin asks about and cannot have keeps it from loading: the module is named', async () => {
  const folder = temporaryFolder();
  const place = installPlugin(folder, 'bad', '');
  writeFileSync(join(place, 'dist/index.js'), `import net from 'node:net'; export const plugin = { nodes: [net] };`);
  const [found] = await discover(folder);
  expect(found?.problem).toMatchObject({ code: 'PLUGIN_NOT_LOADED', message: expect.stringContaining('node:net') });
});
