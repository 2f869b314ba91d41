import type { PageQuery } from '@fieldline/model';
import type { EntityFilter, EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { credentialsOf, deviceOf, profileOf, tenantOf, userOf } from './fixtures.js';
import { sampleOf } from './samples.js';
import { insert } from './writes.js';

/** Reading: lists, pages, search, sort, filters, tenants. */
export function readsContract(open: OpenStore<EntityStore>): void {
  describe('lists', () => {
    const opened = freshStore(open);
    const names = async (query: Partial<PageQuery>, filter?: EntityFilter, tenantId = tenantA): Promise<readonly string[]> =>
      (await opened.store.page('device', tenantId, { page: 0, pageSize: 10, ...query }, filter)).data.map(({ name }) => name);
    const greenhouse = (): Promise<void> =>
      opened.store.write([
        insert('device', deviceOf(3, { name: 'Pump', label: 'Keller', createdAtMs: 10 })),
        insert('device', deviceOf(1, { name: 'Ärmel', type: 'Sleeve', createdAtMs: 30 })),
        insert('device', deviceOf(2, { name: 'pump 100%_a', customerId: uuid(9), createdAtMs: 20 })),
        insert('device', deviceOf(4, { name: 'Fan', tenantId: tenantB })),
      ]);

    test('pages are sorted by id unless the query says otherwise, and carry the totals', async () => {
      await greenhouse();
      expect(await names({})).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
      const { data, ...totals } = await opened.store.page('device', tenantA, { page: 1, pageSize: 2 });
      expect([data.length, totals]).toEqual([1, { totalElements: 3, totalPages: 2, hasNext: false }]);
      expect(await opened.store.page('device', tenantA, { page: 5, pageSize: 2 })).toEqual({ ...totals, data: [] });
    });

    test('pages sort by any field in both directions, absent values first, equals by id', async () => {
      await greenhouse();
      expect(await names({ sortBy: 'name' })).toEqual(['Pump', 'pump 100%_a', 'Ärmel']);
      expect(await names({ sortBy: 'createdAtMs', sortOrder: 'DESC' })).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
      expect(await names({ sortBy: 'label', sortOrder: 'ASC' })).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
      expect(await names({ sortBy: 'label', sortOrder: 'DESC' })).toEqual(['Pump', 'Ärmel', 'pump 100%_a']);
      expect(await names({ sortBy: 'type', sortOrder: 'DESC' })).toEqual(['pump 100%_a', 'Pump', 'Ärmel']);
      expect(await names({ sortBy: 'deviceProfileId' })).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
    });

    test.each(['no such field', "id'); DROP TABLE device; --", 'constructor', '__proto__'])('sorting by %s is sorting by id', async (sortBy) => {
      await greenhouse();
      expect(await names({ sortBy })).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
    });

    test('search looks into the searched fields without case, also beyond ASCII, and takes nothing for a pattern', async () => {
      await greenhouse();
      expect(await names({ textSearch: 'PUMP' })).toEqual(['pump 100%_a', 'Pump']);
      expect(await names({ textSearch: 'äRM' })).toEqual(['Ärmel']);
      expect(await names({ textSearch: 'keller' })).toEqual(['Pump']);
      expect(await names({ textSearch: 'sleeve' })).toEqual(['Ärmel']);
      expect(await names({ textSearch: '%_' })).toEqual(['pump 100%_a']);
      expect(await names({ textSearch: '_' })).toEqual(['pump 100%_a']);
      expect(await names({ textSearch: 'fan' })).toEqual([]);
      expect(await names({ textSearch: uuid(800) })).toEqual([]);
      expect(await names({ textSearch: 'pump', pageSize: 1, page: 1 })).toEqual(['Pump']);
    });

    test('filters compare fields for equality, together with a search', async () => {
      await greenhouse();
      expect(await names({}, { customerId: uuid(9) })).toEqual(['pump 100%_a']);
      expect(await names({ textSearch: 'pump' }, { type: 'default', label: 'Keller' })).toEqual(['Pump']);
      expect(await names({}, { type: 'nothing' })).toEqual([]);
      expect(await names({}, { tenantId: tenantB })).toEqual(['Ärmel', 'pump 100%_a', 'Pump']);
      await opened.store.write([insert('deviceProfile', profileOf(11, { isDefault: true })), insert('deviceProfile', profileOf(12))]);
      expect((await opened.store.findAll('deviceProfile', tenantA, { isDefault: true }, 9)).map(({ id }) => id)).toEqual([uuid(11)]);
      expect((await opened.store.findAll('deviceProfile', tenantA, { isDefault: false }, 9)).map(({ id }) => id)).toEqual([uuid(12)]);
    });

    test('findAll gives the oldest first, up to its limit', async () => {
      await greenhouse();
      expect((await opened.store.findAll('device', tenantA, {}, 9)).map(({ name }) => name)).toEqual(['Pump', 'pump 100%_a', 'Ärmel']);
      expect((await opened.store.findAll('device', tenantA, {}, 2)).map(({ name }) => name)).toEqual(['Pump', 'pump 100%_a']);
    });

    test('another tenant sees its own only', async () => {
      await greenhouse();
      expect(await names({}, undefined, tenantB)).toEqual(['Fan']);
      expect((await opened.store.findAll('device', tenantB, {}, 9)).map(({ name }) => name)).toEqual(['Fan']);
      expect(await opened.store.find('device', tenantB, uuid(1))).toBeUndefined();
    });
  });

  describe('before the tenant is known', () => {
    const opened = freshStore(open);

    test('credentials are found by their id, exactly, with their device', async () => {
      await opened.store.write([
        insert('device', deviceOf(1)),
        insert('deviceCredentials', credentialsOf(101)),
        insert('deviceCredentials', credentialsOf(102)),
      ]);
      expect(await opened.store.credentialsById('token-101')).toEqual({ credentials: credentialsOf(101), device: deviceOf(1) });
      expect(await opened.store.credentialsById('TOKEN-101')).toBeUndefined();
      expect(await opened.store.credentialsById('token-102')).toBeUndefined();
      expect(await opened.store.credentialsById('')).toBeUndefined();
    });

    test('a user is found by email without case, and tenants by their ids', async () => {
      await opened.store.write([insert('user', userOf(1, { email: 'Zoe@Example.org' }))]);
      expect((await opened.store.userByEmail('zoe@example.ORG'))?.email).toBe('Zoe@Example.org');
      expect(await opened.store.userByEmail('zo@example.org')).toBeUndefined();
      expect(await opened.store.tenantIds()).toEqual([]);
      await opened.store.write([insert('tenant', tenantOf(2, { tenantId: uuid(2) })), insert('tenant', tenantOf(1, { tenantId: uuid(1) }))]);
      expect(await opened.store.tenantIds()).toEqual([uuid(1), uuid(2)]);
    });

    test('an entity is found by a field that is unique in the whole system, and by no other', async () => {
      await opened.store.write([
        insert('userCredentials', sampleOf('userCredentials', 1)),
        insert('userCredentials', sampleOf('userCredentials', 2, { activateToken: undefined, resetToken: undefined })),
        insert('apiKey', sampleOf('apiKey', 3, { tenantId: tenantB })),
        insert('deviceProfile', sampleOf('deviceProfile', 4)),
        insert('userSettings', sampleOf('userSettings', 5)),
      ]);
      const { store } = opened;
      expect((await store.findUnique('userCredentials', 'activateToken', 'activate 1'))?.id).toBe(uuid(1));
      expect((await store.findUnique('userCredentials', 'resetToken', 'reset 1'))?.id).toBe(uuid(1));
      expect(await store.findUnique('apiKey', 'valueHash', 'hash 3')).toEqual(sampleOf('apiKey', 3, { tenantId: tenantB }));
      expect((await store.findUnique('deviceProfile', 'provisionDeviceKey', 'provision 4'))?.id).toBe(uuid(4));
      expect((await store.findUnique('userSettings', 'userAndType', `${uuid(5)} GENERAL`))?.id).toBe(uuid(5));
      expect(await store.findUnique('userCredentials', 'resetToken', 'activate 1')).toBeUndefined();
      expect(await store.findUnique('apiKey', 'valueHash', 'HASH 3')).toBeUndefined();
      expect(await store.findUnique('apiKey', 'valueHash', '')).toBeUndefined();
      await expect(store.findUnique('deviceProfile', 'name' as never, 'Profile 4')).rejects.toThrow('unique in the whole system');
    });

    test('tenants are listed, searched, sorted and limited in time together', async () => {
      const tenants = ['Beta', 'alpha', 'Gamma beta'].map((name, n) => tenantOf(n + 1, { tenantId: uuid(n + 1), name, createdAtMs: 10 * n }));
      await opened.store.write(tenants.map((tenant) => insert('tenant', tenant)));
      const names = async (query: Partial<PageQuery>) =>
        (await opened.store.tenants({ page: 0, pageSize: 9, ...query })).data.map(({ name }) => name);
      expect(await names({})).toEqual(['Beta', 'alpha', 'Gamma beta']);
      expect(await names({ sortBy: 'name' })).toEqual(['Beta', 'Gamma beta', 'alpha']);
      expect(await names({ textSearch: 'BETA', sortBy: 'createdAtMs', sortOrder: 'DESC' })).toEqual(['Gamma beta', 'Beta']);
      expect(await names({ createdFromMs: 10, createdToMs: 10 })).toEqual(['alpha']);
      expect(await opened.store.tenants({ page: 1, pageSize: 2 })).toMatchObject({ totalElements: 3, totalPages: 2, hasNext: false });
    });
  });
}
