import { uuidV7Source } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BrokerRecord } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { systemClock } from '../system-clock.js';
import { EntityBrokerStore } from './entity-broker-store.js';

const ids = uuidV7Source(systemClock.nowMs, (into) => void globalThis.crypto.getRandomValues(into));
const gone = '00000000-0000-7000-8000-00000000dead' as TenantId;

/** A store with one tenant. */
async function opened() {
  const entities = memoryEntityStore();
  const tenantId = ids.next() as TenantId;
  const tenant = { id: tenantId, tenantId, createdAtMs: 1, version: 1, name: 'T', tenantProfileId: ids.next() };
  await entities.write([{ change: 'insert', kind: 'tenant', entity: tenant }]);
  const store = new EntityBrokerStore(entities, systemClock);
  const queued = (n: number, of = tenantId): BrokerRecord => ({
    ...{ id: ids.next(), tenantId: of, type: 'QUEUED', owner: 's', topic: `t/${n}`, qos: 1 },
    payload: new Uint8Array([n, 0, 255]),
  });
  return { entities, tenantId, store, queued };
}

test('records come back as they were put, in their order, and a record that was put again in its old place', async () => {
  const { store, queued, entities } = await opened();
  const [first, second, third] = [queued(1), queued(2), queued(3)];
  const released = { ...first, isReleased: true, packetId: 9 };
  await Promise.all([
    store.write([
      { change: 'put', record: first },
      { change: 'put', record: second },
    ]),
    store.write([{ change: 'put', record: third }]),
    store.write([{ change: 'put', record: released }]),
    store.write([{ change: 'remove', tenantId: second.tenantId, id: second.id }]),
  ]);
  const again = await new EntityBrokerStore(entities, systemClock).load();
  expect(again).toEqual([released, { ...third, isReleased: undefined, packetId: undefined }]);
});

test('a tenant that is gone fails its own writes and no others', async () => {
  const { store, queued } = await opened();
  const lost = queued(1, gone);
  const results = await Promise.allSettled([
    store.write([{ change: 'put', record: queued(1) }]),
    store.write([{ change: 'put', record: queued(2) }]),
    store.write([{ change: 'put', record: lost }]),
    store.write([{ change: 'put', record: queued(3) }]),
    store.write([{ change: 'remove', tenantId: gone, id: lost.id }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect((await store.load()).map(({ topic }) => topic)).toEqual(['t/1', 't/2', 't/3']);
});
