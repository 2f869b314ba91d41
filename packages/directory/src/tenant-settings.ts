import type { AdminSettings, EntityAction, TenantId } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import { actingUserOf, storageErrors } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';

type SettingsDeps = Pick<DirectoryDeps, 'entities' | 'events' | 'messages' | 'data' | 'clock' | 'ids' | 'log'>;

/** What a tenant saved under a key, if anything. */
export async function tenantSettings(entities: Pick<EntityStore, 'findAll'>, tenantId: TenantId, key: string): Promise<AdminSettings | undefined> {
  const [settings] = await entities.findAll('adminSettings', tenantId, { key }, 1);
  return settings;
}

/**
 * Replaces what a tenant saved under a key.
 *
 * @param version the one that was read, 0 where there was none; absent saves whatever is stored
 * @returns the version after it
 * @throws STORAGE_VERSION_CONFLICT
 */
export async function saveTenantSettings(
  deps: SettingsDeps,
  caller: Caller,
  { key, value, version }: { readonly key: string; readonly value: object; readonly version?: number | undefined },
): Promise<number> {
  const { entities, ids, clock } = deps;
  const { tenantId } = caller;
  const before = await tenantSettings(entities, tenantId, key);
  if (version !== undefined && version !== (before?.version ?? 0))
    throw storageErrors.VERSION_CONFLICT({ kind: 'adminSettings', id: before?.id ?? key });
  const fresh = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), key, version: 1 };
  const entity: AdminSettings = { ...(before ?? fresh), value: JSON.parse(JSON.stringify(value)) as AdminSettings['value'] };
  const after = before === undefined ? entity : { ...entity, version: entity.version + 1 };
  const action: EntityAction = {
    type: before === undefined ? 'ADDED' : 'UPDATED',
    tenantId,
    user: actingUserOf(caller),
    entity: { entityType: 'ADMIN_SETTINGS', id: entity.id },
    entityName: key,
    before,
    after,
  };
  await new EntityWriter(deps).write([{ change: before === undefined ? 'insert' : 'update', kind: 'adminSettings', entity }], { actions: [action] });
  return after.version;
}
