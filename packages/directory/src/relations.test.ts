// Goal: what cannot be provoked over HTTP. Method: the use case itself, over the memory store.
import type { EntityId, Relation } from '@fieldline/model';
import { relationKey, RELATIONS_WALKED_MAX } from '@fieldline/model';
import { expect, test } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';
import { Relations } from './relations.js';

async function open() {
  const d = await openDirectory();
  const { id } = await d.devices.save(d.admin, { name: 'A' });
  return { ...d, relations: new Relations(d.deps), device: { entityType: 'DEVICE', id } satisfies EntityId as EntityId };
}

test('two who make the same relation at once make one, which the later changes', async () => {
  const { relations, admin, device } = await open();
  const draft = { from: device, to: device, type: 'Is', typeGroup: 'COMMON' as const };
  const saved = await Promise.all([1, 2].map((n) => relations.save(admin, { ...draft, additionalInfo: { n } })));
  expect(saved.map(({ version }) => version).sort()).toEqual([1, 2]);
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
});

test('a list of more relations than an answer holds is refused, not cut', async () => {
  const { relations, admin, device, entities, one } = await open();
  const relation = (at: number): Relation => {
    const type = `T${at}`;
    const ends = { fromType: device.entityType, fromId: device.id, toType: device.entityType, toId: device.id };
    const head = { id: `relation-${at}`, tenantId: one.tenantId, createdAtMs: at, version: 1 };
    return { ...head, ...ends, type, typeGroup: 'COMMON', key: relationKey(device, device, 'COMMON', type) };
  };
  const insert = (count: number, start: number) =>
    entities.write(Array.from({ length: count }, (_, at) => ({ change: 'insert', kind: 'relation', entity: relation(start + at) })));
  await insert(RELATIONS_WALKED_MAX, 0);
  const list = () => relations.ofEntity(admin, device, 'FROM', { typeGroup: 'COMMON' });
  expect(await list()).toHaveLength(RELATIONS_WALKED_MAX);
  await insert(1, RELATIONS_WALKED_MAX);
  expect(await codeOf(list())).toBe('DIRECTORY_RELATIONS_TOO_MANY');
  expect(await relations.ofEntity(admin, device, 'FROM', { typeGroup: 'COMMON', type: 'T7' })).toHaveLength(1);
});
