import { entityTypes, relatedTypes, type EntityId, type EntityType, type NameFilter, type RelationStep } from '@fieldline/model';
import * as z from 'zod';
import { contractErrors } from './errors.js';
import { API_QUERY_IDS_MAX, API_QUERY_TYPES_MAX, API_RELATION_FILTERS_MAX } from './limits.js';
import { entityTypeSchema } from './wire-id.js';

// Entity filters of queries (rest-api.md §23.3). The members that belong to a filter depend on its type; each may be there or not.

/** Stand-ins for an entity of the caller. */
const rootAliases = ['CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER', 'CURRENT_USER_OWNER'] as const;
export type RootAlias = (typeof rootAliases)[number];
/** An entity, or one that the caller stands for. */
export type QueryRoot = EntityId | { readonly alias: RootAlias };

/** Which entities a request asks about; `EntitySelector` of the model once it is known who asks. */
export type SelectorDraft =
  | { readonly kind: 'single'; readonly entity: QueryRoot }
  | { readonly kind: 'ids'; readonly entityType: EntityType; readonly ids: readonly string[] }
  | { readonly kind: 'type'; readonly entityType: EntityType; readonly types?: readonly string[] | undefined; readonly name: NameFilter }
  | {
      readonly kind: 'relations';
      readonly roots: readonly QueryRoot[];
      readonly direction: 'FROM' | 'TO';
      readonly maxLevel: number;
      readonly lastLevelOnly: boolean;
      readonly steps: readonly RelationStep[];
      readonly isNegated: boolean;
      readonly entityTypes: readonly EntityType[];
      readonly types?: readonly string[] | undefined;
    };

const name = z.string().max(255);
const types = z.array(name).max(API_QUERY_TYPES_MAX).nullish().describe('Values of `type`; any if empty.');
const oneType = name.nullish().describe('The same for a single one.');
const nameFilter = name.nullish().describe('What names begin with, in any case; a pattern of LIKE where it begins or ends with %.');
const uuids = z.array(z.string().max(64)).max(API_QUERY_IDS_MAX).nullish();
const root = z
  .object({
    entityType: z.enum([...entityTypes, ...rootAliases]).describe('Type, or a stand-in such as CURRENT_TENANT.'),
    id: z.string().max(64).nullish(),
  })
  .nullish();

export const entityFilterSchema = z.object({
  type: z.string().max(64).describe('singleEntity, entityList, entityName, entityType, deviceType, assetType, entityViewType, relationsQuery, …'),
  singleEntity: root.describe('Of singleEntity.'),
  entityType: entityTypeSchema.nullish().describe('Of entityList, entityName and entityType.'),
  entityList: uuids.describe('Ids of entityList.'),
  entityNameFilter: nameFilter,
  deviceTypes: types,
  deviceType: oneType,
  deviceNameFilter: nameFilter,
  assetTypes: types,
  assetType: oneType,
  assetNameFilter: nameFilter,
  entityViewTypes: types,
  entityViewType: oneType,
  entityViewNameFilter: nameFilter,
  rootEntity: root.describe('Where relations are followed from.'),
  multiRoot: z.boolean().nullish().describe('True: from several entities of one type.'),
  multiRootEntitiesType: entityTypeSchema.nullish().describe('Their type.'),
  multiRootEntityIds: uuids.describe('Their ids.'),
  direction: z.enum(['FROM', 'TO']).nullish().describe('FROM follows relations from their start to their end.'),
  maxLevel: z.int().nullish().describe('Steps from the root; 0 and below, or above 50: 50.'),
  fetchLastLevelOnly: z.boolean().nullish().describe('Only what is reached last.'),
  negate: z.boolean().nullish().describe('Turns all the filters of the relations round.'),
  relationType: name.nullish().describe('Of searches: the type of the last relation on the way.'),
  filters: z
    .array(
      z.object({
        relationType: name.nullish().describe('Type of the last relation on the way.'),
        entityTypes: z.array(entityTypeSchema).max(entityTypes.length).nullish().describe('Types found.'),
        negate: z.boolean().nullish().describe('Any other type of relation.'),
      }),
    )
    .max(API_RELATION_FILTERS_MAX)
    .nullish()
    .describe('Of relationsQuery; any of them.'),
});
export type WireEntityFilter = z.output<typeof entityFilterSchema>;

/** @throws CONTRACT_QUERY_INVALID */
export function selectorDraftOf(filter: WireEntityFilter | null | undefined): SelectorDraft {
  if (filter === null || filter === undefined) throw invalid('Query entity filter must be specified.');
  const ofType = (
    type: EntityType,
    list: readonly string[] | null | undefined,
    one: string | null | undefined,
    nameStart: string | null | undefined,
  ) => ({ kind: 'type', entityType: type, types: list ?? (one === null || one === undefined ? [] : [one]), name: nameStart ?? '' }) as const;
  switch (filter.type) {
    case 'singleEntity':
      return { kind: 'single', entity: rootOf(filter.singleEntity) };
    case 'entityList':
      return { kind: 'ids', entityType: typeOf(filter.entityType), ids: (filter.entityList ?? []).map(uuidOf) };
    case 'entityName':
      return ofType(typeOf(filter.entityType), [], undefined, filter.entityNameFilter);
    case 'entityType':
      return ofType(typeOf(filter.entityType), [], undefined, '');
    case 'deviceType':
      return ofType('DEVICE', filter.deviceTypes, filter.deviceType, filter.deviceNameFilter);
    case 'assetType':
      return ofType('ASSET', filter.assetTypes, filter.assetType, filter.assetNameFilter);
    case 'entityViewType':
      return ofType('ENTITY_VIEW', filter.entityViewTypes, filter.entityViewType, filter.entityViewNameFilter);
    case 'edgeType':
      return ofType('EDGE', [], undefined, '');
    case 'apiUsageState':
      return ofType('API_USAGE_STATE', [], undefined, '');
    case 'relationsQuery':
      return relationsOf(filter);
    case 'deviceSearchQuery':
      return searchOf(filter, 'DEVICE', filter.deviceTypes);
    case 'assetSearchQuery':
      return searchOf(filter, 'ASSET', filter.assetTypes);
    case 'entityViewSearchQuery':
      return searchOf(filter, 'ENTITY_VIEW', filter.entityViewTypes);
    case 'edgeSearchQuery':
      return searchOf(filter, 'EDGE', []);
    default:
      throw invalid(`Entity filter type '${filter.type}' is unknown.`);
  }
}

const invalid = (fault: string): Error => contractErrors.QUERY_INVALID({ fault });

function relationsOf(filter: WireEntityFilter): SelectorDraft {
  const steps = (filter.filters ?? []).map(({ relationType, entityTypes: found, negate }) => ({
    relationType: relationType ?? '',
    entityTypes: found ?? [],
    isNegated: negate ?? false,
  }));
  const entityTypes = [...new Set([...relatedTypes, ...steps.flatMap((step) => step.entityTypes)])];
  return { ...walkOf(filter), roots: rootsOf(filter), steps, isNegated: filter.negate ?? false, entityTypes };
}

function searchOf(filter: WireEntityFilter, entityType: EntityType, types: readonly string[] | null | undefined): SelectorDraft {
  const steps = [{ relationType: filter.relationType ?? '', entityTypes: [entityType], isNegated: false }];
  return { ...walkOf(filter), roots: [rootOf(filter.rootEntity)], steps, isNegated: false, entityTypes: [entityType], types: types ?? [] };
}

const LEVELS_MAX = 50;

function walkOf({ direction, maxLevel, fetchLastLevelOnly }: WireEntityFilter) {
  const levels = maxLevel ?? 0;
  return {
    kind: 'relations',
    direction: direction ?? 'FROM',
    maxLevel: levels <= 0 || levels > LEVELS_MAX ? LEVELS_MAX : levels,
    lastLevelOnly: fetchLastLevelOnly ?? false,
  } as const;
}

function rootsOf(filter: WireEntityFilter): readonly QueryRoot[] {
  if (filter.multiRoot !== true) return [rootOf(filter.rootEntity)];
  const { multiRootEntitiesType: entityType, multiRootEntityIds: ids } = filter;
  const missing = (what: string): Error => invalid(`Multi-root relation query filter should contain ${what}`);
  if (entityType === null || entityType === undefined) throw missing("'multiRootEntitiesType'");
  const areIds = ids !== null && ids !== undefined && ids.length > 0 && ids.every((id) => uuid.test(id));
  if (!areIds) throw missing("'multiRootEntityIds' array that contains string representation of UUIDs");
  return ids.map((id) => ({ entityType, id: id.toLowerCase() }));
}

function rootOf(reference: WireEntityFilter['rootEntity']): QueryRoot {
  if (reference === null || reference === undefined) throw invalid('Relation query filter root entity should not be blank');
  const { entityType, id } = reference;
  if ((rootAliases as readonly string[]).includes(entityType)) return { alias: entityType as RootAlias };
  return { entityType: entityType as EntityType, id: uuidOf(id ?? '') };
}

function typeOf(entityType: EntityType | null | undefined): EntityType {
  if (entityType === null || entityType === undefined) throw invalid('Entity type is required');
  return entityType;
}

const uuid = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

function uuidOf(id: string): string {
  if (!uuid.test(id)) throw invalid(`Invalid UUID string: ${id}`);
  return id.toLowerCase();
}
