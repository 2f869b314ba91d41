import { loadavg } from 'node:os';
import { startServer, stopServer, temporaryFolder, TenantClient, type RunningServer } from '@fieldline/e2e';
import { GAP_KEY, watchOrder } from './order-chain.ts';
import { BARE_KEYS, TestDevice } from './test-device.ts';

const DEVICES = 20;
const RESTART_MS_MAX = 5_000;
const BASE_MS = 1_700_000_000_000;

export interface KillOptions {
  readonly kills: number;
  readonly random: () => number;
  /** What the server is started with besides, such as its queue. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Kills the server again and again under load, then compares what is stored with what was acknowledged, and looks
 * whether the readings of each device came to the save node in order.
 */
export async function killTest({ kills, random, env }: KillOptions): Promise<string[]> {
  const folder = await temporaryFolder('crash');
  const complaints: string[] = [];
  let server = await startServer(folder.path, { env });
  try {
    const client = await TenantClient.signIn(server.ports.http);
    await watchOrder(client);
    const created = await client.createDevices('crash', DEVICES);
    const devices = created.map(({ token }) => new TestDevice(token, BASE_MS));
    for (let kill = 0; kill < kills; kill += 1) {
      await Promise.all(devices.map((device) => device.start(server.ports.mqtt)));
      await new Promise((resolve) => setTimeout(resolve, 150 + random() * 1_000));
      await stopServer(server, 'SIGKILL');
      for (const device of devices) device.drop();
      server = await startServer(folder.path, { env });
      // A start takes 1.5 s of processor time: it depends on who else wants the processors.
      const load = (loadavg()[0] ?? 0).toFixed(1);
      if (server.readyMs > RESTART_MS_MAX) complaints.push(`restart ${kill + 1} took ${Math.round(server.readyMs)} ms under a load of ${load}`);
      process.stdout.write(`kill ${kill + 1}: ready again after ${Math.round(server.readyMs)} ms, ${total(devices)} acknowledged\n`);
    }
    await Promise.all(devices.map((device) => device.start(server.ports.mqtt)));
    await Promise.all(devices.map((device) => device.finish(10_000)));
    const open = devices.reduce((sum, device) => sum + device.openCount, 0);
    if (open > 0) complaints.push(`${open} messages were never acknowledged after the last restart`);
    complaints.push(...(await compare(server, devices, created)));
  } finally {
    await stopServer(server, 'SIGKILL');
    await folder.remove();
  }
  return complaints;
}

function total(devices: readonly TestDevice[]): number {
  return devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
}

async function compare(server: RunningServer, devices: readonly TestDevice[], created: readonly { id: string }[]): Promise<string[]> {
  const client = await TenantClient.signIn(server.ports.http);
  let missing = 0;
  let doubled = 0;
  let gaps = 0;
  for (const [i, device] of devices.entries()) {
    const id = created[i]?.id ?? '';
    const seen = await storedSequences(client, id, device);
    for (const sequence of device.acknowledged) if (!seen.has(sequence)) missing += 1;
    for (const times of seen.values()) if (times > 1) doubled += 1;
    gaps += await client.count(id, GAP_KEY, 0, Date.now() + 1_000);
  }
  process.stdout.write(`${total(devices)} acknowledged, ${missing} missing, ${doubled} doubled, ${gaps} out of order\n`);
  const complaints: string[] = [];
  if (missing > 0) complaints.push(`${missing} acknowledged readings are missing`);
  if (doubled > 0) complaints.push(`${doubled} readings are stored twice`);
  if (gaps > 0) complaints.push(`${gaps} readings overtook earlier ones of their device`);
  if (total(devices) === 0) complaints.push('nothing was acknowledged at all');
  return complaints;
}

/** How often each sequence is stored. */
async function storedSequences(client: TenantClient, deviceId: string, device: TestDevice): Promise<Map<number, number>> {
  const seen = new Map<number, number>();
  const keys = ['timed', ...Array.from({ length: BARE_KEYS }, (_, i) => `bare${i}`)];
  for (const key of keys) {
    const query = `keys=${key}&startTs=0&endTs=${Date.now() + 1_000}&limit=${device.sentCount + 1_000}&agg=NONE`;
    const answer = await client.request<Record<string, { ts: number; value: string }[]>>(
      'GET',
      `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?${query}`,
    );
    for (const point of answer[key] ?? []) {
      const sequence = Number(point.value);
      if (key === 'timed' && point.ts !== BASE_MS + sequence) throw new Error(`sequence ${sequence} is stored at ${point.ts}`);
      seen.set(sequence, (seen.get(sequence) ?? 0) + 1);
    }
  }
  return seen;
}
