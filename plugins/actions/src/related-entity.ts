import {
  fillTemplate,
  z,
  type EntitiesService,
  type EntityId,
  type FoundEntity,
  type Message,
  type RelationEnds,
  type TenantId,
} from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';
import { PATTERN_LENGTH_MAX } from './limits.js';

/** Types of entities at the other end of a relation, with the words ThingsBoard has for them. */
const labels = {
  TENANT: 'Tenant',
  CUSTOMER: 'Customer',
  DEVICE: 'Device',
  ASSET: 'Asset',
  ENTITY_VIEW: 'Entity View',
  DASHBOARD: 'Dashboard',
  EDGE: 'Edge',
  USER: 'User',
} as const;
type RelatedType = keyof typeof labels;

const creatable: ReadonlySet<RelatedType> = new Set(['DEVICE', 'ASSET', 'CUSTOMER']);

/** Settings that say which relation and which entity; spread them into the node's schema. */
export const relationFields = {
  direction: z
    .enum(['FROM', 'TO'])
    .default('FROM')
    .describe('FROM: the relation leads from the originator to the entity. TO: the other way round.')
    .meta({ title: 'Direction' }),
  relationType: z
    .string()
    .min(1)
    .max(PATTERN_LENGTH_MAX)
    .default('Contains')
    .describe('Type of the relation. ${key} is a metadata value, $[key] one of the message.')
    .meta({ title: 'Relation type' }),
  entityType: z
    .enum(Object.keys(labels) as [RelatedType, ...RelatedType[]])
    .nullish()
    .describe('Type of the entity at the other end.')
    .meta({ title: 'Entity type' }),
  entityNamePattern: z
    .string()
    .max(PATTERN_LENGTH_MAX)
    .nullish()
    .describe('Its name: for customers and dashboards the title, for users the email, for the tenant nothing. ${key} and $[key] are filled in.')
    .meta({ title: 'Entity name' }),
};

export interface RelatedSettings {
  readonly direction: 'FROM' | 'TO';
  readonly entityType?: RelatedType | null | undefined;
  readonly entityNamePattern?: string | null | undefined;
}

/** @throws ACTION_RELATED_TYPE_MISSING */
export function relatedType({ entityType }: RelatedSettings): RelatedType {
  if (entityType === null || entityType === undefined) throw actionErrors.RELATED_TYPE_MISSING();
  return entityType;
}

interface World {
  readonly tenantId: TenantId;
  readonly entities: EntitiesService;
}

/**
 * The entity that the settings name.
 *
 * @param create name of the profile a new one gets; absent creates none
 * @throws ACTION_RELATED_NOT_FOUND
 */
export async function relatedEntity(
  message: Message,
  settings: RelatedSettings,
  { tenantId, entities }: World,
  create?: { readonly profile: string | undefined },
): Promise<{ readonly entity: EntityId; readonly created?: FoundEntity }> {
  const entityType = relatedType(settings);
  if (entityType === 'TENANT') return { entity: { entityType, id: tenantId } };
  const name = fillTemplate(settings.entityNamePattern ?? '', message);
  const found = await entities.findByName(entityType, name);
  if (found !== undefined) return { entity: found.entity };
  if (create === undefined || !isCreatable(entityType)) throw actionErrors.RELATED_NOT_FOUND({ label: labels[entityType], name });
  const { profile } = create;
  const made = await entities.ensure({ entityType, name, profile: profile === '' || entityType === 'CUSTOMER' ? undefined : profile });
  return { entity: made.entity, ...(made.isNew ? { created: made } : {}) };
}

/** The relation between the originator and the entity. */
export function relationTo(originator: EntityId, entity: EntityId, { direction }: RelatedSettings, type: string): RelationEnds {
  return direction === 'FROM' ? { from: originator, to: entity, type } : { from: entity, to: originator, type };
}

/** Version 0 remembered entities for a while, and meant the direction the other way round. */
export function turnedRound(old: unknown): unknown {
  const { entityCacheExpiration, ...rest } = old as { entityCacheExpiration?: unknown; direction?: unknown };
  if (entityCacheExpiration === undefined) return old;
  if (rest.direction !== 'FROM' && rest.direction !== 'TO') throw new Error('The settings name no direction that could be turned round.');
  return { ...rest, direction: rest.direction === 'FROM' ? 'TO' : 'FROM' };
}

const isCreatable = (entityType: RelatedType): entityType is 'DEVICE' | 'ASSET' | 'CUSTOMER' => creatable.has(entityType);
