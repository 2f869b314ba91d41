import { attributeScopes, type AttributeScope, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import { IDS_A_CALL } from '../limits.js';
import type { MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';
import { pointOf, type AttributeDocument, type LatestDocument } from './data-documents.js';
import { entityKey } from './mongo-unit.js';

/** Keys with a point of any of the entities, sorted. */
export async function keysOfMany(
  latest: MongoCollection<LatestDocument>,
  tenantId: TenantId,
  entities: readonly EntityId[],
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const { key } of ofEntities(latest, tenantId, entities)) keys.add(key);
  return [...keys].sort();
}

/** Attribute keys of any of the entities, by scope, sorted. */
export async function attributeKeysOfMany(
  attributes: MongoCollection<AttributeDocument>,
  tenantId: TenantId,
  entities: readonly EntityId[],
): Promise<Readonly<Record<AttributeScope, readonly string[]>>> {
  const keys = new Map<AttributeScope, Set<string>>(attributeScopes.map((scope) => [scope, new Set()]));
  for await (const { scope, key } of ofEntities(attributes, tenantId, entities)) keys.get(scope)?.add(key);
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
  for await (const document of ofEntities(latest, tenantId, entities, { key: { $in: keys } })) {
    const ofEntity = points.get(document.entity) ?? [];
    points.set(document.entity, ofEntity);
    ofEntity.push(pointOf(document.key, document));
  }
  return entities.map((entity) => (points.get(entityKey(entity)) ?? []).sort((a, b) => (a.key < b.key ? -1 : 1)));
}

/** The documents of the entities, however many those are. */
export async function* ofEntities<T extends Stored>(
  collection: MongoCollection<T>,
  tenantId: TenantId,
  entities: readonly EntityId[],
  filter: MongoFilter = {},
): AsyncIterable<T> {
  const names = [...new Set(entities.map(entityKey))];
  for (let start = 0; start < names.length; start += IDS_A_CALL) {
    yield* collection.stream({ tenantId, entity: { $in: names.slice(start, start + IDS_A_CALL) }, ...filter });
  }
}
