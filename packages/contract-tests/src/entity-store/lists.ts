import { entityRules, fieldShape, type EntityKind } from '@fieldline/model';
import type { EntityFilter, EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { deviceOf } from './fixtures.js';
import { everyKind, sampleOf } from './samples.js';
import { insert } from './writes.js';

/** Values of a sorted field that take turns: the third sorts last by code point only, the fourth is absent where it may be. */
const fieldValues: Readonly<Record<string, readonly string[]>> = {
  'otaPackage.type': ['SOFTWARE', 'FIRMWARE', 'FIRMWARE'],
  'queue.name': ['beta', 'Alpha', 'B.2'],
  'user.email': ['b@example.org', 'a@example.org', 'c@example.org'],
};
const anyValues = ['beta', 'Alpha', '\u{1F600}', '\uFF21'];

/** Sorting, filters, ranges of time, counts and lists of ids. */
export function listsContract(open: OpenStore<EntityStore>): void {
  sortingContract(open);

  describe('filters', () => {
    const opened = freshStore(open);
    const rig = (): Promise<void> =>
      opened.store.write([
        insert('device', deviceOf(1, { customerId: uuid(91), type: 'pump', createdAtMs: 10 })),
        insert('device', deviceOf(2, { customerId: uuid(92), type: 'pump', createdAtMs: 20 })),
        insert('device', deviceOf(3, { type: 'fan', createdAtMs: 30 })),
        insert('device', deviceOf(4, { customerId: uuid(91), type: 'pump', createdAtMs: 40, tenantId: tenantB })),
        insert('dashboard', sampleOf('dashboard', 5, { customerIds: [uuid(91), uuid(92)] })),
        insert('dashboard', sampleOf('dashboard', 6, { customerIds: [] })),
        insert('dashboard', sampleOf('dashboard', 7, { customerIds: [uuid(92)] })),
      ]);
    /** The same by every way to ask. */
    const found = async (kind: EntityKind, filter: EntityFilter): Promise<readonly string[]> => {
      const all = (await opened.store.findAll(kind, tenantA, filter, 99)).map(({ id }) => id);
      const page = await opened.store.page(kind, tenantA, { page: 0, pageSize: 99 }, filter);
      expect(page.data.map(({ id }) => id)).toEqual([...all].sort());
      expect([page.totalElements, await opened.store.count(kind, tenantA, filter)]).toEqual([all.length, all.length]);
      return all;
    };

    test('a list of values finds those that have one of them', async () => {
      await rig();
      expect(await found('device', { customerId: [uuid(91), uuid(92), uuid(99)] })).toEqual([uuid(1), uuid(2)]);
      expect(await found('device', { customerId: [uuid(92)], type: 'pump' })).toEqual([uuid(2)]);
      expect(await found('device', { customerId: [] })).toEqual([]);
      expect(await found('device', { label: ['a', 'b'] })).toEqual([]);
      expect(await found('device', { type: Array.from({ length: 10_000 }, (_, n) => (n === 7 ? 'fan' : `type ${n}`)) })).toEqual([uuid(3)]);
    });

    test('a field that is a list is found by what it holds', async () => {
      await rig();
      expect(await found('dashboard', { customerIds: uuid(92) })).toEqual([uuid(5), uuid(7)]);
      expect(await found('dashboard', { customerIds: [uuid(91), uuid(90)] })).toEqual([uuid(5)]);
      expect(await found('dashboard', { customerIds: [] })).toEqual([]);
      expect(await found('dashboard', { customerIds: 'x' })).toEqual([]);
    });

    test.each(['no such field', "id') OR 1; --", 'constructor', '__proto__', 'additionalInfo'])('nothing is found by %s', async (field) => {
      await rig();
      expect(await found('device', JSON.parse(`{${JSON.stringify(field)}:""}`) as EntityFilter)).toEqual([]);
    });

    test('a page takes those created between two instants, both included', async () => {
      await rig();
      const created = async (createdFromMs?: number, createdToMs?: number) =>
        (await opened.store.page('device', tenantA, { page: 0, pageSize: 9, createdFromMs, createdToMs }, { type: ['pump', 'fan'] })).data.length;
      expect([await created(), await created(20), await created(undefined, 20), await created(20, 20), await created(21, 29)]).toEqual([
        3, 2, 2, 1, 0,
      ]);
      expect(await opened.store.page('device', tenantA, { page: 0, pageSize: 1, createdFromMs: 20 })).toMatchObject({ totalElements: 2 });
    });

    test('what is counted is of one tenant', async () => {
      await rig();
      expect(await opened.store.count('device', tenantA)).toBe(3);
      expect(await opened.store.count('device', tenantB)).toBe(1);
      expect(await opened.store.count('asset', tenantA)).toBe(0);
    });

    test('findMany gives those that exist in the order of the ids, however many are asked for', async () => {
      await rig();
      const many = async (ids: readonly string[]) => (await opened.store.findMany('device', tenantA, ids)).map(({ id }) => id);
      expect(await many([uuid(3), uuid(99), uuid(1), uuid(4)])).toEqual([uuid(3), uuid(1)]);
      expect(await many([])).toEqual([]);
      expect(await many(Array.from({ length: 10_000 }, (_, n) => uuid(10_000 - n)))).toEqual([uuid(3), uuid(2), uuid(1)]);
    });
  });
}

function sortingContract(open: OpenStore<EntityStore>): void {
  describe('sorting', () => {
    const opened = freshStore(open);
    const sorted = everyKind.flatMap((kind) => entityRules[kind].sorted.map((field: string) => ({ kind, field })));

    test.each(sorted)('lists of $kind are sorted by $field, absent values first, by code point, equals by id', async ({ kind, field }) => {
      const values = fieldValues[`${kind}.${field}`] ?? anyValues;
      const isUnique = entityRules[kind].unique.some((rule) => (rule.field as string) === field);
      const all: readonly (string | undefined)[] = [
        ...values,
        ...(isUnique ? [] : values),
        ...(fieldShape(kind, field)?.isRequired ? [] : [undefined]),
      ];
      const entities = all.map((value, n) => sampleOf(kind, all.length - n, { [field]: value }));
      await opened.store.write(entities.map((entity) => insert(kind, entity)));
      for (const sortOrder of ['ASC', 'DESC'] as const) {
        const page = await opened.store.page(kind, tenantA, { page: 0, pageSize: 99, sortBy: field, sortOrder });
        const direction = sortOrder === 'ASC' ? 1 : -1;
        const expected = [...entities].sort((a, b) => direction * Buffer.compare(bytesOf(a, field), bytesOf(b, field)) || (a.id < b.id ? -1 : 1));
        expect(page.data.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }
    });

    test('pages follow one another without gap or repetition', async () => {
      const devices = Array.from({ length: 25 }, (_, n) => deviceOf(n + 1, { label: `Label ${n % 3}` }));
      await opened.store.write(devices.map((device) => insert('device', device)));
      const pages = [0, 1, 2].map((page) => opened.store.page('device', tenantA, { page, pageSize: 10, sortBy: 'label', sortOrder: 'DESC' }));
      const ids = (await Promise.all(pages)).flatMap(({ data }) => data.map(({ id }) => id));
      expect([ids.length, new Set(ids).size]).toEqual([25, 25]);
    });
  });
}

/** UTF-8 sorts by code point; what is absent has no byte. */
function bytesOf(entity: object, field: string): Buffer {
  const value = (entity as Readonly<Record<string, unknown>>)[field];
  return Buffer.from(typeof value === 'string' ? value : '');
}
