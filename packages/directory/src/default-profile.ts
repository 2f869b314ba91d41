import type { EntityOf, TenantId } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { FORMER_DEFAULTS_MAX } from './limits.js';
import { storedEntity } from './stored-entity.js';
import { fewerMatch } from './write-conditions.js';

/** Kinds of which a tenant (of tenant profiles: the system) has one default. */
export type ProfileKind = 'deviceProfile' | 'assetProfile' | 'tenantProfile';

/** The profile of those that name none; undefined where a tenant of an earlier version has none yet. */
export async function defaultProfile<K extends ProfileKind>(
  entities: Pick<EntityStore, 'findAll'>,
  kind: K,
  tenantId: TenantId,
): Promise<EntityOf<K> | undefined> {
  return (await entities.findAll(kind, tenantId, { isDefault: true }, 1))[0];
}

/** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
export async function requireDefaultProfile<K extends ProfileKind>(
  entities: Pick<EntityStore, 'findAll'>,
  kind: K,
  tenantId: TenantId,
): Promise<EntityOf<K>> {
  const profile = await defaultProfile(entities, kind, tenantId);
  if (profile === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
  return profile;
}

/** Moves the default flag to this profile. */
export async function makeDefaultProfile<K extends ProfileKind>(
  deps: DirectoryDeps,
  caller: Caller,
  kind: K,
  tenantId: TenantId,
  id: string,
): Promise<EntityOf<K>> {
  const { entities } = deps;
  return savedOnce(undefined, async () => {
    const profile = await storedEntity(entities, kind, tenantId, id);
    if (profile.isDefault) return profile;
    const former = await entities.findAll(kind, tenantId, { isDefault: true }, FORMER_DEFAULTS_MAX);
    const entity = { ...profile, isDefault: true };
    const released = former.map((before) => ({ before, entity: { ...before, isDefault: false } }));
    // Where there is one more by now it has to be released as well.
    const again = () => storageErrors.VERSION_CONFLICT({ kind, id });
    const conditions = [fewerMatch({ kind, tenantId, filter: { isDefault: true } }, former.length + 1, again)];
    await new EntityWriter(deps).updateAll(caller, kind, [...released, { before: profile, entity }], { conditions });
    return afterUpdate(entity);
  });
}
