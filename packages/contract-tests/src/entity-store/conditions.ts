import type { EntityKind } from '@fieldline/model';
import type { EntityChange, EntityCondition, EntityFilter, EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { deviceOf, profileOf, tenantOf } from './fixtures.js';
import { sampleOf } from './samples.js';
import { insert, update } from './writes.js';

const there = (kind: EntityKind, id: string, tenantId = tenantA): EntityCondition => ({ change: 'require', kind, tenantId, id });
const fewer = (limit: number, kind: EntityKind, filter: EntityFilter = {}): EntityCondition => {
  return { change: 'require-fewer', kind, tenantId: tenantA, filter, limit };
};
const removal = (kind: EntityKind, id: string): EntityChange => ({ change: 'remove', kind, tenantId: tenantA, id });

/** Conditions of a write: references that are there, numbers that stay below their limit. */
export function conditionsContract(open: OpenStore<EntityStore>): void {
  describe('conditions', () => {
    const opened = freshStore(open);
    const written = (...changes: readonly EntityChange[]): Promise<string> =>
      opened.store.write(changes).then(
        () => 'written',
        (error: { readonly code: string }) => error.code,
      );

    test('what is required must be there, of that kind and tenant', async () => {
      await opened.store.write([insert('deviceProfile', profileOf(1))]);
      const device = insert('device', deviceOf(2));
      for (const condition of [there('deviceProfile', uuid(9)), there('deviceProfile', uuid(1), tenantB), there('assetProfile', uuid(1))]) {
        const { kind, id } = condition as { readonly kind: EntityKind; readonly id: string };
        const failing = opened.store.write([device, condition]);
        await expect(failing).rejects.toMatchObject({ code: 'STORAGE_REFERENCE_GONE', retry: 'never', details: { kind, id } });
        expect(await opened.store.count('device', tenantA)).toBe(0);
      }
      expect(await written(there('deviceProfile', uuid(1)), device)).toBe('written');
      expect(await opened.store.find('deviceProfile', tenantA, uuid(1))).toEqual(profileOf(1));
    });

    test('what a limit counts must be fewer, of that tenant and filter', async () => {
      await opened.store.write([
        insert('device', deviceOf(1, { type: 'pump' })),
        insert('device', deviceOf(2, { type: 'fan' })),
        insert('device', deviceOf(3, { type: 'pump', tenantId: tenantB })),
      ]);
      const third = insert('device', deviceOf(4, { type: 'pump' }));
      const failing = opened.store.write([fewer(2, 'device'), third]);
      await expect(failing).rejects.toMatchObject({ code: 'STORAGE_LIMIT_REACHED', retry: 'never', details: { kind: 'device', limit: 2 } });
      expect(await written(fewer(1, 'device', { type: 'pump' }), third)).toBe('STORAGE_LIMIT_REACHED');
      expect(await written(fewer(1, 'device', { type: ['fan', 'pump'] }), third)).toBe('STORAGE_LIMIT_REACHED');
      expect(await written(fewer(1, 'device', { id: uuid(1) }), third)).toBe('STORAGE_LIMIT_REACHED');
      expect(await written(fewer(0, 'asset'), third)).toBe('STORAGE_LIMIT_REACHED');
      expect(await opened.store.count('device', tenantA)).toBe(2);
      expect(await written(fewer(1, 'device', { noSuchField: 'x' }), fewer(2, 'device', { type: 'pump' }), third)).toBe('written');
    });

    test('what a removed tenant had is not there, and does not count', async () => {
      await opened.store.write([
        insert('device', deviceOf(1, { tenantId: tenantB })),
        insert('tenant', tenantOf(2, { id: tenantB, tenantId: tenantB })),
      ]);
      await opened.store.write([{ change: 'remove-tenant', tenantId: tenantB }]);
      expect(await written(there('device', uuid(1), tenantB))).toBe('STORAGE_REFERENCE_GONE');
      expect(await written({ change: 'require-fewer', kind: 'device', tenantId: tenantB, filter: {}, limit: 1 })).toBe('written');
      expect(await written({ change: 'require-fewer', kind: 'tenant', filter: {}, limit: 1 })).toBe('written');
    });

    test('a limit without a tenant counts in all', async () => {
      const of = (n: number) => tenantOf(n, { tenantId: uuid(n), tenantProfileId: uuid(90) });
      await opened.store.write([insert('tenant', of(1)), insert('tenant', of(2))]);
      const used = (limit: number): EntityCondition => ({ change: 'require-fewer', kind: 'tenant', filter: { tenantProfileId: uuid(90) }, limit });
      expect(await written(used(2), insert('tenant', of(3)))).toBe('STORAGE_LIMIT_REACHED');
      expect(await written(used(3), insert('tenant', of(3)))).toBe('written');
    });

    test('each sees what the changes before it left', async () => {
      await opened.store.write([insert('deviceProfile', profileOf(1)), insert('device', deviceOf(2))]);
      expect(await written(fewer(2, 'device'), insert('device', deviceOf(3)), fewer(2, 'device'))).toBe('STORAGE_LIMIT_REACHED');
      expect(await written(removal('deviceProfile', uuid(1)), there('deviceProfile', uuid(1)))).toBe('STORAGE_REFERENCE_GONE');
      expect(await written(there('deviceProfile', uuid(4)), insert('deviceProfile', profileOf(4)))).toBe('STORAGE_REFERENCE_GONE');
      const renamed = update('device', deviceOf(2, { name: 'Renamed' }));
      expect(await written(renamed, fewer(1, 'device', { name: 'Renamed' }))).toBe('STORAGE_LIMIT_REACHED');
      const cleared: EntityChange = { change: 'remove-where', kind: 'device', tenantId: tenantA, filter: { name: 'Device 2' } };
      expect(await written(cleared, fewer(1, 'device'), insert('device', deviceOf(3)))).toBe('written');
      expect(await written(insert('deviceProfile', profileOf(4)), there('deviceProfile', uuid(4)), removal('device', uuid(3)))).toBe('written');
      expect(await opened.store.count('device', tenantA)).toBe(0);
    });

    test('a write of conditions alone says whether they hold', async () => {
      await opened.store.write([insert('device', deviceOf(1))]);
      expect(await written(there('device', uuid(1)), fewer(2, 'device'))).toBe('written');
      expect(await written(there('device', uuid(2)))).toBe('STORAGE_REFERENCE_GONE');
      expect(await written(fewer(1, 'device'))).toBe('STORAGE_LIMIT_REACHED');
    });

    test('of many that insert at once as many pass as there is room for', async () => {
      const adding = (n: number) => written(fewer(5, 'device'), insert('device', deviceOf(n)), insert('auditLog', sampleOf('auditLog', n + 100)));
      const outcomes = await Promise.all(Array.from({ length: 16 }, (_, n) => adding(n + 1)));
      expect([outcomes.filter((one) => one === 'written').length, new Set(outcomes)]).toEqual([5, new Set(['written', 'STORAGE_LIMIT_REACHED'])]);
      expect([await opened.store.count('device', tenantA), await opened.store.count('auditLog', tenantA)]).toEqual([5, 5]);
    });

    test('of one who refers and one who removes at once one wins, and nothing refers to what is gone', async () => {
      for (let round = 1; round <= 10; round += 1) {
        const deviceProfileId = uuid(round);
        await opened.store.write([insert('deviceProfile', profileOf(round))]);
        const devices = [1, 2, 3].map((n) => deviceOf(round * 10 + n, { deviceProfileId }));
        const adding = devices.map((one) => written(there('deviceProfile', deviceProfileId), insert('device', one)));
        const removing = written(fewer(1, 'device', { deviceProfileId }), removal('deviceProfile', deviceProfileId));
        const [removed, ...added] = await Promise.all([removing, ...adding]);
        const isGone = (await opened.store.find('deviceProfile', tenantA, deviceProfileId)) === undefined;
        expect(isGone).toBe(removed === 'written');
        expect(await opened.store.count('device', tenantA, { deviceProfileId })).toBe(isGone ? 0 : added.filter((one) => one === 'written').length);
        expect(new Set(added)).toEqual(new Set([isGone ? 'STORAGE_REFERENCE_GONE' : 'written']));
        if (!isGone) expect(removed).toBe('STORAGE_LIMIT_REACHED');
      }
    });

    test('who removes what refers along with what it refers to leaves nothing behind', async () => {
      for (let round = 1; round <= 10; round += 1) {
        const fromId = uuid(round);
        await opened.store.write([insert('device', deviceOf(round))]);
        const relation = sampleOf('relation', round + 100, { fromId, fromType: 'DEVICE' });
        const along: EntityChange = { change: 'remove-where', kind: 'relation', tenantId: tenantA, filter: { fromId } };
        await Promise.all([written(there('device', fromId), insert('relation', relation)), written(along, removal('device', fromId))]);
        expect(await opened.store.count('device', tenantA)).toBe(0);
        expect(await opened.store.count('relation', tenantA)).toBe(0);
      }
    });
  });
}
