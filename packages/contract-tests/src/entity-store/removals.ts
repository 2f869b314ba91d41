import type { EntityKind } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { deviceOf } from './fixtures.js';
import { everyKind, sampleOf } from './samples.js';
import { insert, update } from './writes.js';

/** Removing many at once. */
export function removalsContract(open: OpenStore<EntityStore>): void {
  describe('removing many', () => {
    const opened = freshStore(open);
    const idsOf = async (kind: EntityKind, tenantId = tenantA): Promise<readonly string[]> =>
      (await opened.store.findAll(kind, tenantId, {}, 99)).map(({ id }) => id);

    test('remove-where removes those that match, of its kind and tenant only', async () => {
      await opened.store.write([
        insert('device', deviceOf(1, { customerId: uuid(91) })),
        insert('device', deviceOf(2, { customerId: uuid(92) })),
        insert('device', deviceOf(3)),
        insert('device', deviceOf(4, { customerId: uuid(91), tenantId: tenantB })),
        insert('asset', sampleOf('asset', 5, { customerId: uuid(91) })),
      ]);
      const filter = { customerId: [uuid(91), uuid(90)] };
      await opened.store.write([{ change: 'remove-where', kind: 'device', tenantId: tenantA, filter }]);
      expect([await idsOf('device'), await idsOf('device', tenantB), await idsOf('asset')]).toEqual([[uuid(2), uuid(3)], [uuid(4)], [uuid(5)]]);
      await opened.store.write([{ change: 'remove-where', kind: 'device', tenantId: tenantA, filter: { noSuchField: 'x' } }]);
      expect(await idsOf('device')).toEqual([uuid(2), uuid(3)]);
      await opened.store.write([{ change: 'remove-where', kind: 'device', tenantId: tenantA, filter: {} }]);
      expect([await idsOf('device'), await idsOf('device', tenantB)]).toEqual([[], [uuid(4)]]);
    });

    test('remove-where can spare what was created at an instant or later', async () => {
      await opened.store.write([10, 20, 30].map((createdAtMs, n) => insert('auditLog', sampleOf('auditLog', n + 1, { createdAtMs }))));
      await opened.store.write([{ change: 'remove-where', kind: 'auditLog', tenantId: tenantA, filter: {}, createdBeforeMs: 20 }]);
      expect(await idsOf('auditLog')).toEqual([uuid(2), uuid(3)]);
    });

    test('remove-tenant removes all of a tenant and nothing of another', async () => {
      for (const kind of everyKind) {
        const id = kind === 'tenant' ? tenantB : uuid(2);
        await opened.store.write([insert(kind, sampleOf(kind, 1)), insert(kind, sampleOf(kind, 2, { tenantId: tenantB, id }))]);
      }
      await opened.store.write([{ change: 'remove-tenant', tenantId: tenantB }]);
      for (const kind of everyKind) expect([kind, await idsOf(kind), await idsOf(kind, tenantB)]).toEqual([kind, [uuid(1)], []]);
      expect(await opened.store.tenantIds()).toEqual([uuid(1)]);
      for (const kind of everyKind) await opened.store.write([insert(kind, sampleOf(kind, 2))]);
    });

    test('what was removed is all there again where a later change of the write fails', async () => {
      await opened.store.write([insert('device', deviceOf(1)), insert('device', deviceOf(2)), insert('asset', sampleOf('asset', 3))]);
      const failing = opened.store.write([
        { change: 'remove-where', kind: 'device', tenantId: tenantA, filter: { name: 'Device 1' } },
        insert('device', deviceOf(4, { name: 'Device 1' })),
        update('device', deviceOf(2, { name: 'Renamed' })),
        { change: 'remove-tenant', tenantId: tenantA },
        insert('device', deviceOf(5, { name: 'Device 2' })),
        update('device', deviceOf(2)),
      ]);
      await expect(failing).rejects.toMatchObject({ code: 'STORAGE_VERSION_CONFLICT', details: { kind: 'device', id: uuid(2) } });
      expect(await opened.store.findAll('device', tenantA, {}, 9)).toEqual([deviceOf(1), deviceOf(2)]);
      expect(await idsOf('asset')).toEqual([uuid(3)]);
      await expect(opened.store.write([insert('device', deviceOf(6, { name: 'Device 2' }))])).rejects.toMatchObject({ code: 'STORAGE_NAME_TAKEN' });
      await opened.store.write([insert('device', deviceOf(6, { name: 'Renamed' }))]);
    });
  });
}
