import { attributeScopes, type AttributeScope, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import { inCalls, type MongoCollection, type Stored } from '../mongo-collection.js';
import { pointOf, seriesName, type AttributeDocument, type LatestDocument } from './data-documents.js';
import { entityKey, ownerKey } from './mongo-unit.js';

/** Keys with a point of any of the entities, sorted. */
export async function keysOfMany(
  latest: MongoCollection<LatestDocument>,
  tenantId: TenantId,
  entities: readonly EntityId[],
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const { key } of ofEntities(latest, tenantId, entities, ['key'])) keys.add(key);
  return [...keys].sort();
}

/** Attribute keys of any of the entities, by scope, sorted. */
export async function attributeKeysOfMany(
  attributes: MongoCollection<AttributeDocument>,
  tenantId: TenantId,
  entities: readonly EntityId[],
): Promise<Readonly<Record<AttributeScope, readonly string[]>>> {
  const keys = new Map<AttributeScope, Set<string>>(attributeScopes.map((scope) => [scope, new Set()]));
  for await (const { scope, key } of ofEntities(attributes, tenantId, entities, ['scope', 'key'])) keys.get(scope)?.add(key);
  const keysIn = (scope: AttributeScope): readonly string[] => [...(keys.get(scope) ?? [])].sort();
  return { CLIENT_SCOPE: keysIn('CLIENT_SCOPE'), SHARED_SCOPE: keysIn('SHARED_SCOPE'), SERVER_SCOPE: keysIn('SERVER_SCOPE') };
}

/** The latest points of the keys, a list for each entity, in their order. */
export async function latestOfMany(
  latest: MongoCollection<LatestDocument>,
  tenantId: TenantId,
  entities: readonly EntityId[],
  keys: readonly string[],
): Promise<readonly (readonly DataPoint[])[]> {
  const points = new Map<string, DataPoint[]>();
  const names = entities.flatMap((entity) => keys.map((key) => seriesName(ownerKey(tenantId, entity), key)));
  for (const part of inCalls([...new Set(names)])) {
    for (const document of await latest.find({ _id: { $in: part } })) {
      const ofEntity = points.get(document.entity) ?? [];
      points.set(document.entity, ofEntity);
      ofEntity.push(pointOf(document.key, document));
    }
  }
  return entities.map((entity) => [...(points.get(entityKey(entity)) ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1)));
}

/** Fields of the documents of the entities, however many those are: what the index `by_entity` holds, without the values. */
async function* ofEntities<T extends Stored, F extends keyof T & string>(
  collection: MongoCollection<T>,
  tenantId: TenantId,
  entities: readonly EntityId[],
  fields: readonly F[],
): AsyncIterable<Pick<T, F>> {
  const options = { fields, isWithoutId: true } as const;
  for (const part of inCalls([...new Set(entities.map(entityKey))])) yield* collection.stream({ tenantId, entity: { $in: part } }, options);
}
