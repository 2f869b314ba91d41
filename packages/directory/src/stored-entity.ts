import type { EntityInfo, EntityKind, EntityOf, HeavyField, TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { entityTypeOf, labelOf } from './entity-types.js';
import { directoryErrors } from './errors.js';

/** @throws DIRECTORY_ENTITY_NOT_FOUND */
export async function storedEntity<K extends EntityKind>(
  entities: Pick<EntityStore, 'find'>,
  kind: K,
  tenantId: TenantId,
  id: string,
): Promise<EntityOf<K>> {
  const entity = await entities.find(kind, tenantId, id);
  if (entity === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(entityTypeOf(kind)), id });
  return entity;
}

/** As `storedEntity`, without what may be large but for the fields named by `besides`. @throws DIRECTORY_ENTITY_NOT_FOUND */
export async function storedInfo<K extends EntityKind, B extends HeavyField<K> = never>(
  entities: Pick<EntityStore, 'findInfos'>,
  kind: K,
  tenantId: TenantId,
  id: string,
  besides: readonly B[],
): Promise<EntityInfo<K, B>> {
  const [info] = await entities.findInfos(kind, tenantId, [id], besides);
  if (info === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(entityTypeOf(kind)), id });
  return info;
}

/**
 * The id of the tenant's entity of that name.
 *
 * @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND
 */
export async function idOfNamed(entities: Pick<EntityStore, 'findAllInfos'>, kind: EntityKind, tenantId: TenantId, name: string): Promise<string> {
  const [entity] = await entities.findAllInfos(kind, tenantId, { name }, 1);
  if (entity === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
  return entity.id;
}
