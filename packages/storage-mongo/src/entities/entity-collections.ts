import { entityRules, entitySchemas, type EntityKind, type UniqueRule } from '@fieldline/model';
import type { CollectionDefinition, IndexDefinition } from '../check-indexes.js';
import type { MongoCollection } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import type { EntityDocument } from './entity-documents.js';

export const entityKinds = Object.keys(entitySchemas) as readonly EntityKind[];

/** The collection of each kind. */
export type EntityCollections = Readonly<Record<EntityKind, MongoCollection<EntityDocument>>>;

/**
 * The collections of entities with their indexes.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openEntityCollections(database: MongoDatabase, kinds: readonly EntityKind[] = entityKinds): Promise<EntityCollections> {
  const opened = await Promise.all(kinds.map(async (kind) => [kind, await database.open<EntityDocument>(definitionOf(kind))] as const));
  return Object.fromEntries(opened) as EntityCollections;
}

/** The field that holds what no other document of the collection may have. */
export const uniqueFieldOf = (field: string): string => `_unique_${field}`;

function definitionOf(kind: EntityKind): CollectionDefinition {
  const { unique, indexed, sorted } = entityRules[kind];
  const byRule = (unique as readonly UniqueRule<EntityKind>[]).map(({ field }) => ({
    name: `unique_${field}`,
    fields: [uniqueFieldOf(field)],
    isUnique: true,
  }));
  const byFilter = (indexed as readonly (readonly string[])[]).map((fields) =>
    ofTenant(`by_${fields.join('_and_')}`, ...fields, 'createdAtMs', '_id'),
  );
  // What is unique in a tenant is unique folded: lists in the order of the names need the names as they are.
  const named = (unique as readonly UniqueRule<EntityKind>[]).filter(({ within }) => within === 'tenant').map(({ field }) => field as string);
  const bySort = [...new Set([...named, ...(sorted as readonly string[])])].map((field) => ofTenant(`sorted_by_${field}`, field, '_id'));
  const always = [ofTenant('by_id', '_id'), ofTenant('oldest', 'createdAtMs', '_id')];
  return { name: `entity_${kind}`, indexes: [...byRule, ...always, ...byFilter, ...bySort] };
}

const ofTenant = (name: string, ...fields: readonly string[]): IndexDefinition => ({ name, fields: ['tenantId', ...fields] });
