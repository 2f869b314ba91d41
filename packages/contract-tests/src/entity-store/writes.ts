import type { EntityKind, EntityOf } from '@fieldline/model';
import type { EntityChange, EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { credentialsOf, deviceOf } from './fixtures.js';

export const insert = <K extends EntityKind>(kind: K, entity: EntityOf<K>): EntityChange => ({ change: 'insert', kind, entity }) as EntityChange;
export const update = <K extends EntityKind>(kind: K, entity: EntityOf<K>): EntityChange => ({ change: 'update', kind, entity }) as EntityChange;

/** Writing: versions, all or nothing. */
export function writesContract(open: OpenStore<EntityStore>): void {
  describe('writing', () => {
    const opened = freshStore(open);

    test('an update counts the version up and replaces everything', async () => {
      await opened.store.write([insert('device', deviceOf(1, { label: 'old', version: 77 }))]);
      await opened.store.write([update('device', deviceOf(1, { name: 'Renamed' }))]);
      expect(await opened.store.find('device', tenantA, uuid(1))).toEqual(deviceOf(1, { name: 'Renamed', version: 2 }));
      await opened.store.write([update('device', deviceOf(1, { version: 2 }))]);
      expect((await opened.store.find('device', tenantA, uuid(1)))?.version).toBe(3);
    });

    test('an update of another version, of another tenant or of nothing is a conflict', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      for (const entity of [deviceOf(1, { version: 2 }), deviceOf(1, { tenantId: tenantB }), deviceOf(2)]) {
        const written = opened.store.write([update('device', entity)]);
        await expect(written).rejects.toMatchObject({ code: 'STORAGE_VERSION_CONFLICT', retry: 'never', details: { kind: 'device', id: entity.id } });
      }
      expect(await opened.store.find('device', tenantA, uuid(1))).toEqual(deviceOf(1));
    });

    test('of two updates of the same version one wins', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      const both = ['A', 'B'].map((name) => opened.store.write([update('device', deviceOf(1, { name }))]));
      const outcomes = (await Promise.allSettled(both)).map(({ status }) => status).sort();
      expect(outcomes).toEqual(['fulfilled', 'rejected']);
      expect((await opened.store.find('device', tenantA, uuid(1)))?.version).toBe(2);
    });

    test('what is removed is gone; removing it again, or for another tenant, changes nothing', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      await opened.store.write([{ change: 'remove', kind: 'device', tenantId: tenantB, id: uuid(1) }]);
      expect(await opened.store.find('device', tenantA, uuid(1))).toEqual(deviceOf(1));
      const removal = { change: 'remove', kind: 'device', tenantId: tenantA, id: uuid(1) } as const;
      await opened.store.write([removal]);
      await opened.store.write([removal]);
      expect(await opened.store.find('device', tenantA, uuid(1))).toBeUndefined();
      await opened.store.write([insert('device', deviceOf(2, { name: 'Device 1' }))]);
    });

    test('a taken id is refused, in another tenant too', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      const second = opened.store.write([insert('device', deviceOf(1, { name: 'Other', tenantId: tenantB }))]);
      await expect(second).rejects.toMatchObject({ code: 'STORAGE_NAME_TAKEN', retry: 'never', details: { kind: 'device', field: 'id' } });
    });

    test('a name is free in another tenant, and for the entity that has it; an update can run into a taken one', async () => {
      await opened.store.write([
        insert('device', deviceOf(1)),
        insert('device', deviceOf(2)),
        insert('device', deviceOf(3, { name: 'Device 1', tenantId: tenantB })),
      ]);
      await opened.store.write([update('device', deviceOf(1, { label: 'same name' }))]);
      const renamed = opened.store.write([update('device', deviceOf(2, { name: 'Device 1' }))]);
      await expect(renamed).rejects.toMatchObject({ code: 'STORAGE_NAME_TAKEN' });
    });

    test('of many changes all are applied, in order, or none', async () => {
      await opened.store.write([insert('device', deviceOf(1)), insert('deviceCredentials', credentialsOf(101))]);
      const failing = opened.store.write([
        insert('device', deviceOf(5)),
        { change: 'remove', kind: 'deviceCredentials', tenantId: tenantA, id: uuid(101) },
        update('device', deviceOf(1, { version: 9 })),
      ]);
      await expect(failing).rejects.toMatchObject({ code: 'STORAGE_VERSION_CONFLICT' });
      expect(await opened.store.find('device', tenantA, uuid(5))).toBeUndefined();
      expect(await opened.store.find('deviceCredentials', tenantA, uuid(101))).toBeDefined();
      await opened.store.write([
        { change: 'remove', kind: 'device', tenantId: tenantA, id: uuid(1) },
        insert('device', deviceOf(6, { name: 'Device 1' })),
        update('device', deviceOf(6, { name: 'Device 1', label: 'twice' })),
      ]);
      expect(await opened.store.find('device', tenantA, uuid(6))).toEqual(deviceOf(6, { name: 'Device 1', label: 'twice', version: 2 }));
    });

    test('a write that is refused does not hold up others made at the same time', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      const writes = [deviceOf(2), deviceOf(3, { name: 'Device 1' }), deviceOf(4)].map((entity) => opened.store.write([insert('device', entity)]));
      expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await opened.store.findAll('device', tenantA, {}, 9)).toHaveLength(3);
    });

    test('what was read or written cannot be changed from outside', async () => {
      const info: Record<string, string> = { colour: 'red' };
      await opened.store.write([insert('device', deviceOf(1, { additionalInfo: info }))]);
      info['colour'] = 'blue';
      expect((await opened.store.find('device', tenantA, uuid(1)))?.additionalInfo).toEqual({ colour: 'red' });
    });

    test('is refused after the store was closed', async () => {
      await opened.store.close();
      const written = opened.store.write([insert('device', deviceOf(1))]);
      await expect(written).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      await opened.store.close();
    });
  });
}
