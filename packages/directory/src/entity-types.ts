import type { EntityKind, EntityOf, EntityType } from '@fieldline/model';

/** The kinds that the API addresses as entities of their own, with the type it calls them. */
const types = {
  tenant: 'TENANT',
  tenantProfile: 'TENANT_PROFILE',
  customer: 'CUSTOMER',
  user: 'USER',
  apiKey: 'API_KEY',
  adminSettings: 'ADMIN_SETTINGS',
  device: 'DEVICE',
  deviceProfile: 'DEVICE_PROFILE',
  asset: 'ASSET',
  assetProfile: 'ASSET_PROFILE',
  entityView: 'ENTITY_VIEW',
  dashboard: 'DASHBOARD',
  otaPackage: 'OTA_PACKAGE',
  queue: 'QUEUE',
  ruleChain: 'RULE_CHAIN',
} as const satisfies Partial<Record<EntityKind, EntityType>>;

const kinds = Object.fromEntries(Object.entries(types).map(([kind, type]) => [type, kind])) as Partial<Record<EntityType, EntityKind>>;

/** @throws where the kind is no entity of its own, such as credentials: a mistake of ours */
export function entityTypeOf(kind: EntityKind): EntityType {
  const type: EntityType | undefined = (types as Partial<Record<EntityKind, EntityType>>)[kind];
  if (type === undefined) throw new Error(`the kind ${kind} has no entity type`);
  return type;
}

/** The kind that keeps entities of a type; undefined where we keep none. */
export function kindOf(entityType: EntityType): EntityKind | undefined {
  return kinds[entityType];
}

/** The entity type as ThingsBoard's messages write it: `Device`, `Device profile`, `Rule chain`. */
export function labelOf(entityType: EntityType): string {
  const words = entityType.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people call an entity. */
export function nameOf(entity: EntityOf<EntityKind>): string {
  if ('name' in entity) return entity.name;
  if ('email' in entity && entity.email !== undefined) return entity.email;
  return entity.id;
}
