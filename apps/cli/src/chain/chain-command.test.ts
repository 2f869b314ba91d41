// Goal: rule chains go from a server into files and back with one command each. Method: a small server that keeps two chains
// as the REST API gives them, and files in a temporary folder.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const id = (entityType: string, n: number) => ({ entityType, id: uuid(n) });
const chainOf = (n: number, name: string) => ({
  ...{ id: id('RULE_CHAIN', n), name, type: 'CORE', root: n === 1, additionalInfo: null, externalId: null, version: 1 },
});
const script = 'var t = msg.t;\n\nreturn t > 20;';
const nodes = [
  {
    ...{ id: id('RULE_NODE', 11), externalId: null, type: 'org.example.Filter', name: 'Warm?', configurationVersion: 0, queueName: null },
    ...{ singletonMode: false, debugSettings: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 } },
    ...{ configuration: { jsScript: script }, additionalInfo: { layoutX: 1, layoutY: 2, description: '' } },
  },
];
const components = [{ clazz: 'org.example.Filter', configurationDescriptor: { nodeDefinition: { nodeType: 'filter.example' } } }];

let server: Server;
let folder: string;
let base: string;
const saved: { path: string; body: Record<string, unknown> }[] = [];
const chains = [chainOf(1, 'Root'), chainOf(2, 'Twice'), chainOf(3, 'Twice')];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fieldline-chain-'));
  saved.length = 0;
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      const status = request.headers['x-authorization'] === 'ApiKey right' ? 200 : 401;
      if (request.method === 'POST') saved.push({ path, body: JSON.parse(text) as Record<string, unknown> });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? answer(path, text) : { message: 'no' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

function answer(path: string, text: string): unknown {
  if (path.startsWith('/api/ruleChains')) return { data: path.includes('CORE') ? chains : [], hasNext: false };
  if (path === '/api/components') return components;
  if (path === '/api/ruleChain')
    return { ...chainOf(9, 'New'), ...(JSON.parse(text) as object), id: (JSON.parse(text) as { id?: object }).id ?? id('RULE_CHAIN', 9) };
  return { ruleChainId: id('RULE_CHAIN', 1), version: 1, firstNodeIndex: 0, nodes: path.includes(uuid(9)) ? [] : nodes, connections: null };
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const lines: { out: string[]; err: string[] } = { out: [], err: [] };
  const surroundings = {
    version: '0',
    out: (line: string) => void lines.out.push(line),
    err: (line: string) => void lines.err.push(line),
    monotonicMs: () => 0,
  };
  const code = await runCommand(['chain', ...args, '--url', base], { ...surroundings, environment: { FIELDLINE_API_KEY: 'right' } });
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

test('an export is YAML whose scripts stand line by line', async () => {
  const { code, out } = await run('export', 'Root');
  expect(code).toBe(0);
  expect(out).toContain('type: filter.example');
  expect(out).toContain('jsScript: |-\n        var t = msg.t;\n\n        return t > 20;');
  expect(await run('export', uuid(1))).toEqual({ code: 0, out, err: '' });
});

test('a file that is imported again takes the place of its chain, and its nodes stay what they are', async () => {
  const file = join(folder, 'root.yaml');
  expect((await run('export', 'Root', '--file', file)).code).toBe(0);
  writeFileSync(file, readFileSync(file, 'utf8').replace('t > 20', 't > 30'));
  expect(await run('import', file)).toMatchObject({ code: 0, out: expect.stringContaining('"Root" replaced') });
  expect(saved).toMatchObject([
    { path: '/api/ruleChain', body: { id: id('RULE_CHAIN', 1), root: true, name: 'Root' } },
    { path: '/api/ruleChain/metadata', body: { version: 1, firstNodeIndex: 0, nodes: [{ id: id('RULE_NODE', 11), type: 'org.example.Filter' }] } },
  ]);
  expect(JSON.stringify(saved[1]?.body)).toContain('t > 30');
});

test('on a server that does not have the chain it becomes a new one that remembers where it came from', async () => {
  const file = join(folder, 'root.yaml');
  await run('export', 'Root', '--file', file);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(uuid(1), uuid(77)));
  expect(await run('import', file)).toMatchObject({ code: 0, out: expect.stringContaining('"Root" created') });
  expect(saved[0]?.body).toMatchObject({ externalId: id('RULE_CHAIN', 77) });
  expect(saved[1]?.body).toMatchObject({ ruleChainId: id('RULE_CHAIN', 9), nodes: [{ externalId: id('RULE_NODE', 11) }] });
});

test.each([
  { args: ['export', 'Nothing'], code: 1, says: 'CLI_CHAIN_UNKNOWN' },
  { args: ['export', 'Twice'], code: 1, says: 'CLI_CHAIN_NAME_TWICE' },
  { args: ['export', 'Root', '--key', 'wrong'], code: 1, says: 'CLI_CALL_REFUSED' },
  { args: ['import', '/nowhere/chain.yaml'], code: 1, says: 'CLI_FILE_UNUSABLE' },
  { args: ['export', 'Root', '--file', '/nowhere/chain.yaml'], code: 1, says: 'CLI_FILE_UNUSABLE' },
  { args: ['export'], code: 2, says: 'CLI_USAGE' },
  { args: ['move', 'x'], code: 2, says: 'CLI_USAGE' },
  { args: ['import', 'a', 'b'], code: 2, says: 'CLI_USAGE' },
  { args: ['import', 'a', '--file', 'b'], code: 2, says: 'CLI_USAGE' },
])('$args fails with $says', async ({ args, code, says }) => {
  expect(await run(...args)).toMatchObject({ code, err: expect.stringContaining(says) });
});

test.each(['nodes: [', '{}', 'a: &x [1]\nb: *x', 'format: fieldline/rule-chain/2'])('a file that says %j is no chain', async (text) => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, text);
  expect(await run('import', file)).toMatchObject({ code: 1, err: expect.stringContaining('CLI_CHAIN_FILE_WRONG') });
});
