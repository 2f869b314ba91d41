import { entityRules, entitySchemas, fieldShape, type EntityKind, type UniqueRule } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB, uuid } from '../data-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { everyKind, sampleOf } from './samples.js';
import { insert, update } from './writes.js';

/** What holds for every kind: round trips, and the rules of unique fields. */
export function everyKindContract(open: OpenStore<EntityStore>): void {
  describe('every kind', () => {
    const opened = freshStore(open);

    test.each(everyKind)('a %s is added, read, changed and removed', async (kind) => {
      const sample = sampleOf(kind, 1);
      expect(entitySchemas[kind].parse(sample)).toEqual(sample);
      await opened.store.write([insert(kind, sample)]);
      expect(await opened.store.find(kind, tenantA, sample.id)).toEqual(sample);
      expect(await opened.store.find(kind, tenantB, sample.id)).toBeUndefined();
      expect(await opened.store.find(kind, tenantA, uuid(999))).toBeUndefined();
      expect(await opened.store.tenantOf(kind, sample.id)).toBe(tenantA);
      await opened.store.write([update(kind, sample)]);
      expect(await opened.store.find(kind, tenantA, sample.id)).toEqual({ ...sample, version: 2 });
      await opened.store.write([{ change: 'remove', kind, tenantId: tenantA, id: sample.id }]);
      expect(await opened.store.find(kind, tenantA, sample.id)).toBeUndefined();
      expect(await opened.store.tenantOf(kind, sample.id)).toBeUndefined();
    });
  });

  describe('unique fields', () => {
    const opened = freshStore(open);
    const rules = everyKind.flatMap((kind) => (entityRules[kind].unique as readonly UniqueRule<EntityKind>[]).map((rule) => ({ ...rule, kind })));
    const taken = (kind: EntityKind, field: string) => ({ code: 'STORAGE_NAME_TAKEN', retry: 'never', details: { kind, field } });

    test.each(rules)('the $field of a $kind is unique in the $within', async ({ kind, field, within, ignoresCase }) => {
      const first = sampleOf(kind, 1);
      const value = String((first as Readonly<Record<string, unknown>>)[field]);
      const tenantId = within === 'system' ? tenantB : tenantA;
      await opened.store.write([insert(kind, first), insert(kind, sampleOf(kind, 3, { tenantId }))]);
      const same = { [field]: value, tenantId };
      await expect(opened.store.write([insert(kind, sampleOf(kind, 2, same))])).rejects.toMatchObject(taken(kind, field));
      await expect(opened.store.write([update(kind, sampleOf(kind, 3, same))])).rejects.toMatchObject(taken(kind, field));
      const otherCase = opened.store.write([insert(kind, sampleOf(kind, 4, { ...same, [field]: value.toUpperCase() }))]);
      if (ignoresCase === true || value.toUpperCase() === value) await expect(otherCase).rejects.toMatchObject(taken(kind, field));
      else await otherCase;
      if (within === 'tenant') await opened.store.write([insert(kind, sampleOf(kind, 5, { ...same, tenantId: tenantB }))]);
    });

    test.each(rules)('the $field of a $kind is free again for others, and stays with the one that has it', async ({ kind, field }) => {
      const first = sampleOf(kind, 1);
      const same = { [field]: (first as Readonly<Record<string, unknown>>)[field] };
      await opened.store.write([insert(kind, first)]);
      await opened.store.write([update(kind, first)]);
      const removal = { change: 'remove', kind, tenantId: tenantA, id: first.id } as const;
      await opened.store.write([removal, insert(kind, sampleOf(kind, 2, same))]);
      await opened.store.write([update(kind, sampleOf(kind, 2)), insert(kind, sampleOf(kind, 3, same))]);
    });

    const optional = rules.filter(({ kind, field }) => fieldShape(kind, field)?.isRequired === false);
    test.each(optional)('many of a $kind may lack the $field', async ({ kind, field }) => {
      const without = { [field]: undefined };
      await opened.store.write([insert(kind, sampleOf(kind, 1, without)), insert(kind, sampleOf(kind, 2, without))]);
      const withEmpty = { [field]: '' };
      await opened.store.write([insert(kind, sampleOf(kind, 3, withEmpty)), insert(kind, sampleOf(kind, 4, without))]);
    });
  });
}
