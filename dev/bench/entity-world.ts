// Fills a data folder with devices and attributes for the benchmark of entities, through the stores, without a server.
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { DataStore, EntityInsert, EntityStore } from '@fieldline/ports';
import { inProcessWriter, openSqliteDataStore, openSqliteEntityStore } from '@fieldline/storage-sqlite';
import { randomBytes } from 'node:crypto';

export const attributesADevice = 20;
const devicesAWrite = 500;

/** Stores to fill. */
export interface FilledStores {
  readonly entities: EntityStore;
  readonly data: DataStore;
  close(): Promise<void>;
}

/** The stores of a data folder that no server uses. */
export async function storesOfFolder(folder: string): Promise<FilledStores> {
  const writer = inProcessWriter(folder);
  const entities = await openSqliteEntityStore({ path: folder, writer });
  const data = await openSqliteDataStore({ path: folder, writer, log: silentLog });
  return { entities, data, close: () => Promise.all([entities.close(), data.close()]).then(() => writer.close()) };
}

/** Adds devices with 20 attributes each: `active` (nine of ten), `temperature` (0 to 40), `score`, 9 more numbers and 8 texts. */
export async function fillStores(
  stores: FilledStores,
  { tenantId, profileId, devices }: { readonly tenantId: string; readonly profileId: string; readonly devices: number },
): Promise<void> {
  const nowMs = Date.now();
  for (let from = 0; from < devices; from += devicesAWrite) {
    const ids = Array.from({ length: Math.min(devicesAWrite, devices - from) }, (_, n) => uuidOf(nowMs + from + n));
    const inserts = ids.map((id, n): EntityInsert => {
      const head = { id, tenantId, createdAtMs: nowMs + from + n, version: 1 };
      const label = `Room ${(from + n) % 977}`;
      return {
        change: 'insert',
        kind: 'device',
        entity: { ...head, name: `Device ${from + n}`, label, deviceProfileId: profileId, type: 'default' },
      };
    });
    await stores.entities.write(inserts);
    const unit = stores.data.begin();
    for (const id of ids) {
      const entity: EntityId = { entityType: 'DEVICE', id };
      for (const attribute of attributesOf()) {
        unit.attribute({ tenantId: tenantId as TenantId, entity, scope: 'SERVER_SCOPE', lastUpdateMs: nowMs, ...attribute });
      }
    }
    await stores.data.commit(unit);
  }
  await stores.close();
}

function* attributesOf() {
  yield { key: 'active', kind: ValueKind.boolean, value: Math.random() < 0.9 };
  yield { key: 'temperature', kind: ValueKind.double, value: Math.random() * 40 };
  yield { key: 'score', kind: ValueKind.long, value: Math.floor(Math.random() * 1e6) };
  for (let n = 3; n < 12; n += 1) yield { key: `number${n}`, kind: ValueKind.double, value: Math.random() * 1_000 };
  for (let n = 12; n < attributesADevice; n += 1)
    yield { key: `text${n}`, kind: ValueKind.string, value: `value ${Math.floor(Math.random() * 1_000)}` };
}

function uuidOf(ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const random = randomBytes(9).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
}
