import { heavyFields, type EntityKind, type EntityOf, type HeavyField } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { everyKind, sampleOf } from './samples.js';
import { insert, update } from './writes.js';

const heavyKinds = everyKind.filter((kind) => heavyFields(kind).length > 0);
type Fields = Readonly<Record<string, unknown>>;

const without = (entity: object, left: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(entity).filter(([field]) => !left.includes(field)));

/** Lists without what may be large. */
export function infosContract(open: OpenStore<EntityStore>): void {
  describe('infos', () => {
    const opened = freshStore(open);
    const image = `data:${'x'.repeat(100_000)}`;
    const rig = async <K extends EntityKind>(kind: K): Promise<readonly EntityOf<K>[]> => {
      const stored = [sampleOf(kind, 1, { image, name: 'beta' }), sampleOf(kind, 2, { image: undefined, name: 'alpha' })];
      await opened.store.write([...stored.map((one) => insert(kind, one)), insert(kind, sampleOf(kind, 3, { tenantId: tenantB }))]);
      return stored;
    };

    test.each(everyKind)('of a %s leave out its heavy fields, and nothing else, by every way to ask', async (kind) => {
      const entities = [sampleOf(kind, 1), sampleOf(kind, 2)];
      await opened.store.write(entities.map((one) => insert(kind, one)));
      const infos = entities.map((one) => without(one, heavyFields(kind)));
      const { store } = opened;
      expect(await store.findInfos(kind, tenantA, [entities[1]?.id ?? '', 'absent', entities[0]?.id ?? ''])).toEqual([infos[1], infos[0]]);
      expect(await store.findAllInfos(kind, tenantA, {}, 1)).toEqual([infos[0]]);
      const page = await store.infoPage(kind, tenantA, { page: 1, pageSize: 1 });
      expect(page).toEqual({ ...(await store.page(kind, tenantA, { page: 1, pageSize: 1 })), data: [infos[1]] });
    });

    test.each(heavyKinds)('of a %s have those heavy fields that are asked for', async (kind) => {
      const entities = await rig(kind);
      for (const field of heavyFields(kind)) {
        const besides = [field as HeavyField<typeof kind>];
        const infos = entities.map((one) =>
          without(
            one,
            heavyFields(kind).filter((other) => other !== field),
          ),
        );
        expect(await opened.store.findAllInfos(kind, tenantA, {}, 9, besides)).toEqual(infos);
        expect(await opened.store.findInfos(kind, tenantA, [entities[1]?.id ?? ''], besides)).toEqual([infos[1]]);
        const page = await opened.store.infoPage(kind, tenantA, { page: 0, pageSize: 9, sortBy: 'name', textSearch: 'a' }, {}, besides);
        expect(page.data).toEqual([infos[1], infos[0]]);
      }
      expect(await opened.store.findAll(kind, tenantA, {}, 9)).toEqual(entities);
    });

    test.each(heavyKinds)('of a %s are of the last version, and nothing is found or sorted by a heavy field', async (kind) => {
      const [first, second] = await rig(kind);
      if (first === undefined || second === undefined) throw new Error('there are two');
      const { image: _, ...bare } = first as EntityOf<typeof kind> & { readonly image?: string };
      await opened.store.write([update(kind, bare as EntityOf<typeof kind>), update(kind, { ...second, image })]);
      const images = await opened.store.findAllInfos(kind, tenantA, {}, 9, ['image']);
      expect(images.map((info) => [(info as Fields)['image'], info.version])).toEqual([
        [undefined, 2],
        [image, 2],
      ]);
      expect(await opened.store.find(kind, tenantA, first.id)).toEqual({ ...bare, version: 2 });
      expect(await opened.store.findAllInfos(kind, tenantA, { image }, 9)).toEqual([]);
      const sorted = await opened.store.infoPage(kind, tenantA, { page: 0, pageSize: 9, sortBy: 'image', sortOrder: 'DESC' });
      expect(sorted.data.map(({ id }) => id)).toEqual([first.id, second.id]);
    });
  });
}
