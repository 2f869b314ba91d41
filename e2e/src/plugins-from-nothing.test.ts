// Goal: somebody makes a plugin with two nodes, tests and builds it, installs it from its folder, finds the nodes in the palette and
// uses them, in the minutes that docs/plugins.md promises. Method: the commands of that page, Chromium, a real server, a real MQTT
// client; the steps build on each other, so that after one that fails the others are skipped.
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openWindow, signIn, type Window } from './browser.js';
import { ChainEditor } from './chain-editor.js';
import { followSteps } from './journey-steps.js';
import { runProgram } from './program.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

const COMMAND_MS_MAX = 300_000;
const WHOLE_WAY_MS_MAX = 300_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Component {
  readonly clazz: string;
  readonly name: string;
  readonly configurationDescriptor: { readonly nodeDefinition: { readonly plugin: string; readonly relationTypes: readonly string[] } };
}
interface WireChain {
  readonly nodes: readonly { readonly type: string; readonly name: string }[];
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer | undefined;
let client: TenantClient;
let browser: Browser | undefined;
let window: Window;
let editor: ChainEditor;
let device: { id: string; token: string };
const startedAt = performance.now();

beforeAll(async () => void (folder = await temporaryFolder('plugins')));

followSteps(() => ({ windows: server === undefined || browser === undefined ? [] : [window], log: server?.log() ?? '' }));

afterAll(async () => {
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

const pluginFolder = () => join(folder.path, 'acme-weather');

/** What an author has: no programs of this repository on the path. */
function authorsEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((each) => !each.includes('node_modules'));
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|FIELDLINE_|NODE_OPTIONS$|INIT_CWD$|VITEST)/i.test(name));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), FIELDLINE_DATA_DIR: folder.path, NODE_ENV: '' };
}

/** Runs `npm …` and gives what it printed; fails where it fails. */
async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await runProgram('npm', args, { cwd, env: authorsEnvironment(), timeoutMs: COMMAND_MS_MAX });
  expect({ code, output }, `npm ${args.join(' ')}`).toMatchObject({ code: 0 });
  return output;
}

async function start(): Promise<void> {
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
}

const componentsOf = async (): Promise<readonly Component[]> =>
  (await client.request<Component[]>('GET', '/api/components?componentTypes=TRANSFORMATION&ruleChainType=CORE')).filter(({ clazz }) =>
    clazz.startsWith('acme-weather.'),
  );

async function rootChain(): Promise<WireChain> {
  const { data } = await client.request<{ data: { id: { id: string }; root: boolean }[] }>('GET', '/api/ruleChains?pageSize=10&page=0');
  return client.request<WireChain>('GET', `/api/ruleChain/${data.find((chain) => chain.root)?.id.id}/metadata`);
}

/** The latest values of the device, by key. */
async function latest(): Promise<Readonly<Record<string, unknown>>> {
  const path = `/api/plugins/telemetry/DEVICE/${device.id}/values/timeseries?useStrictDataTypes=true`;
  const values = await client.request<Record<string, { value: unknown }[]>>('GET', path);
  return Object.fromEntries(Object.entries(values).map(([key, [point]]) => [key, point?.value]));
}

async function send(reading: object): Promise<void> {
  if (server === undefined) throw new Error('no server runs');
  const mqtt = await connectAsync({ host: '127.0.0.1', port: server.ports.mqtt, username: device.token, reconnectPeriod: 0 });
  await mqtt.publishAsync('v1/devices/me/telemetry', JSON.stringify(reading), { qos: 1 });
  await mqtt.endAsync();
}

test('a package is made, and its tests pass at once', { timeout: COMMAND_MS_MAX }, async () => {
  await npm(root, 'run', '--silent', 'new-node', '--', pluginFolder(), '--nodes', 'heat-index,wind-chill');
  await npm(pluginFolder(), 'install', '--no-audit', '--no-fund');
  expect(await npm(pluginFolder(), 'test')).toMatch(/Test Files.*3 passed/);
});

test('what the author changes is what runs', { timeout: COMMAND_MS_MAX }, async () => {
  const path = join(pluginFolder(), 'src', 'heat-index-node.ts');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('value * factor', 'value * factor + 1'));
  const { code, output } = await runProgram('npm', ['test'], { cwd: pluginFolder(), env: authorsEnvironment(), timeoutMs: COMMAND_MS_MAX });
  // The example of the declaration is a test.
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('does as its example says: a number is') as string });
  await writeFile(path, text);
  await npm(pluginFolder(), 'run', 'check');
  await npm(pluginFolder(), 'run', 'build');
});

test('it is installed from its folder', { timeout: COMMAND_MS_MAX }, async () => {
  const output = await npm(root, 'run', '--silent', 'fieldline', '--', 'plugin', 'add', pluginFolder());
  expect(output).toContain('acme-weather 0.1.0 added');
  expect(await npm(root, 'run', '--silent', 'fieldline', '--', 'plugin', 'list')).toContain('acme-weather 0.1.0');
});

test('the server has both nodes, and says where they come from', async () => {
  await start();
  const [created] = await client.createDevices('station', 1);
  if (created === undefined) throw new Error('no device was created');
  device = created;
  const found = await componentsOf();
  expect(found.map(({ clazz, name }) => [clazz, name])).toEqual([
    ['acme-weather.heat-index', 'Heat index'],
    ['acme-weather.wind-chill', 'Wind chill'],
  ]);
  for (const { configurationDescriptor } of found) {
    expect(configurationDescriptor.nodeDefinition).toMatchObject({ plugin: 'acme-weather', relationTypes: ['Success', 'Failure'] });
  }
});

test('the palette of the editor shows both, with their documentation', async () => {
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server?.ports.http}`);
  const { page } = window;
  await page.goto('/');
  await signIn(page, tenant.email, tenant.password);
  await page.getByRole('link', { name: 'Rule chains' }).first().click();
  await page.getByRole('link', { name: 'Root Rule Chain' }).click();
  editor = new ChainEditor(page);
  await editor.node('Message Type Switch').waitFor();
  await editor.addByMouse(/^Heat index/, { x: 420, y: 640 });
  await editor.addByMouse(/^Wind chill/, { x: 660, y: 640 });
  await editor.node('Heat index').click();
  await editor.inspector('Heat index').getByText('The rest of the body stays as it is.').waitFor();
  await editor.inspector('Heat index').getByLabel('Factor').waitFor();
});

test('they are drawn into the root chain and deployed', async () => {
  await editor.node('Message Type Switch').click();
  await editor.inspector('Message Type Switch').getByRole('button', { name: 'Remove Post telemetry to Save Timeseries' }).click();
  await editor.drawWire('Message Type Switch', 'Heat index', 'Post telemetry');
  await editor.drawWire('Heat index', 'Wind chill', 'Success');
  await editor.drawWire('Wind chill', 'Save Timeseries', 'Success');
  await editor.deploy();
  await editor.state.getByText('v2 is deployed').waitFor();
  expect((await rootChain()).nodes.map(({ type }) => type)).toEqual(expect.arrayContaining(['acme-weather.heat-index', 'acme-weather.wind-chill']));
});

test('a reading goes through both and is stored, within five minutes from nothing', async () => {
  // The version before goes on until the nodes of the new one have started, for which a plugin needs its process.
  await expect
    .poll(
      async () => {
        await send({ temperature: 21, note: 'kept' });
        return latest();
      },
      { timeout: 10_000 },
    )
    .toEqual({ temperature: 21, note: 'kept', heat_index: 42, wind_chill: 42 });
  const tookMs = performance.now() - startedAt;
  console.log(`From nothing to the first reading: ${Math.round(tookMs / 1_000)} s.`);
  expect(tookMs).toBeLessThan(WHOLE_WAY_MS_MAX);
});

test('what a node fails with is kept as a dead letter with its code', async () => {
  await send({ temperature: 'warm' });
  const codes = async () => {
    const letters = await client.request<{ data: { code: string }[] }>('GET', '/api/deadLetters?pageSize=10&page=0');
    return letters.data.map(({ code }) => code);
  };
  await expect.poll(codes, { timeout: 10_000 }).toEqual(['ACME_WEATHER_HEAT_INDEX_VALUE_NOT_NUMERIC']);
});

test('after a restart the nodes are there again; without the plugin the chain keeps them, and they fail', { timeout: COMMAND_MS_MAX }, async () => {
  if (server === undefined) throw new Error('the server runs');
  await stopServer(server);
  await start();
  await send({ temperature: 5 });
  // The first message starts the process; it waits on disk for that, not the device.
  await expect.poll(latest, { timeout: 10_000 }).toMatchObject({ heat_index: 10, wind_chill: 10 });
  await stopServer(server);
  await npm(root, 'run', '--silent', 'fieldline', '--', 'plugin', 'remove', 'acme-weather');
  await start();
  expect(await componentsOf()).toEqual([]);
  expect((await rootChain()).nodes.map(({ type }) => type)).toContain('acme-weather.heat-index');
  await send({ temperature: 7 });
  expect(await latest()).toMatchObject({ temperature: 5 });
});
