// Goal: what the SDK and package.json offer leads a plugin to no module of Node.js that reaches outside, and the line to the server
// leads nowhere else. Method: plugins that try while they are loaded, and tell in the help of their node what came of it.
import { silentLog } from '@fieldline/kernel';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { discoverPlugins } from '../discover/discover-plugins.js';
import { builtHost, installPlugin, temporaryFolder } from '../plugins.fixture.js';
import { realClock } from '../real-clock.fixture.js';

let hostFile: string;
beforeAll(() => void (hostFile = builtHost()));

/** What came of each expression when the plugin was loaded. `required` is what a CommonJS file of it has: `module` and `require`. */
async function tried(expressions: readonly string[], manifest: object = {}): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const attempts = expressions.map((expression) => `async () => (${expression})`).join(',');
  const docs = `await (async () => {
    const required = (await import('./required.cjs')).default;
    const found = [];
    for (const attempt of [${attempts}]) {
      try { found.push('found ' + await attempt()); } catch (error) { found.push('refused ' + (error.code ?? error.message)); }
    }
    return JSON.stringify(found);
  })()`;
  const node = `defineRuleNode({ ...about, type: 'test.try', docs: ${docs}, onMessage: (m) => route('Success', m) })`;
  const place = installPlugin(folder, 'acme', node, manifest);
  writeFileSync(join(place, 'dist', 'required.cjs'), 'module.exports = { module, require };');
  const [found] = await discoverPlugins({ folder, hostFile, memoryMb: 256, taken: new Set(), clock: realClock, log: silentLog });
  if (found?.problem !== undefined) throw new Error(found.problem.message);
  return JSON.parse(found?.nodes[0]?.docs ?? '[]') as readonly string[];
}

const refused = 'refused PLUGIN_MODULE_REFUSED';

test('another name that package.json gives a module does not open it', async () => {
  const imports = { '#files': 'fs', '#net': 'net' };
  const found = await tried(["import('#files')", "import('#net')", "required.require('#net')"], { imports });
  expect(found).toEqual([refused, refused, expect.stringMatching(/^refused/)]);
});

test('neither does what CommonJS has', async () => {
  const { length } = await import('node:module').then(({ builtinModules }) => builtinModules);
  const found = await tried([
    "required.require('net')",
    "required.module.constructor._load('node:net')",
    "required.module.constructor.createRequire(import.meta.url)('net')",
    "(required.module.constructor._resolveFilename = () => 'net', required.require('anything'))",
    "required.module.constructor.registerHooks({ resolve: () => ({ url: 'node:net', shortCircuit: true }) })",
    'required.module.constructor.builtinModules.length',
  ]);
  expect(found.slice(0, 4)).toEqual([refused, refused, refused, refused]);
  expect(found.slice(4)).toEqual([expect.stringMatching(/^refused .*not a function/), `found ${length}`]);
});

test('who gets hold of the line to the server cannot connect elsewhere with it, nor with another of its kind', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const line = `(globalThis.line ??= await (async () => {
    const { Duplex } = await import('node:stream');
    const { write } = Duplex.prototype;
    let line;
    Duplex.prototype.write = function (...given) { line ??= this; return write.apply(this, given); };
    console.log('said over the line');
    Duplex.prototype.write = write;
    return line;
  })())`;
  const connected = `await new Promise((resolve, reject) => new globalThis.line.constructor()
    .once('connect', () => resolve('connected')).once('error', reject).connect(${port}, '127.0.0.1'))`;
  const found = await tried([
    `${line}.constructor.name`,
    connected,
    'typeof globalThis.line._handle.connect',
    'typeof new globalThis.line._handle.constructor(0).open',
  ]);
  server.close();
  expect(found).toEqual(['found Socket', expect.stringMatching(/^refused .*not a function/), 'found undefined', 'found undefined']);
});
