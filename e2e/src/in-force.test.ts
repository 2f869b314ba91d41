// Goal: what the API has answered is in force: a reading meets the version of the rule chain that was deployed before it was sent.
// Method: the embedded server; a chain is deployed over and over, each time with another constant, and a reading follows at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployChain, devicesOfChain, drawChain, newBody, saveNode } from './rule-chain.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

const VERSIONS = 30;
/** Nodes of each version: enough for its start to take a while. */
const MARKS = 30;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;

beforeAll(async () => {
  folder = await temporaryFolder('in-force');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
});

afterAll(async () => {
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

async function send(token: string): Promise<void> {
  const path = `http://127.0.0.1:${server.ports.http}/api/v1/${token}/telemetry`;
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"sent":1}' });
  expect(response.status).toBe(200);
}

const written = async (deviceId: string): Promise<string | null | undefined> => {
  const path = `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?keys=version`;
  return (await client.request<Record<string, { value: string | null }[]>>('GET', path))['version']?.[0]?.value;
};

test('a reading meets the rule chain that was deployed before it was sent', async () => {
  const chainId = await drawChain(client, 'Marks', [saveNode('Save')], []);
  const [device] = (await devicesOfChain(client, chainId, 'meter', 1)) as [{ id: string; token: string }];
  const met: unknown[] = [];
  for (let version = 0; version < VERSIONS; version += 1) {
    const marks = Array.from({ length: MARKS }, (_, n) => newBody(`Mark ${n}`, `{ ...msg, version: ${version} }`));
    const wires = marks.map(({ name }, n) => `${name} -Success-> ${marks[n + 1]?.name ?? 'Save'}`);
    await deployChain(client, chainId, [...marks, saveNode('Save')], wires);
    await send(device.token);
    met.push(await written(device.id));
  }
  expect(met).toEqual(Array.from({ length: VERSIONS }, (_, version) => String(version)));
});
