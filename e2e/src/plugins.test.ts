// Goal: a plugin of somebody else, put into the plugins folder, is offered, drawn into a chain and works on telemetry of devices; a
// plugin that misbehaves costs its own messages only. Method: a real server over plugins written without the SDK, which is what a
// bundled plugin is to the server.
import { connectAsync } from 'mqtt';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

/** Long enough that twenty devices are served meanwhile. */
const HANGS_MS = 4_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;

/** Writes a plugin: `onMessage` is the source of its node's function. */
function install(name: string, type: string, onMessage: string, manifest: object = {}): void {
  const place = join(folder.path, 'plugins', name);
  mkdirSync(place, { recursive: true });
  const known = {
    name,
    version: '2.0.1',
    type: 'module',
    keywords: ['fieldline-plugin'],
    fieldline: { plugin: '1' },
    exports: { '.': './index.js' },
  };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...known, ...manifest }));
  const schema = { type: 'object', properties: { factor: { type: 'number', description: 'Factor.' } }, required: ['factor'] };
  writeFileSync(
    join(place, 'index.js'),
    `const config = { toJSONSchema: () => (${JSON.stringify(schema)}), safeParse: (data) => ({ success: true, data }) };
     export const plugin = { name: '${name}', nodes: [{
       type: '${type}', version: 1, category: 'transformation', title: 'Scale', summary: 'Scales.', relationTypes: ['Success'],
       config, defaults: { factor: 10 }, onMessage: ${onMessage} }] };`,
  );
}
const routed = (message: string): string => `({ kind: 'routed', to: 'Success', message: ${message} })`;

beforeAll(async () => {
  folder = await temporaryFolder('plugins');
  install('acme-scale', 'acme.scale', `(message, { config }) => ${routed('message.with({ data: { scaled: message.data.raw * config.factor } })')}`);
  install('acme-hang', 'acme.hang', `(message) => { for (;;); }`);
  install('acme-old', 'acme.old', `(message) => ${routed('message')}`, { fieldline: { plugin: '0' } });
  server = await startServer(folder.path, { env: { FIELDLINE_PLUGIN_TIMEOUT_MS: String(HANGS_MS) } });
  admin = await TenantClient.signIn(server.ports.http);
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

interface Entity {
  readonly id: { readonly entityType: string; readonly id: string };
}
interface Plugin {
  readonly name: string;
  readonly status: string;
  readonly restarts: number;
  readonly nodes: readonly { readonly type: string }[];
  readonly problem: { readonly code: string } | null;
}
const node = (type: string, name: string, configuration: object, version = 1) => ({
  ...{ type, name, configuration, configurationVersion: version, singletonMode: false, additionalInfo: { layoutX: 0, layoutY: 0 } },
});
const save = node(
  'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
  'Save',
  { defaultTTL: 0, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
  1,
);

/** Draws a chain of a node of a plugin and a save. @returns makes devices that send through it, and tells their ids */
async function chainThrough(type: string, name: string): Promise<(token: string) => Promise<string>> {
  const chain = await admin.request<Entity>('POST', '/api/ruleChain', { name });
  const drawn = { nodes: [node(type, 'Plugin', { factor: 4 }), save], connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }] };
  await admin.request('POST', '/api/ruleChain/metadata', { ruleChainId: chain.id, firstNodeIndex: 0, ...drawn });
  const profileData = { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } };
  const profile = { name, type: 'DEFAULT', transportType: 'DEFAULT', defaultRuleChainId: chain.id, profileData };
  const { id: deviceProfileId } = await admin.request<Entity>('POST', '/api/deviceProfile', profile);
  return async (token) => (await admin.request<Entity>('POST', `/api/device?accessToken=${token}`, { name: token, deviceProfileId })).id.id;
}
const send = (token: string, body: object): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${token}/telemetry`, { method: 'POST', body: JSON.stringify(body) });
const latest = (device: string, key: string): Promise<Record<string, { readonly value: string }[]>> =>
  admin.request('GET', `/api/plugins/telemetry/DEVICE/${device}/values/timeseries?keys=${key}`);
/** Chains are deployed in their order, some milliseconds after they are drawn: true once the chain of this device takes messages. */
const isDeployed = (device: string, token: string): Promise<void> =>
  expect.poll(async () => ((await send(token, { raw: 1 })).ok ? (await latest(device, 'scaled'))['scaled']?.[0]?.value : '')).toBe('4');
const listed = async (name: string): Promise<Plugin | undefined> =>
  (await admin.request<Plugin[]>('GET', '/api/fieldline/plugins')).find((plugin) => plugin.name === name);

test('the palette offers its node with its form; a plugin for another server is listed with the reason', async () => {
  const components = await admin.request<{ clazz: string; configurationDescriptor: { nodeDefinition: object } }[]>('GET', '/api/components');
  const { configurationDescriptor } = components.find(({ clazz }) => clazz === 'acme.scale') ?? {};
  expect(configurationDescriptor?.nodeDefinition).toMatchObject({
    ...{ relationTypes: ['Success', 'Failure'], defaultConfiguration: { factor: 10 } },
    configSchema: { properties: { factor: { description: 'Factor.' } } },
  });
  expect(components.some(({ clazz }) => clazz === 'acme.old')).toBe(false);
  expect(await listed('acme-old')).toMatchObject({ status: 'refused', nodes: [], problem: { code: 'PLUGIN_API_UNSUPPORTED' } });
  expect(await listed('acme-scale')).toMatchObject({ status: 'idle', nodes: [{ type: 'acme.scale' }], problem: null });
});

test('telemetry over MQTT and HTTP goes through it into the store, acknowledged when it is there', async () => {
  const device = await (await chainThrough('acme.scale', 'scaled'))('scaled');
  await isDeployed(device, 'scaled');
  expect(await listed('acme-scale')).toMatchObject({ status: 'running', restarts: 0, problem: null });
  expect((await send('scaled', { raw: 5 })).status).toBe(200);
  expect(await latest(device, 'scaled')).toMatchObject({ scaled: [{ value: '20' }] });
  const client = await connectAsync(`mqtt://127.0.0.1:${server.ports.mqtt}`, { username: 'scaled', reconnectPeriod: 0 });
  await client.publishAsync('v1/devices/me/telemetry', '{"raw":6}', { qos: 1 });
  await client.endAsync();
  expect(await latest(device, 'scaled')).toMatchObject({ scaled: [{ value: '24' }] });
});

test('a plugin in a loop costs its own messages: other devices are served meanwhile, and its message is a dead letter', async () => {
  await (
    await chainThrough('acme.hang', 'hung')
  )('hung');
  const beside = await chainThrough('acme.scale', 'beside');
  const tokens = Array.from({ length: 20 }, (_, n) => `beside-${n}`);
  for (const token of tokens) await isDeployed(await beside(token), token);
  const started = performance.now();
  const took = async (answer: Promise<Response>): Promise<number> => {
    const at = performance.now();
    expect((await answer).status).toBe(200);
    return performance.now() - at;
  };
  // Its own message is taken: what hangs is handed over. Others come while it hangs, one after the other.
  expect(await took(send('hung', { raw: 1 }))).toBeLessThan(700);
  for (const token of tokens) expect(await took(send(token, { raw: 2 }))).toBeLessThan(300);
  expect(performance.now() - started).toBeLessThan(HANGS_MS);
  const letters = async (): Promise<number> =>
    (await admin.request<{ totalElements: number }>('GET', '/api/deadLetters?pageSize=1&page=0&code=PLUGIN_TIMED_OUT')).totalElements;
  expect(await letters()).toBe(0);
  await expect.poll(letters, { timeout: 10_000 }).toBeGreaterThan(0);
  await expect.poll(async () => (await listed('acme-hang'))?.problem?.code, { timeout: 10_000 }).toBe('PLUGIN_CRASHED');
});

test.skipIf(process.platform !== 'linux')('its processes end with the server', async () => {
  const children = childrenOf(server.process.pid as number);
  expect(children.length).toBeGreaterThan(0);
  await stopServer(server, 'SIGKILL');
  await expect.poll(() => children.filter(isRunning)).toEqual([]);
});

/** Processes whose parent is this one. */
function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number);
}

function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
