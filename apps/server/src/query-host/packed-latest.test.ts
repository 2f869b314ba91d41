// Goal: packing changes nothing about latest values. Method: both ends with a copy in between, over answers that name what
// was asked.
import { ValueKind, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import { expect, test } from 'vitest';
import { packedLatest, unpackedLatest } from './packed-latest.js';

const tenantId = 'tenant' as TenantId;
const device = (id: string): EntityId => ({ entityType: 'DEVICE', id });
const asset = (id: string): EntityId => ({ entityType: 'ASSET', id });

const latestOfMany = async (owner: TenantId, entities: readonly EntityId[], keys: readonly string[]): Promise<DataPoint[][]> =>
  entities.map(({ entityType, id }) =>
    keys
      .filter((key) => id.includes(key))
      .map((key, n) => ({ key, tsMs: -1.5e12 + n, kind: ValueKind.string, value: `${owner} ${entityType} ${id} ${key}` })),
  );

const across = unpackedLatest({
  latestOfMany: async (...asked) => structuredClone(await packedLatest({ latestOfMany }).latestOfMany(...structuredClone(asked))),
});

test.each<{ name: string; entities: readonly EntityId[] }>([
  { name: 'of one type', entities: [device('none'), device('ab'), device('b'), device('ca')] },
  { name: 'of several types', entities: [device('ab'), asset('ab'), device('none'), asset('c')] },
  { name: 'none at all', entities: [] },
])('entities, $name, get their own points in their order', async ({ entities }) => {
  const keys = ['a', 'b', 'c'];
  expect(await across.latestOfMany(tenantId, entities, keys)).toEqual(await latestOfMany(tenantId, entities, keys));
});

test('values of every kind arrive as they are', async () => {
  const points: DataPoint[] = [
    { key: 'a', tsMs: 0, kind: ValueKind.boolean, value: true },
    { key: 'b', tsMs: 8.64e15, kind: ValueKind.long, value: '9007199254740993' },
    { key: 'c', tsMs: 1.5, kind: ValueKind.double, value: 0.1 },
  ];
  const one = unpackedLatest(packedLatest({ latestOfMany: async () => [points] }));
  expect(await one.latestOfMany(tenantId, [device('x')], ['a', 'b', 'c'])).toEqual([points]);
});
