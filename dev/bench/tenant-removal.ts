// npm run bench -- tenant-removal [--smoke] [--devices 100000]
// How long a device of another tenant waits for its PUBACK while a tenant of 100,000 devices with 20 attributes, three
// series and credentials each is removed, how soon the removal is answered, and how long its rows take to go after that.
import { startServer, SteadyDevice, stopServer, temporaryFolder, TenantClient, type RunningServer } from '@fieldline/e2e';
import { ValueKind, type TenantId } from '@fieldline/model';
import type { EntityInsert } from '@fieldline/ports';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { attributesADevice, fillStores, storesOfFolder } from './entity-world.ts';

const isSmoke = process.argv.includes('--smoke');
const given = process.argv.indexOf('--devices');
const devices = given === -1 ? (isSmoke ? 2_000 : 100_000) : Number(process.argv[given + 1]);
const devicesAWrite = 500;
/** How long telemetry flows without a removal, and how long rows may take to go after it. */
const calmMs = isSmoke ? 1_000 : 5_000;
const removedWithinMs = 300_000;
/** A start after filling checks every page of the database once. */
const startMs = 120_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Prepared {
  readonly removed: TenantId;
  readonly device: { readonly id: string; readonly token: string };
}

/** A tenant that will be removed, and a device of another one that sends meanwhile. */
async function prepare(folder: string): Promise<Prepared> {
  const server = await startServer(folder);
  try {
    const system = await TenantClient.signIn(server.ports.http, 'sysadmin@fieldline.local');
    const { id } = await system.request<{ id: { id: string } }>('POST', '/api/tenant', { title: 'Removed' });
    const [device] = await (await TenantClient.signIn(server.ports.http)).createDevices('steady', 1);
    if (device === undefined) throw new Error('no device was created');
    return { removed: id.id as TenantId, device };
  } finally {
    await stopServer(server);
  }
}

/** Devices with attributes, a point in each of three series, and credentials. */
async function fill(folder: string, tenantId: TenantId): Promise<void> {
  const profiles = await storesOfFolder(folder);
  const [profile] = await profiles.entities.findAll('deviceProfile', tenantId, {}, 1);
  await fillStores(profiles, { tenantId, profileId: profile?.id ?? '', devices });
  const stores = await storesOfFolder(folder);
  for (let page = 0, hasNext = true; hasNext; page += 1) {
    const found = await stores.entities.page('device', tenantId, { page, pageSize: devicesAWrite });
    hasNext = found.hasNext;
    const unit = stores.data.begin();
    for (const { id } of found.data) {
      const entity = { entityType: 'DEVICE', id } as const;
      for (const key of ['temperature', 'humidity', 'pressure']) unit.point(tenantId, entity, key, Date.now(), ValueKind.double, 1, 0);
    }
    await stores.data.commit(unit);
    await stores.entities.write(
      found.data.map(({ id: deviceId }): EntityInsert => {
        const head = { id: randomUUID(), tenantId, createdAtMs: Date.now(), version: 1 };
        return {
          change: 'insert',
          kind: 'deviceCredentials',
          entity: { ...head, deviceId, credentialsType: 'ACCESS_TOKEN', credentialsId: randomUUID() },
        };
      }),
    );
  }
  await stores.close();
}

/** Whether the rows of the tenant are gone, by what the writer says: to count them would hold up the device here. */
function isSwept(folder: string, tenantId: string): boolean {
  const database = new DatabaseSync(join(folder, 'fieldline.db'), { readOnly: true });
  const row = database.prepare('SELECT is_swept FROM removed_tenant WHERE id = ?').get(tenantId);
  database.close();
  return row?.['is_swept'] === 1;
}

async function slowest(server: RunningServer, device: Prepared['device'], during: () => Promise<unknown>): Promise<number> {
  const steady = await SteadyDevice.start(server, device);
  await steady.more(100);
  await during();
  return (await steady.stop()).slowestMs;
}

async function measure(folder: string, { removed, device }: Prepared): Promise<Record<string, number>> {
  const server = await startServer(folder, { timeoutMs: startMs });
  try {
    const system = await TenantClient.signIn(server.ports.http, 'sysadmin@fieldline.local');
    const calmSlowestMs = await slowest(server, device, () => pause(calmMs));
    let answeredMs = 0;
    let goneMs = 0;
    const slowestAckMs = await slowest(server, device, async () => {
      const startedAt = performance.now();
      await system.request('DELETE', `/api/tenant/${removed}`);
      answeredMs = performance.now() - startedAt;
      while (!isSwept(folder, removed) && performance.now() - startedAt < removedWithinMs) await pause(200);
      goneMs = performance.now() - startedAt;
    });
    const figures = { calmSlowestMs, slowestAckMs, answeredMs, goneMs };
    return Object.fromEntries(Object.entries(figures).map(([name, ms]) => [name, Math.round(ms)]));
  } catch (error) {
    say(server.log());
    throw error;
  } finally {
    await stopServer(server, 'SIGKILL');
  }
}

const folder = await temporaryFolder('bench-tenant-removal');
try {
  const prepared = await prepare(folder.path);
  const startedAt = performance.now();
  await fill(folder.path, prepared.removed);
  say(`${devices} devices with ${attributesADevice} attributes each in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  const figures = { ...(await measure(folder.path, prepared)), devices };
  process.stdout.write(`${JSON.stringify({ bench: 'tenant-removal', ratio: 1, baseline: 'none', figures })}\n`);
} finally {
  await folder.remove();
}
