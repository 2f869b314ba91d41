import type { Durability, EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, uuid } from './data-store/fixtures.js';
import { conditionsContract } from './entity-store/conditions.js';
import { everyKindContract } from './entity-store/every-kind.js';
import { deviceOf } from './entity-store/fixtures.js';
import { infosContract } from './entity-store/infos.js';
import { listsContract } from './entity-store/lists.js';
import { readsContract } from './entity-store/reads.js';
import { removalsContract } from './entity-store/removals.js';
import { insert, update, writesContract } from './entity-store/writes.js';
import type { OpenStore } from './store-under-test.js';

/**
 * Declares the tests of every promise of the `EntityStore` port.
 *
 * @param durability unless it is `memory`, `open` must offer `reopen`
 */
export function entityStoreContract(name: string, open: OpenStore<EntityStore>, { durability }: { readonly durability: Durability }): void {
  describe(`entity store ${name}`, () => {
    everyKindContract(open);
    writesContract(open);
    conditionsContract(open);
    removalsContract(open);
    readsContract(open);
    listsContract(open);
    infosContract(open);
    if (durability !== 'memory') reopenContract(open);
  });
}

function reopenContract(open: OpenStore<EntityStore>): void {
  describe('after it was closed and opened again', () => {
    const opened = freshStore(open);

    test('entities are there with their versions', async () => {
      await opened.store.write([insert('device', deviceOf(1)), insert('device', deviceOf(2))]);
      await opened.store.write([
        update('device', deviceOf(1, { label: 'changed' })),
        { change: 'remove', kind: 'device', tenantId: tenantA, id: uuid(2) },
      ]);
      const store = await opened.reopen();
      expect(await store.findAll('device', tenantA, {}, 9)).toEqual([deviceOf(1, { label: 'changed', version: 2 })]);
    });
  });
}
